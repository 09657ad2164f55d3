import fc from 'fast-check'
import type { Root } from 'hast'
import { describe, expect, test } from 'vitest'
import { elementsOf as elements, unsafeIn } from '../../../../tests/xss/safe-tree.ts'
import { resolveLink } from './links.ts'
import { toTree } from './tree.ts'

const origin = 'https://portal.example.com'
const render = (source: string) => toTree(source, { origin })

const text = (node: unknown): string => JSON.stringify(node)

const expectSafe = (root: Root) => expect(unsafeIn(root)).toEqual([])

const attacks = [
  ...['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'java\tscript:alert(1)', 'java&#10;script:alert(1)'],
  ...[
    'javascript&colon;alert(1)',
    '&#106;avascript:alert(1)',
    '\u0001javascript:alert(1)',
    '\u2028javascript:alert(1)',
  ],
  ...[
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'blob:https://portal.example.com/1',
    'file:///etc/passwd',
  ],
].flatMap((url) => [
  `[a](${url})`,
  `[a](<${url}>)`,
  `![a](${url})`,
  `<${url}>`,
  `[a][r]\n\n[r]: ${url}`,
  `[^${url}]\n\n[^${url}]: x`,
])

const markup = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg><foreignObject><script>alert(1)</script></foreignObject></svg>',
  '<math><mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></mtext></math>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<xmp><p title="</xmp><img src=x onerror=alert(1)>"></xmp>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  '<textarea></textarea><img src=x onerror=alert(1)>',
  '<!--<img src="--!><img src=x onerror=alert(1)>">-->',
  '<form><form action=javascript:alert(1)><button formaction=javascript:alert(1)>x',
  '<table><a href=javascript:alert(1)>x</a><tr><td>y',
  '<select><style><img src=x onerror=alert(1)></style></select>',
  '<a href="https://a.example" ping="https://evil.example" accesskey=x style="position:fixed" class="modal">x</a>',
  '<div id="root" name="body" class="mantine-Modal">x</div>',
  '<base href="https://evil.example/">',
  '```js onload="alert(1)"\nx\n```',
  '```"><script>alert(1)</script>\nx\n```',
  '![x](https://portal.example.com/a.png "quote\\" onerror=\\"alert(1)")',
  '[x](https://a.example "quote\\" onclick=\\"alert(1)")',
]

describe('what anybody may write', () => {
  test.each([...attacks, ...markup])('stays harmless: %j', (source) => expectSafe(render(source)))

  test('no text at all makes an element or a link that we did not allow', () => {
    const pieces = fc.constantFrom(
      ...attacks,
      ...markup,
      '>',
      '- ',
      '[',
      '](',
      ')',
      '`',
      '\n',
      '|',
      '#',
      '<',
      '//evil.example',
      'x',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 8 })), { maxLength: 12 }), (parts) => {
        expectSafe(render(parts.join('')))
      }),
      { numRuns: 300 },
    )
  })

  test('tags are dropped, the words around them stay', () => {
    const root = render('before <b onclick="x()">bold</b> after')
    expect(elements(root).map(({ tagName }) => tagName)).toEqual(['p'])
    expect(text(root)).toContain('bold')
  })
})

describe('links', () => {
  test.each(['//evil.example/x', '\\\\evil.example', '/\\evil.example', 'https://evil.example', '///evil.example'])(
    '%s is seen to lead elsewhere',
    (href) => expect(resolveLink(href, origin)).toMatchObject({ kind: 'external', host: 'evil.example' }),
  )
  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'https://portal.example.com@evil.example/',
    'https://',
    'ftp://a/b',
  ])('%s leads nowhere', (href) => expect(resolveLink(href, origin)).toBeNull())
  test('a link into the portal is an internal one, however it is written', () => {
    const internal = { kind: 'internal', href: '/platforms/1?days=7#x' }
    expect(resolveLink('/platforms/1?days=7#x', origin)).toEqual(internal)
    expect(resolveLink(`${origin}/platforms/1?days=7#x`, origin)).toEqual(internal)
  })
  test('a link elsewhere shows its host, unless its words already do', () => {
    expect(text(render('[the bank](https://evil.example/x)'))).toContain('(evil.example)')
    expect(text(render('https://evil.example/x'))).not.toContain('(evil.example)')
  })
  test('a picture from elsewhere becomes a link to it, one of ours stays', () => {
    expect(elements(render('![chart](https://other.example/a.png)')).map(({ tagName }) => tagName)).toEqual(['p', 'a'])
    expect(elements(render('![chart](/a.png)')).map(({ tagName }) => tagName)).toEqual(['p', 'img'])
  })
  test('an address of the API is no picture', () => {
    expect(elements(render('![chart](/api/v1/stream)')).map(({ tagName }) => tagName)).toEqual(['p', 'span'])
  })
  test('a footnote leads to its own id', () => {
    const found = elements(render('x[^1]\n\n[^1]: note'))
    const ids = found.map(({ properties }) => properties.id)
    for (const link of found.filter(({ tagName }) => tagName === 'a'))
      expect(ids).toContain(String(link.properties.href).slice(1))
  })
})

describe('limits', () => {
  test.each([
    ['1,500 nested quotes', '>'.repeat(1500)],
    ['1,500 nested lists', `${'- '.repeat(1500)}x`],
    ['deep emphasis', `${'*a _b '.repeat(500)}${'_ *'.repeat(500)}`],
    ['50,000 brackets', '['.repeat(50_000)],
    ['too long', 'x'.repeat(100_001)],
    ['500 footnotes', '[^1] '.repeat(500)],
    ['a table of 40 million cells', `${'|a'.repeat(1000)}|\n${'|-'.repeat(1000)}|\n${'|\n'.repeat(40_000)}`],
    ['the same in a quote', `> ${'|a'.repeat(1000)}|\n> ${'|-'.repeat(1000)}|\n${'> |\n'.repeat(20_000)}`],
    ['25,000 asterisks within words', 'a**b'.repeat(24_000)],
    ['16,000 marks of two kinds', '_a_b*c'.repeat(16_000)],
    ['33,000 tildes', '~~a'.repeat(33_000)],
    ['20,000 pictures that never close', '![a]('.repeat(19_000)],
    ['25,000 links that never close', '[a](b "'.repeat(14_000)],
    ['50,000 pieces of code', '`a'.repeat(49_000)],
  ])(
    '%s come back, quickly and as text',
    (_, source) => {
      const root = render(source)
      expectSafe(root)
      expect(root.children.length).toBeGreaterThan(0)
    },
    3000,
  )

  test('what is within the limits is rendered', () => {
    const root = render('# Title\n\n- [x] done\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```sql\nselect 1\n```')
    const names = elements(root).map(({ tagName }) => tagName)
    for (const name of ['h1', 'ul', 'input', 'table', 'th', 'pre', 'code']) expect(names).toContain(name)
  })

  test('a long text of many small parts is rendered', () => {
    const long = [
      `${'- a **bold** [link](/x) and _more_\n'.repeat(1000)}`,
      `| a | b |\n|---|---|\n${'| **x** | [y](/z) |\n'.repeat(500)}`,
      'A *few* words and `code`.\n\n'.repeat(1000),
    ].join('\n\n')
    expect(elements(render(long)).filter(({ tagName }) => tagName === 'tr')).toHaveLength(501)
  })

  test('headings can be made to fit below the page’s own', () => {
    const root = toTree('# a\n\n##### b', { origin, headingOffset: 3 })
    expect(elements(root).map(({ tagName }) => tagName)).toEqual(['h4', 'h6'])
  })
})
