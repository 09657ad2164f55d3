import type { Element, Root } from 'hast'
import { describe, expect, test } from 'vitest'
import type { GlossaryWord } from '../../../contracts/glossary.ts'
import { createMatcher } from '../terms/matcher.ts'
import { markTerms } from './mark-terms.ts'
import { toTree } from './tree.ts'

const word = (id: string, term: string, more: Partial<GlossaryWord> = {}): GlossaryWord => ({
  ...{ id, term, synonyms: [], domain: 'Sales', status: 'active', successor: null },
  ...more,
})
const matcher = createMatcher([
  word('net', 'Net sales', { synonyms: ['NS'] }),
  word('order', 'Order'),
  word('margin1', 'Margin'),
  word('margin2', 'Margin', { domain: 'Finance' }),
])

/** The tree as lines: `tag[id](text)` for what was marked, in order. */
function marksIn(source: string, exceptTermId?: string): string[] {
  const tree = toTree(source, { origin: 'https://portal.example.com' })
  const before = JSON.stringify(tree)
  const marked = markTerms(tree, matcher, exceptTermId)
  expect(JSON.stringify(tree), 'the given tree stays').toBe(before)
  expect(textOf(marked), 'the text stays').toBe(textOf(tree))
  return elementsOf(marked).flatMap(({ properties: { dataTerms }, ...element }) =>
    dataTerms === undefined ? [] : [`${dataTerms}: ${textOf(element)}`],
  )
}
const elementsOf = (node: Root | Element): Element[] =>
  node.children.flatMap((child) => (child.type === 'element' ? [child, ...elementsOf(child)] : []))
const textOf = (node: Pick<Root | Element, 'children'>): string =>
  node.children
    .map((child) => (child.type === 'text' ? child.value : child.type === 'element' ? textOf(child) : ''))
    .join('')

describe('terms in a rendered text', () => {
  test('are marked once per paragraph, under whichever of their names', () => {
    expect(marksIn('Orders: net sales, NS and *net sales*.\n\nAn order and **net sales**.')).toEqual([
      'order: Orders',
      'net: net sales',
      'order: order',
      'net: net sales',
    ])
  })
  test('are marked in each item of a list, cell of a table, and quote', () => {
    const listed = '- order\n- order\n\n  and order\n  - order\n\n> order\n\n| order |\n|---|\n| order |'
    expect(marksIn(listed)).toHaveLength(7)
  })
  test.each([
    ['code', '`order`'],
    ['a block of code', '```\norder\n```'],
    ['indented code', '    order'],
    ['a link', '[the order](/x) and [**order**](/y)'],
    ['an address', 'https://order.example/order'],
    ['a heading', '# order\n\n## The *order*'],
    ['the words of a picture', '![order](/order.png)'],
    ['text that is too much to be parsed', `${'>'.repeat(60)} order`],
  ])('are not marked in %s', (_, source) => expect(marksIn(source)).toEqual([]))
  test('are marked where they first may be', () => {
    expect(marksIn('`order` and [order](/x), then order and order')).toEqual(['order: order'])
  })
  test('are whole words, also where a word is partly emphasised', () => {
    expect(marksIn('re*order*, *order*ing, `re`order, net *sales* and an *order*')).toEqual(['order: order'])
    expect(marksIn('net\\\nsales; net  \nsales')).toEqual([])
  })
  test('link to their page; a word with two meanings names both', () => {
    const tree = markTerms(toTree('the margin', { origin: 'https://x.example' }), matcher)
    expect(elementsOf(tree).find(({ tagName }) => tagName === 'a')?.properties).toEqual({
      href: '/glossary/margin2',
      dataTerms: 'margin2 margin1',
    })
  })
  test('are not marked on their own page', () => {
    expect(marksIn('An order has a margin', 'order')).toEqual(['margin2 margin1: margin'])
    expect(marksIn('An order has a margin', 'margin1')).toEqual(['order: order'])
  })
  test('cannot be made by writing what a mark looks like', () => {
    expect(marksIn('<a href="/glossary/order" data-terms="order">x</a>')).toEqual([])
  })
})
