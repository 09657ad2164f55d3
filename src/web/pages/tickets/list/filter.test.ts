import { expect, test } from 'vitest'
import { endpoints } from '../../../../contracts/index.ts'
import { ticketsSearch } from '../../../paths.ts'
import { filterOf, needsMe, ticketsQuery } from './filter.ts'

const me = { id: 'ada@x.example' }

test('`me` in an address is whoever reads it; other people and nobody stay as they are', () => {
  expect(filterOf({ assignee: 'me', author: 'bob' }, me)).toMatchObject({ assigned_to: me.id, created_by: 'bob' })
  expect(filterOf({ assignee: 'none' }, me)).toMatchObject({ assigned_to: 'none' })
  expect(needsMe({ author: 'me' })).toBe(true)
  expect(needsMe({ assignee: 'none' })).toBe(false)
})

test('every filter of the portal can be said in the address', () => {
  const asked = Object.keys(filterOf({}, me))
  const { limit, cursor, ...filters } = endpoints.workItemList.query.properties
  expect(asked.toSorted()).toEqual(Object.keys(filters).toSorted())
})

test('an address without filters asks for everything', () => {
  expect(ticketsQuery(ticketsSearch({}), undefined).queryKey).toEqual(['workItemList', 'pages', { limit: 25 }])
})
