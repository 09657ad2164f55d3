import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { expect, test } from 'vitest'
import { badgeSnippet } from './snippet.ts'

test.each(['Orders', 'Orders [EU]', 'a](https://evil.example)', '\\', '`x` *y* _z_', '![x](y)', '&lt;b&gt; <b>'])(
  'the badge of %s is one picture in one link, whatever the name is',
  (name) => {
    const tree = unified()
      .use(remarkParse)
      .parse(badgeSnippet(name, 'https://portal.example.com/b.svg', 'https://portal.example.com/p'))
    expect(tree.children).toMatchObject([
      {
        type: 'paragraph',
        children: [
          {
            type: 'link',
            url: 'https://portal.example.com/p',
            children: [{ type: 'image', url: 'https://portal.example.com/b.svg', alt: `State of ${name}` }],
          },
        ],
      },
    ])
  },
)
