import type { Element, Root } from 'hast'
import { toTree } from '../markdown/tree.ts'

const SHORT_MAX = 280

/** The first paragraph of a definition as plain words; cut at a word when it goes on for long. */
export function shortDefinition(source: string): string {
  const root = toTree(source, { origin: 'https://portal.invalid' })
  const paragraph = root.children.find((node) => node.type === 'element' && node.tagName === 'p') ?? root
  const words = textOf(paragraph as Element | Root) // Chosen among elements, or the root.
    .replace(/\s+/g, ' ')
    .trim()
  if (words.length <= SHORT_MAX) return words
  return `${words.slice(0, SHORT_MAX).replace(/\s+\S*$/, '')} …`
}

const textOf = (node: Element | Root): string =>
  node.children
    .map((child) => (child.type === 'text' ? child.value : child.type === 'element' ? textOf(child) : ''))
    .join('')
