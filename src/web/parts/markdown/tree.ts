import type { Element, ElementContent, Root } from 'hast'
import type { Root as Written } from 'mdast'
import rehypeSanitize from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { extentOf, isWithinLimits, NESTING_MAX, NODES_MAX } from './limits.ts'
import { resolveLink } from './links.ts'
import { ID_PREFIX, schema } from './schema.ts'

// remark-rehype drops raw HTML unless told otherwise, so tags in the text never become elements.
const pipeline = unified()
  .use(remarkParse)
  .use(remarkGfm, { singleTilde: false })
  .use(remarkRehype, { clobberPrefix: '' })
  .use(rehypeSanitize, schema)
  .freeze()

export interface TreeOptions {
  /** Our own, `https://portal.example.com`: what is ours, and what is elsewhere. */
  origin: string
  /** Added to heading levels, so that a message's `#` does not outrank the page's. */
  headingOffset?: number
  /** Sees, and may change, what was parsed before it is made safe. */
  prepare?: (written: Written) => void
}

/** Markdown as a safe tree. Text that is too much for us comes back as it was written, never as an error. */
export function toTree(source: string, { origin, headingOffset = 0, prepare }: TreeOptions): Root {
  if (!isWithinLimits(source)) return asPlainText(source)
  try {
    const parsed = pipeline.parse(source)
    const { depth, nodes } = extentOf(parsed)
    if (depth > NESTING_MAX * 2 || nodes > NODES_MAX) return asPlainText(source)
    prepare?.(parsed)
    const tree = pipeline.runSync(parsed)
    tree.children = tree.children.map((node) => (node.type === 'element' ? finish(node) : node))
    return tree
  } catch {
    return asPlainText(source)
  }

  function finish(element: Element): Element {
    const { tagName, properties } = element
    element.children = element.children.map((child) => (child.type === 'element' ? finish(child) : child))
    if (tagName === 'a') return finishLink(element, origin)
    if (tagName === 'img') return finishImage(element, origin)
    const level = /^h([1-6])$/.exec(tagName)?.[1]
    if (level === undefined) return element
    return { ...element, properties, tagName: `h${Math.min(6, Number(level) + headingOffset)}` }
  }
}

function asPlainText(source: string): Root {
  const text: ElementContent = { type: 'text', value: source.slice(0, 100_000) }
  return { type: 'root', children: [element('pre', {}, [element('code', {}, [text])])] }
}

function finishLink(link: Element, origin: string): Element {
  const href = String(link.properties.href ?? '')
  const title = link.properties.title === undefined ? {} : { title: link.properties.title }
  if (href.startsWith('#'))
    return element('a', { ...link.properties, href: `#${ID_PREFIX}${href.slice(1)}` }, link.children)
  const destination = href === '' ? null : resolveLink(href, origin)
  if (destination === null) return element('span', {}, link.children)
  if (destination.kind !== 'external')
    return element('a', { ...link.properties, href: destination.href }, link.children)
  // The words of a link may claim anything; the host is what it is.
  const names = textOf(link).includes(destination.host) ? [] : [text(` (${destination.host})`)]
  const rel = ['noopener', 'noreferrer', 'nofollow']
  return element('a', { ...title, href: destination.href, rel }, [...link.children, ...names])
}

/** A picture from elsewhere would tell that place who reads this, so it becomes a link to it. */
function finishImage(image: Element, origin: string): Element {
  const destination = resolveLink(String(image.properties.src ?? ''), origin)
  const alt = String(image.properties.alt ?? '')
  // An address of the API is no picture, and one that never ends would hold a connection for as long as it is shown.
  const isPicture = destination?.kind === 'internal' && !/^\/api\b/i.test(destination.href)
  if (isPicture && image.properties.src !== undefined) {
    return element('img', { ...image.properties, src: destination.href, alt }, [])
  }
  if (destination?.kind !== 'external') return element('span', {}, [text(alt)])
  return finishLink(element('a', { href: destination.href }, [text(alt === '' ? 'Image' : alt)]), origin)
}

const element = (tagName: string, properties: Element['properties'], children: ElementContent[]): Element => ({
  type: 'element',
  tagName,
  properties,
  children,
})
const text = (value: string): ElementContent => ({ type: 'text', value })

const textOf = (node: Element): string =>
  node.children
    .map((child) => (child.type === 'text' ? child.value : child.type === 'element' ? textOf(child) : ''))
    .join('')
