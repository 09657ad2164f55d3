import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evenRanks, RANK_LENGTH_MAX, rankBetween } from './rank.ts'

const byBytes = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

describe('ranks', () => {
  test('there is one between any two, and at both ends', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { maxLength: 60 }), (places) => {
        const ranks: string[] = []
        for (const place of places) {
          const at = place % (ranks.length + 1)
          const made = rankBetween(ranks[at - 1] ?? null, ranks[at] ?? null)
          ranks.splice(at, 0, made)
        }
        expect(ranks).toEqual(ranks.toSorted(byBytes))
        expect(new Set(ranks).size).toBe(ranks.length)
        expect(ranks.every((rank) => /^[0-9A-Za-z]*[1-9A-Za-z]$/.test(rank))).toBe(true)
      }),
    )
  })

  test('between equal or crossed ranks there is none', () => {
    expect(() => rankBetween('a', 'a')).toThrow(RangeError)
    expect(() => rankBetween('b', 'a')).toThrow(RangeError)
  })

  test('even ranks are in order, different, short, and leave room everywhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), (count) => {
        const ranks = evenRanks(count)
        expect(ranks).toHaveLength(count)
        expect(ranks.every((rank, i) => i === 0 || (ranks[i - 1] ?? '') < rank)).toBe(true)
        expect(ranks.every((rank) => rank.length <= 5)).toBe(true)
        for (let i = 0; i <= Math.min(count, 50); i += 1)
          expect(() => rankBetween(ranks[i - 1] ?? null, ranks[i] ?? null)).not.toThrow()
      }),
      { numRuns: 40 },
    )
  })

  test('20,000 random moves of 200 cards keep them short', () => {
    const ranks = evenRanks(200)
    // A small generator, so that a failure repeats.
    let seed = 7
    const below = (n: number) => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % n
    }
    let longest = 0
    for (let i = 0; i < 20_000; i += 1) {
      ranks.splice(below(ranks.length), 1)
      const at = below(ranks.length + 1)
      const made = rankBetween(ranks[at - 1] ?? null, ranks[at] ?? null)
      ranks.splice(at, 0, made)
      longest = Math.max(longest, made.length)
    }
    expect(longest).toBeLessThan(RANK_LENGTH_MAX / 2)
  })
})
