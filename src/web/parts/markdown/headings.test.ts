import fc from 'fast-check'
import type { Root } from 'hast'
import { expect, test } from 'vitest'
import { withHeadingsUnder } from './headings.ts'
import { toTree } from './tree.ts'

const levelsIn = (root: Root): number[] =>
  root.children.flatMap((node) => (node.type === 'element' ? [Number(node.tagName.slice(1))] : []))
const shownLevels = (levels: readonly number[], under: 1 | 2) =>
  levelsIn(
    withHeadingsUnder(
      toTree(levels.map((level) => `${'#'.repeat(level)} x`).join('\n'), { origin: 'https://x.example' }),
      under,
    ),
  )

test('headings come right under the page’s own and skip no level', () => {
  expect(shownLevels([3, 5, 3, 2, 6, 1], 2)).toEqual([3, 4, 3, 3, 4, 3])
  expect(shownLevels([1, 2, 3, 4, 5, 6], 1)).toEqual([2, 3, 4, 5, 6, 6])
})

test('whatever was written, none is more than one below the one before it', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 12 }), (levels) => {
      const fitted = shownLevels(levels, 1)
      expect(fitted[0]).toBe(2)
      for (const [i, level] of fitted.entries()) if (i > 0) expect(level).toBeLessThanOrEqual((fitted[i - 1] ?? 0) + 1)
    }),
  )
})

test('headings within quotes and lists count too', () => {
  const tree = toTree('## a\n\n> #### b', { origin: 'https://x.example' })
  expect(JSON.stringify(withHeadingsUnder(tree, 1))).toMatch(/"h2".*"blockquote".*"h3"/)
})
