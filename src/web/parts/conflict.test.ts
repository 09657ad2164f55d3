import { describe, expect, test } from 'vitest'
import { changesFrom, differences, merge } from './conflict.ts'

const base = { name: 'Sales', owner: 'ada', tags: ['a'] }

describe('when two people save the same record', () => {
  test('each field that differs is asked about, with the likely wish suggested', () => {
    const mine = { ...base, name: 'Sales EU', tags: ['a', 'b'] }
    const theirs = { ...base, name: 'Sales DE', owner: 'bob' }
    expect(differences(base, mine, theirs)).toEqual([
      { field: 'name', theirs: 'Sales DE', mine: 'Sales EU', suggested: 'mine' },
      { field: 'owner', theirs: 'bob', mine: 'ada', suggested: 'theirs' },
      { field: 'tags', theirs: ['a'], mine: ['a', 'b'], suggested: 'mine' },
    ])
  })
  test('the same wish is no difference', () => {
    expect(differences(base, { ...base, owner: 'bob' }, { ...base, owner: 'bob' })).toEqual([])
  })
  test('what is saved is theirs, with mine where mine was chosen', () => {
    const merged = merge(
      { ...base, name: 'Mine' },
      { ...base, name: 'Theirs', owner: 'bob' },
      { name: 'mine', owner: 'theirs' },
    )
    expect(merged).toEqual({ name: 'Mine', owner: 'bob', tags: ['a'] })
  })
})

test('a change carries only what changed', () => {
  expect(changesFrom(base, { ...base, owner: 'bob' })).toEqual({ owner: 'bob' })
  expect(changesFrom(base, { ...base, tags: ['a'] })).toEqual({})
})
