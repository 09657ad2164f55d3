import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endpoints } from '../src/contracts/index.ts'
import { openPortal, type TestPortal } from './support/portal.ts'

let p: TestPortal
let ids: Record<string, string>
beforeAll(async () => {
  p = await openPortal()
  const item = (await p.admin.workItemCreate({ body: { item_type: 'INCIDENT', title: 'Late' } })).body
  const term = (await p.admin.glossaryCreate({ body: { term: 'Order', domain: 'Sales' } })).body
  ids = { 'work-items': item.id, glossary: term.id }
})
afterAll(() => p.close())

/** Every operation that gives a page, so that a new one is held to the same. */
const lists = Object.entries(endpoints).filter(
  ([, { reply }]) => 'next_cursor' in ((reply as { properties?: object }).properties ?? {}),
)

const get = async (path: string, query: string) => {
  const filled = path.replace(':id', ids[path.split('/')[3] ?? ''] ?? '')
  const response = await fetch(`${p.origin}${filled}?${query}`, { headers: { 'x-dev-persona': 'admin' } })
  const body = (await response.json()) as { error: { details: { fields: object } } }
  return { status: response.status, body }
}

describe.each(lists)('%s', (_name, { path }) => {
  test.each(['0', '201', '-1', '1e2', '10.5', '', '2&limit=3'])('refuses limit=%s by name', async (limit) => {
    const { status, body } = await get(path, `limit=${limit}`)
    expect([status, Object.keys(body.error.details.fields)]).toEqual([422, ['query.limit']])
  })
  test('takes 1 and 200, and refuses a cursor that it did not give out', async () => {
    for (const limit of [1, 200]) {
      const { status, body } = await get(path, `limit=${limit}`)
      expect([status, Object.keys(body).sort()]).toEqual([200, ['items', 'next_cursor', 'total']])
    }
    const { status, body } = await get(path, 'cursor=nonsense')
    expect([status, Object.keys(body.error.details.fields)]).toEqual([422, ['query.cursor']])
  })
})

test('there are lists at all', () => expect(lists.length).toBeGreaterThan(10))
