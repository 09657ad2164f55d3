import type { Element, ElementContent, Root } from 'hast'

/**
 * The same tree with headings that fit below the page's own: the highest come right under it, and none is more than
 * one level below the one it belongs to, whatever was written. What stays is which heading belongs to which.
 */
export function withHeadingsUnder(root: Root, under: 1 | 2): Root {
  /** The headings that the next one may belong to, as they were written. */
  const open: number[] = []
  const fitted = (element: Element): Element => {
    const level = Number(/^h([1-6])$/.exec(element.tagName)?.[1] ?? 0)
    if (level === 0) return { ...element, children: element.children.map(fittedIfElement) }
    while ((open.at(-1) ?? 0) >= level) open.pop()
    open.push(level)
    return { ...element, tagName: `h${Math.min(6, under + open.length)}` }
  }
  const fittedIfElement = <Node extends Root['children'][number]>(node: Node): Node | ElementContent =>
    node.type === 'element' ? fitted(node) : node
  return { ...root, children: root.children.map(fittedIfElement) }
}
