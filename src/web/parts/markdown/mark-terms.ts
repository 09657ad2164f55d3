import type { Element, ElementContent, Root, Text } from 'hast'
import { termHref } from '../terms/href.ts'
import type { Matcher, Occurrence } from '../terms/matcher.ts'
import { idsOf, markedOnce } from '../terms/once.ts'

/** What holds running text. Each is a paragraph of its own, also within another, as in a list in a list. */
const PARAGRAPHS = new Set(['p', 'li', 'td', 'th', 'dd', 'dt'])
const BLOCKS = new Set([...PARAGRAPHS, 'ul', 'ol', 'dl', 'table', 'pre', 'blockquote', 'section', 'div', 'hr'])
/** Words here are names, labels or links already. */
const UNMARKED = /^(?:a|code|pre|kbd|samp|abbr|button|h[1-6])$/

/**
 * The same tree with the terms of the glossary made into links, `data-terms` naming them: once per paragraph, never in
 * code, links and headings. For trees that are sanitised already; the given one stays as it is.
 */
export function markTerms(root: Root, matcher: Matcher, exceptTermId?: string): Root {
  const marks = new Map<Text, Mark[]>()
  note(root)
  return marks.size === 0 ? root : { ...root, children: root.children.flatMap((node) => rebuilt(node, marks)) }

  function note(node: Root | Element): void {
    if (node.type === 'element' && UNMARKED.test(node.tagName)) return
    if (node.type === 'element' && PARAGRAPHS.has(node.tagName)) notePiece(node)
    for (const child of node.children) if (child.type === 'element') note(child)
  }

  function notePiece(paragraph: Element): void {
    const pieces = piecesOf(paragraph)
    const text = pieces.map(({ value }) => value).join('')
    let at = 0
    const placed = pieces.map((piece) => {
      at += piece.value.length
      return { ...piece, start: at - piece.value.length, end: at }
    })
    const pieceOf = ({ start, end }: Occurrence) =>
      placed.find((piece) => piece.node !== null && piece.start <= start && end <= piece.end)
    for (const found of markedOnce(matcher, text, { exceptTermId, fits: (found) => pieceOf(found) !== undefined })) {
      const piece = pieceOf(found)
      if (piece === undefined || piece.node === null) continue
      const mark = { start: found.start - piece.start, end: found.end - piece.start, found }
      marks.set(piece.node, [...(marks.get(piece.node) ?? []), mark])
    }
  }
}

/** Within one text node. */
interface Mark {
  start: number
  end: number
  found: Occurrence
}

/** A paragraph's text in pieces, those with a node being where terms may be marked. */
function piecesOf(paragraph: Element, isMarkable = true): { value: string; node: Text | null }[] {
  return paragraph.children.flatMap((child) => {
    if (child.type === 'text') return [{ value: child.value, node: isMarkable ? child : null }]
    // A break, a picture, another block: no word goes on behind it.
    if (child.type !== 'element' || BLOCKS.has(child.tagName) || child.children.length === 0)
      return [{ value: '\n\n', node: null }]
    return piecesOf(child, isMarkable && !UNMARKED.test(child.tagName))
  })
}

function rebuilt<Node extends Root['children'][number]>(
  node: Node,
  marks: Map<Text, Mark[]>,
): (Node | ElementContent)[] {
  if (node.type === 'text') return split(node, marks.get(node) ?? [])
  if (node.type !== 'element') return [node]
  return [{ ...node, children: node.children.flatMap((child) => rebuilt(child, marks)) }]
}

function split(text: Text, marks: readonly Mark[]): ElementContent[] {
  if (marks.length === 0) return [text]
  const parts: ElementContent[] = []
  let from = 0
  for (const { start, end, found } of marks) {
    if (start > from) parts.push({ type: 'text', value: text.value.slice(from, start) })
    parts.push(linkTo(found, text.value.slice(start, end)))
    from = end
  }
  if (from < text.value.length) parts.push({ type: 'text', value: text.value.slice(from) })
  return parts
}

const linkTo = (found: Occurrence, value: string): Element => ({
  type: 'element',
  tagName: 'a',
  properties: { href: termHref(found.words[0]?.id ?? ''), dataTerms: idsOf(found) },
  children: [{ type: 'text', value }],
})
