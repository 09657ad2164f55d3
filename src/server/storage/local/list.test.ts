import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { instant, provenance, workItem } from '../samples.ts'
import { type Local, openLocal } from './open.ts'
import type { OrderTerm } from './page.ts'
import type { PageQuery } from './read.ts'

let local: Local
beforeEach(() => {
  local = openLocal(':memory:')
})
afterEach(() => local.close())

type Query = Omit<PageQuery<'work_items'>, 'table' | 'limit' | 'cursor'>
const sorts = ['created_at', 'updated_at', 'votes', 'priority', 'due_at'] as const
type Sort = (typeof sorts)[number]
const CURSOR_MAX = 512

const save = (id: string, fields: Parameters<typeof workItem>[0] = {}, at = 0, isDeleted = false) =>
  local.apply(
    [
      {
        table: 'work_items',
        id,
        expectedVersion: local.row('work_items', id)?.version ?? 0,
        fields: workItem(fields),
        isDeleted,
      },
    ],
    provenance({ at: provenance().at + at }),
    { strict: true },
  )
const vote = (item: string, voter: string) =>
  local.apply(
    [
      {
        table: 'work_item_votes',
        id: `${item} ${voter}`,
        expectedVersion: 0,
        fields: { work_item_id: item, voter },
      },
    ],
    provenance(),
    { strict: true },
  )

/** Ids over all pages. Every page tells the same exact total unless somebody writes between them. */
const walk = (query: Query, limit: number, between?: (page: number) => void): string[] => {
  const ids: string[] = []
  const totals = new Set<number>()
  let cursor: string | undefined
  for (let page = 0; page === 0 || cursor !== undefined; page += 1) {
    expect(page, 'a list that never ends').toBeLessThan(300)
    const found = local.page({ table: 'work_items', ...query, limit, cursor })
    expect(found.rows.length).toBeLessThanOrEqual(limit)
    ids.push(...found.rows.map(({ id }) => id))
    totals.add(found.total)
    cursor = found.next_cursor ?? undefined
    expect(cursor?.length ?? 0).toBeLessThanOrEqual(CURSOR_MAX)
    if (cursor !== undefined) between?.(page)
  }
  if (between === undefined) expect([...totals]).toEqual([ids.length])
  return ids
}

const orderOf = (column: Sort, direction: 'asc' | 'desc'): OrderTerm[] => [
  { column, direction, ...(column === 'due_at' && { nulls: 'last' as const }) },
]
/** What a list must show, computed from all rows at once. */
const expected = (condition: string, column: Sort, direction: string): string[] =>
  local
    .all<{ id: string }>(
      `SELECT id FROM work_items WHERE is_deleted = 0 AND (${condition}) ORDER BY ${column} ${direction} NULLS LAST, id ${direction}`,
    )
    .map(({ id }) => id)

const fields = fc.record({
  item_type: fc.constantFrom('INCIDENT' as const, 'IMPROVEMENT' as const),
  severity: fc.constantFrom(null, 'HIGH' as const, 'LOW' as const),
  priority: fc.constantFrom('P1' as const, 'P2' as const, 'P3' as const),
  platform_id: fc.constantFrom(null, 'p1', 'p2'),
  assigned_to: fc.constantFrom(null, 'ada', 'bob'),
  due_at: fc.constantFrom(null, instant(1), instant(2)),
  tags: fc.uniqueArray(fc.constantFrom('dbt', 'late'), { maxLength: 2 }),
  title: fc.constantFrom('Orders', 'Orders late', 'Something'),
  description: fc.constantFrom('', 'orders'),
})
const tickets = fc.array(fc.record({ fields, at: fc.nat({ max: 4 }), votes: fc.nat({ max: 2 }) }), { maxLength: 25 })
const direction = fc.constantFrom('asc' as const, 'desc' as const)
const fill = (all: { fields: Parameters<typeof workItem>[0]; at: number; votes: number }[]) => {
  local.close()
  local = openLocal(':memory:')
  for (const [i, one] of all.entries()) {
    save(`t${i}`, one.fields, one.at)
    for (let n = 0; n < one.votes; n += 1) vote(`t${i}`, `voter${n}`)
  }
}

const TAGGED = 'id IN (SELECT id FROM work_items_tags_listed WHERE value = :tag)'
const VOTED = 'id IN (SELECT work_item_id FROM work_item_votes WHERE voter = :me AND is_deleted = 0)'
/** As the tickets' store asks, and the same with its values written in. */
const filters: [Query, string][] = [
  [{ isCounted: true }, 'true'],
  [{ where: 'severity = :s', params: { s: 'HIGH' }, isCounted: true }, "severity = 'HIGH'"],
  [{ where: 'assigned_to IS NULL', isCounted: true }, 'assigned_to IS NULL'],
  [
    { where: 'item_type = :t AND platform_id = :p', params: { t: 'INCIDENT', p: 'p1' }, isCounted: true },
    "item_type = 'INCIDENT' AND platform_id = 'p1'",
  ],
  [{ where: 'assigned_to = :a', params: { a: 'ada' } }, "assigned_to = 'ada'"],
  [{ where: TAGGED, params: { tag: 'dbt' } }, `tags LIKE '%"dbt"%'`],
  [
    { where: `(severity = :s) AND (${TAGGED})`, params: { s: 'LOW', tag: 'late' } },
    `severity = 'LOW' AND tags LIKE '%"late"%'`,
  ],
  [{ where: VOTED, params: { me: 'voter1' } }, 'votes = 2'],
  [{ match: 'ORD' }, "title LIKE 'Orders%' OR description = 'orders'"],
  [
    { match: 'orders', where: 'platform_id = :p', params: { p: 'p2' } },
    "platform_id = 'p2' AND (title LIKE 'Orders%' OR description = 'orders')",
  ],
]

describe('a list of tickets', () => {
  it('shows what the filter keeps, in the order asked for, with what is not known last, at any limit', () => {
    const query = fc.record({ filter: fc.constantFrom(...filters), sort: fc.constantFrom(...sorts), direction })
    fc.assert(
      fc.property(tickets, query, fc.integer({ min: 1, max: 8 }), (all, { filter, sort, direction }, limit) => {
        fill(all)
        const [asked, condition] = filter
        expect(walk({ ...asked, order: orderOf(sort, direction) }, limit)).toEqual(expected(condition, sort, direction))
      }),
      { numRuns: 250 },
    )
  })

  it.each(sorts)('by %s neither skips nor repeats what nobody touches while others write', (sort) => {
    const write = fc.record({ at: fc.nat({ max: 6 }), victim: fc.nat({ max: 9 }), fields })
    const script = fc.array(fc.array(write, { maxLength: 3 }), { maxLength: 20 })
    const query = fc.record({ filter: fc.constantFrom(...filters), direction, limit: fc.integer({ min: 1, max: 6 }) })
    fc.assert(
      fc.property(tickets, script, query, (all, writes, { filter: [asked, condition], direction, limit }) => {
        fill(all)
        for (let n = 0; n < 10; n += 1) save(`others${n}`, { title: 'Orders' }, n % 5)
        const stay = expected(`(${condition}) AND id LIKE 't%'`, sort, direction)
        let made = 0
        const seen = walk({ ...asked, order: orderOf(sort, direction) }, limit, (page) => {
          for (const { at, victim, fields } of writes[page] ?? []) {
            save(`made${made}`, fields, at)
            vote(`others${victim}`, `late${made}`)
            save(`others${victim}`, fields, at + 9, at === 0)
            made += 1
          }
        })
        expect(seen.filter((id) => id.startsWith('t'))).toEqual(stay)
      }),
      { numRuns: 40 },
    )
  })

  it('that is narrowed to a text without a word is empty', () => {
    save('a', { title: 'Anything' })
    expect(local.page({ table: 'work_items', match: ' -- ', limit: 5 })).toEqual({
      rows: [],
      next_cursor: null,
      total: 0,
    })
  })
})

describe('a search without a sort', () => {
  it('gives first what has every word in its title, newest first, then the rest, at any limit', () => {
    fc.assert(
      fc.property(tickets, fc.integer({ min: 1, max: 8 }), (all, limit) => {
        fill(all)
        const best = expected("title LIKE 'Orders%'", 'created_at', 'desc')
        const rest = expected("title NOT LIKE 'Orders%' AND description = 'orders'", 'created_at', 'desc')
        expect(walk({ match: 'orders' }, limit)).toEqual([...best, ...rest])
      }),
      { numRuns: 100 },
    )
  })

  it('keeps every ticket in its place when others are written, whatever they say', () => {
    for (let i = 0; i < 8; i += 1) save(`t${i}`, { title: i % 2 ? 'Orders' : 'x', description: 'orders' }, i)
    const before = walk({ match: 'orders' }, 3)
    expect(before).toEqual(['t7', 't5', 't3', 't1', 't6', 't4', 't2', 't0'])
    const seen = walk({ match: 'orders' }, 3, (page) => {
      save(`new${page}`, { title: 'Orders orders orders' }, 100)
      save(`old${page}`, { title: 'Other', description: 'orders '.repeat(50) }, -100)
    })
    expect(seen.filter((id) => id.startsWith('t'))).toEqual(before)
  })

  it('refuses a cursor of another list, and one that nobody gave out', () => {
    for (let i = 0; i < 4; i += 1) save(`t${i}`, { title: 'Orders' }, i)
    const newest = local.page({ table: 'work_items', limit: 1 }).next_cursor ?? ''
    const sorted = local.page({ table: 'work_items', match: 'orders', order: orderOf('votes', 'desc'), limit: 1 })
    for (const cursor of [newest, sorted.next_cursor ?? '', 'x', '2', '9abc', `1${newest}x`])
      expect(() => local.page({ table: 'work_items', match: 'orders', limit: 1, cursor }), cursor).toThrow(
        expect.objectContaining({ code: 'validation_error' }),
      )
  })
})
