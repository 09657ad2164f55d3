import type { ElementContent, Root, RootContent } from 'hast'
import type { Section } from '../../src/web/pages/docs/find.ts'
import type { Heading } from '../../src/web/pages/docs/guide.ts'

/** Ids that the page around the text has already. */
const RESERVED = ['main', 'root']

/** Gives every heading its anchor: its words, in lower case, and a number where they repeat. */
export function anchorHeadings(tree: Root): Heading[] {
  const used = new Set(RESERVED)
  const headings: Heading[] = []
  for (const node of tree.children) {
    const level = levelOf(node)
    if (level === null || node.type !== 'element') continue
    const text = textOf(node)
    const id = free(slugify(text), used)
    used.add(id)
    node.properties.id = id
    if (level === 2 || level === 3) headings.push({ id, text, level })
  }
  return headings
}

/** As the repository's host does it, so that links work in both places. */
const slugify = (text: string) =>
  text
    .toLowerCase()
    .trim()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-') || 'section'

function free(wanted: string, used: ReadonlySet<string>): string {
  for (let count = 0; ; count += 1) {
    const id = count === 0 ? wanted : `${wanted}-${count}`
    if (!used.has(id)) return id
  }
}

/** The page cut at its headings, for the search. */
export function sectionsOf(slug: string, title: string, tree: Root): Section[] {
  const sections: Section[] = [{ id: slug, title, heading: title, text: '' }]
  for (const node of tree.children) {
    if (levelOf(node) !== null) {
      const id = node.type === 'element' ? node.properties.id : undefined
      sections.push({ id: `${slug}#${id}`, title, heading: textOf(node), text: '' })
      continue
    }
    const section = sections.at(-1)
    if (section !== undefined) section.text = `${section.text} ${spaced(node)}`.replace(/\s+/g, ' ').trim()
  }
  return sections
}

function levelOf(node: RootContent): number | null {
  const level = node.type === 'element' ? /^h([1-6])$/.exec(node.tagName)?.[1] : undefined
  return level === undefined ? null : Number(level)
}

const textOf = (node: RootContent | ElementContent): string =>
  node.type === 'text' ? node.value : node.type === 'element' ? node.children.map(textOf).join('') : ''

const INLINE = ['a', 'strong', 'em', 'code', 'del', 'sup', 'span']

/** Text in which two cells or items of a list are two words. */
function spaced(node: RootContent | ElementContent): string {
  if (node.type === 'text') return node.value
  if (node.type !== 'element') return ''
  const inner = node.children.map(spaced).join('')
  return INLINE.includes(node.tagName) ? inner : ` ${inner} `
}
