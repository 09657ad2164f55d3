import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withHeadingsUnder } from '../src/web/parts/markdown/headings.ts'
import { markTerms } from '../src/web/parts/markdown/mark-terms.ts'
import { toTree } from '../src/web/parts/markdown/tree.ts'
import { createMatcher } from '../src/web/parts/terms/matcher.ts'
import { elementsOf, unsafeIn } from './xss/safe-tree.ts'
import { asList, batches, MARKER, vectors } from './xss/vectors.ts'

const options = { origin: 'https://portal.example.com' }
const words = ['alert', 'script', 'x', 'a', 'javascript', 'evil.example', 'img src', 'onerror'].map((term, i) => ({
  id: `00000000-0000-4000-8000-00000000000${i}`,
  term,
  synonyms: ['<img src=x onerror=alert(1)>', `"${term}"`],
  domain: '<script>alert(1)</script>',
  status: 'active' as const,
  successor: null,
}))
const matcher = createMatcher(words)

describe('published ways to run script by way of text', () => {
  test('are many', () => expect(new Set(vectors).size).toBeGreaterThanOrEqual(250))

  test.each(vectors)('become a tree of what is allowed: %j', (vector) => {
    for (const source of [vector, `${vector}\n\n${vector}`, `x ${vector}`, `> ${vector}`, asList([vector])]) {
      const tree = toTree(source, options)
      expect(unsafeIn(tree)).toEqual([])
      expect(unsafeIn(markTerms(withHeadingsUnder(tree, 1), matcher), { isMarked: true })).toEqual([])
    }
  })

  test('stay harmless in whatever order and place they come', () => {
    const joint = fc.constantFrom(
      '\n',
      '\n\n',
      ' ',
      '',
      '> ',
      '- ',
      '[',
      '](',
      ')',
      '`',
      '```\n',
      '|',
      '<',
      '\\',
      '    ',
    )
    const pieces = fc.array(fc.tuple(fc.constantFrom(...vectors), joint), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(pieces, (some) => {
        const tree = toTree(some.flat().join(''), options)
        expect(unsafeIn(tree)).toEqual([])
        expect(unsafeIn(markTerms(tree, matcher), { isMarked: true })).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('cut anywhere, they are harmless too', () => {
    fc.assert(
      fc.property(fc.constantFrom(...vectors), fc.nat(200), fc.nat(200), (vector, from, to) => {
        expect(unsafeIn(toTree(vector.slice(from, from + to), options))).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })

  test('are rendered each for itself in the lists that browser tests show', () => {
    for (const [i, batch] of batches(50).entries()) {
      const tree = toTree(batch, options)
      const items = elementsOf(tree).filter((element) => JSON.stringify(element.children).startsWith(FIRST))
      expect(items).toHaveLength(Math.min(50, vectors.length - i * 50))
    }
  })
})

/** An item's first paragraph, as a tree has it. */
const FIRST = JSON.stringify([{ type: 'text', value: MARKER }]).slice(0, -2)
