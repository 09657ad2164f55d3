import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffLines, mergeText } from './lines.ts'

// Few different lines, so that texts share many of them.
const text = fc
  .array(fc.constantFrom('', 'a', 'b', 'c', 'd', 'long line'), { maxLength: 12 })
  .map((lines) => lines.join('\n'))
const texts = fc.tuple(text, text, text)
const count = (lines: readonly string[], line: string) => lines.filter((other) => other === line).length

describe('a diff', () => {
  test('holds both texts', () => {
    fc.assert(
      fc.property(text, text, (from, to) => {
        const rows = diffLines(from, to)
        const without = (kind: string) => rows.filter((row) => row.kind !== kind).map((row) => row.text)
        expect(without('added').join('\n')).toBe(from)
        expect(without('removed').join('\n')).toBe(to)
      }),
    )
  })
  test('says the least', () => {
    expect(diffLines('one\ntwo\nthree', 'one\n2\nthree')).toEqual([
      { kind: 'same', text: 'one' },
      { kind: 'removed', text: 'two' },
      { kind: 'added', text: '2' },
      { kind: 'same', text: 'three' },
    ])
    expect(diffLines('same', 'same')).toEqual([{ kind: 'same', text: 'same' }])
  })
  test('of texts too long to compare is one piece, and at once', () => {
    const from = Array.from({ length: 9000 }, (_, index) => `a${index}`).join('\n')
    const to = Array.from({ length: 9000 }, (_, index) => `b${index}`).join('\n')
    expect(diffLines(from, to)).toHaveLength(18_000)
  })
})

describe('a merge', () => {
  test('of one changed side is that side', () => {
    fc.assert(
      fc.property(text, text, (base, changed) => {
        expect(mergeText(base, changed, base)).toEqual({ text: changed, overlaps: 0 })
        expect(mergeText(base, base, changed)).toEqual({ text: changed, overlaps: 0 })
      }),
    )
  })
  test('of equal changes is that change', () => {
    fc.assert(
      fc.property(text, text, (base, changed) => {
        expect(mergeText(base, changed, changed)).toEqual({ text: changed, overlaps: 0 })
      }),
    )
  })
  test('loses no line that either side wrote', () => {
    fc.assert(
      fc.property(texts, ([base, theirs, mine]) => {
        const merged = mergeText(base, theirs, mine).text.split('\n')
        for (const side of [theirs, mine]) {
          const added = diffLines(base, side)
            .filter((row) => row.kind === 'added')
            .map((row) => row.text)
          // An empty text has no line to one and an empty one to the other; blank lines are nobody's words.
          for (const line of added.filter((written) => written !== ''))
            expect(count(merged, line)).toBeGreaterThanOrEqual(count(added, line))
        }
      }),
      { numRuns: 500 },
    )
  })
  test('brings back no line that somebody removed and nobody wrote', () => {
    fc.assert(
      fc.property(texts, ([base, theirs, mine]) => {
        const merged = mergeText(base, theirs, mine)
        const known = new Set([base, theirs, mine].flatMap((side) => side.split('\n')))
        expect(merged.text.split('\n').filter((line) => !known.has(line))).toEqual([])
        const kept = new Set([...theirs.split('\n'), ...mine.split('\n')])
        expect(merged.text.split('\n').filter((line) => !kept.has(line))).toEqual([])
      }),
    )
  })
  test('overlaps alike whoever was first', () => {
    fc.assert(
      fc.property(texts, ([base, theirs, mine]) => {
        expect(mergeText(base, theirs, mine).overlaps).toBe(mergeText(base, mine, theirs).overlaps)
      }),
    )
  })
  test('takes both where they touch different lines, also neighbours', () => {
    expect(mergeText('a\nb\nc', 'A\nb\nc', 'a\nb\nC\nd')).toEqual({ text: 'A\nb\nC\nd', overlaps: 0 })
    expect(mergeText('a\nb', 'A\nb', 'a\nB')).toEqual({ text: 'A\nB', overlaps: 0 })
    expect(mergeText('a\nb\nc', 'b\nc', 'a\nb\nc\nd')).toEqual({ text: 'b\nc\nd', overlaps: 0 })
  })
  test('keeps both, theirs first, where they touch the same', () => {
    expect(mergeText('a\nb\nc', 'a\ntheirs\nc', 'a\nmine\nc')).toEqual({ text: 'a\ntheirs\nmine\nc', overlaps: 1 })
    expect(mergeText('', 'theirs', 'mine')).toEqual({ text: 'theirs\nmine', overlaps: 1 })
    expect(mergeText('a', 'a\nshared\ntheirs', 'a\nshared\nmine')).toEqual({
      text: 'a\nshared\ntheirs\nmine',
      overlaps: 1,
    })
  })
  test('reads the line ends of every system alike', () => {
    expect(mergeText('a\r\nb\r\nc', 'A\r\nb\r\nc', 'a\nb\nC').text).toBe('A\nb\nC')
  })
})
