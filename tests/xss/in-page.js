// Put before every document of a test's window, in frames too; a file of its own because it runs in the browser.

for (const name of ['alert', 'confirm', 'prompt', 'print'])
  Object.defineProperty(globalThis, name, { value: () => globalThis.reportRun() })

addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
  globalThis.reportViolation(`${violatedDirective} ${blockedURI} ${sample}`),
)

const TAGS =
  /^(p|br|hr|blockquote|strong|em|del|sup|section|h[1-6]|ul|ol|li|input|table|thead|tbody|tr|t[hd]|pre|code|a|img|span|bdi|svg|path)$/
const ATTRIBUTES =
  /^(href|title|class|src|alt|width|height|type|disabled|checked|start|colspan|rowspan|scope|id|lang|dir|rel|tabindex|readonly|aria-[a-z]+|data-[a-z-]+|popover|role)$/

// What a table stands in, so that it can be scrolled.
const WIDE_TABLE = 'div[role="group"][aria-label="Table"]'

/** Elements, attributes and addresses in rendered text that no text may make. */
globalThis.oddities = () => [
  ...[...document.querySelectorAll('[class*="_rendered_"] *')].flatMap(oddIn),
  ...[...document.querySelectorAll('iframe, frame, object, embed, applet, base, [onerror], [onload], [onfocus]')].map(
    ({ localName }) => localName,
  ),
]

function oddIn(element) {
  const { localName } = element
  // The portal's own: signs, and where a card stands.
  const isOwn = element.closest('svg') !== null || element.matches('[popover]')
  const isOddId =
    element.id !== '' && !element.id.startsWith('md-') && element.closest(`[role="group"]:not(${WIDE_TABLE})`) === null
  return [
    ...(TAGS.test(localName) || element.matches(WIDE_TABLE) ? [] : [localName]),
    ...element
      .getAttributeNames()
      .filter((name) => !ATTRIBUTES.test(name) && !isOwn && !isAlignment(element, name))
      .map((name) => `${localName}[${name}]`),
    ...(localName === 'a' && !/^(https?|mailto):$/.test(element.protocol) ? [element.href] : []),
    ...(localName === 'img' && new URL(element.src).origin !== location.origin ? [element.src] : []),
    ...(isOddId ? [`#${element.id}`] : []),
  ]
}

const isAlignment = ({ localName, style }, name) =>
  name === 'style' && /^t[hd]$/.test(localName) && /^text-align: (left|right|center);$/.test(style.cssText)
