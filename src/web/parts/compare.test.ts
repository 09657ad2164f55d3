import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compare, settle, suggested } from './compare.ts'

const base = { name: 'Sales', owner: 'ada', tags: ['a'], text: 'one\ntwo\nthree' }

describe('when two people save the same record', () => {
  test('only what both changed is asked about; what one changed is settled', () => {
    const mine = { ...base, name: 'Sales EU' }
    const theirs = { ...base, name: 'Sales DE', owner: 'bob' }
    expect(compare(base, { ...mine, text: 'one' }, theirs)).toEqual({
      disputed: [{ field: 'name', base: 'Sales', theirs: 'Sales DE', mine: 'Sales EU', merged: null }],
      settled: [
        { field: 'owner', base: 'ada', value: 'bob', by: 'theirs' },
        { field: 'text', base: base.text, value: 'one', by: 'mine' },
      ],
    })
  })
  test('the same wish is no dispute', () => {
    expect(compare(base, { ...base, owner: 'bob' }, { ...base, owner: 'bob' })).toEqual({
      disputed: [],
      settled: [{ field: 'owner', base: 'ada', value: 'bob', by: 'both' }],
    })
  })
  test('long texts and lists are offered merged', () => {
    const { disputed } = compare(
      base,
      { ...base, text: 'one\ntwo\n3', tags: ['a', 'mine'] },
      { ...base, text: '1\ntwo\nthree', tags: ['theirs'] },
    )
    expect(disputed.map(({ field, merged }) => [field, merged])).toEqual([
      ['tags', { value: ['theirs', 'mine'], overlaps: 0 }],
      ['text', { value: '1\ntwo\n3', overlaps: 0 }],
    ])
  })
  test('what is saved is theirs, with mine where only I changed it, and the rest as chosen', () => {
    const mine = { ...base, name: 'Mine', tags: ['a', 'b'], text: 'mine' }
    const theirs = { ...base, name: 'Theirs', owner: 'bob', text: 'theirs' }
    const comparison = compare(base, mine, theirs)
    const rest = { owner: 'bob', tags: ['a', 'b'] }
    expect(settle(mine, theirs, comparison, { name: { take: 'theirs' }, text: { take: 'mine' } })).toEqual({
      ...rest,
      name: 'Theirs',
      text: 'mine',
    })
    expect(settle(mine, theirs, comparison, { text: { take: 'merge', value: 'both' } })).toEqual({
      ...rest,
      name: 'Mine',
      text: 'both',
    })
  })
  test('what is suggested keeps every line that both added', () => {
    const lines = fc.uniqueArray(
      fc.string({ minLength: 1 }).filter((line) => !/[\r\n]/.test(line)),
      { maxLength: 5 },
    )
    fc.assert(
      fc.property(lines, lines, (added, own) => {
        const theirs = { text: [...added.map((line) => `theirs ${line}`), ...base.text.split('\n')].join('\n') }
        const mine = { text: [...base.text.split('\n'), ...own.map((line) => `mine ${line}`)].join('\n') }
        const comparison = compare({ text: base.text }, mine, theirs)
        const choices = Object.fromEntries(comparison.disputed.map((dispute) => [dispute.field, suggested(dispute)]))
        const saved = settle(mine, theirs, comparison, choices).text.split('\n')
        expect(saved).toEqual(expect.arrayContaining([...theirs.text.split('\n'), ...mine.text.split('\n')]))
      }),
    )
  })
})
