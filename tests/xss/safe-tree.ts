import type { Element, Root } from 'hast'
import { schema } from '../../src/web/parts/markdown/schema.ts'

const tags = new Set([...(schema.tagNames ?? []), 'span'])
const attributes = new Set(
  'href title className src alt width height type disabled checked start align colSpan rowSpan scope id lang dir rel'.split(
    ' ',
  ),
)
/** `data-terms` is what the marking of glossary terms adds after all is clean. */
const ofMarks = new Set([...attributes, 'dataTerms'])

/** What must not be in any tree, whatever was written; nothing when all is well. */
export function unsafeIn(root: Root, { isMarked = false } = {}): string[] {
  const allowed = isMarked ? ofMarks : attributes
  const odd = root.children.filter(({ type }) => type !== 'element' && type !== 'text')
  return [
    ...odd.map(({ type }) => type),
    ...elementsOf(root).flatMap(({ tagName, properties, children }) => [
      ...(tags.has(tagName) ? [] : [tagName]),
      ...children.filter(({ type }) => type !== 'element' && type !== 'text').map(({ type }) => `${tagName} > ${type}`),
      ...Object.entries(properties).flatMap(([name, value]) =>
        allowed.has(name) && isFine(tagName, name, value) ? [] : [`${tagName}[${name}=${value}]`],
      ),
      ...(tagName === 'a' && String(properties.href).startsWith('http') && !isKept(properties.rel)
        ? ['a without rel']
        : []),
    ]),
  ]
}

function isFine(tagName: string, name: string, value: unknown): boolean {
  if (name === 'href') return /^(https?:\/\/[^/]|mailto:|\/(?![/\\])|#md-)/i.test(String(value))
  // Pictures of our own only.
  if (name === 'src') return /^\/(?![/\\])/.test(String(value))
  if (name === 'id') return /^md-/.test(String(value))
  if (name === 'className')
    return tagName === 'code' && [value].flat().every((one) => /^language-[\w+#.-]{1,40}$/.test(String(one)))
  return true
}

const isKept = (rel: unknown) => JSON.stringify(rel) === '["noopener","noreferrer","nofollow"]'

export const elementsOf = (node: Root | Element): Element[] =>
  node.children.flatMap((child) => (child.type === 'element' ? [child, ...elementsOf(child)] : []))
