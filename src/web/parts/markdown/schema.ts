import type { Options } from 'rehype-sanitize'

export const ID_PREFIX = 'md-'

/** Text, lists, tables, code, headings, links, images, task boxes. What is not here is dropped, its text kept. */
export const schema: Options = {
  tagNames: [
    ...['p', 'br', 'hr', 'blockquote', 'strong', 'em', 'del', 'sup', 'section'],
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
    ...['ul', 'ol', 'li', 'input'],
    ...['table', 'thead', 'tbody', 'tr', 'th', 'td'],
    ...['pre', 'code', 'a', 'img'],
  ],
  attributes: {
    a: ['href', 'title'],
    code: [['className', /^language-[\w+#.-]{1,40}$/]],
    img: ['src', 'alt', 'title', 'width', 'height'],
    input: [['type', 'checkbox'], ['disabled', true], 'checked'],
    ol: ['start'],
    td: ['align', 'colSpan', 'rowSpan'],
    th: ['align', 'colSpan', 'rowSpan', 'scope'],
    '*': ['id', 'lang', 'dir'],
  },
  ancestors: { li: ['ol', 'ul'], thead: ['table'], tbody: ['table'], tr: ['table'], th: ['table'], td: ['table'] },
  required: { input: { type: 'checkbox', disabled: true } },
  protocols: { href: ['http', 'https', 'mailto'], src: ['http', 'https'] },
  clobber: ['id'],
  clobberPrefix: ID_PREFIX,
  // Removed with everything inside, because what is inside is not meant to be read.
  strip: [
    ...['script', 'style', 'template', 'svg', 'math', 'iframe', 'textarea', 'title', 'noscript', 'noembed', 'noframes'],
    ...['xmp', 'plaintext', 'object', 'embed', 'select', 'option', 'form', 'frame', 'frameset', 'applet', 'base'],
  ],
  allowComments: false,
  allowDoctypes: false,
}
