import { expect, test } from 'vitest'
import { sorts } from '../../../../contracts/tickets.ts'
import { canReverse, isReversed, reversed } from './sorting.ts'

test('reversing twice is the usual order again, for every sort', () => {
  for (const sort of [undefined, ...sorts]) {
    const search = sort === undefined ? {} : { sort }
    expect(isReversed(search)).toBe(false)
    const order = reversed(search)
    if (order === undefined) throw new Error('The usual order can be reversed.')
    expect(isReversed({ ...search, order })).toBe(true)
    expect(reversed({ ...search, order })).toBeUndefined()
  }
})
test('the most urgent comes first unless reversed', () => {
  expect(reversed({ sort: 'priority' })).toBe('desc')
  expect(isReversed({ sort: 'priority', order: 'asc' })).toBe(false)
})
test('the best match has no other way round', () => {
  expect(canReverse({ q: 'dbt' })).toBe(false)
  expect(canReverse({ q: 'dbt', sort: 'votes' })).toBe(true)
  expect(canReverse({})).toBe(true)
})
