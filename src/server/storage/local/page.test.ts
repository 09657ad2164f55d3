import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { instant, message, observation, platform, platformChange, provenance } from '../samples.ts'
import { type Local, openLocal } from './open.ts'
import type { OrderTerm } from './page.ts'
import type { PageQuery } from './read.ts'

let local: Local
beforeEach(() => {
  local = openLocal(':memory:')
})
afterEach(() => local.close())

const create = (id: string, at = 0, more = {}) =>
  local.apply([platformChange({ id, fields: platform(more) })], provenance({ at: provenance().at + at }), {
    strict: true,
  })

const walk = (query: Omit<PageQuery<'platforms'>, 'table' | 'cursor'>, between: (page: number) => void = () => {}) => {
  const ids: string[] = []
  let cursor: string | undefined
  for (let page = 0; page === 0 || cursor; page++) {
    expect(page, 'a list that never ends').toBeLessThan(500)
    const found = local.page({ table: 'platforms', ...query, cursor })
    expect(found.rows.length).toBeLessThanOrEqual(query.limit)
    ids.push(...found.rows.map(({ id }) => id))
    cursor = found.next_cursor ?? undefined
    if (cursor) between(page)
  }
  return ids
}

describe('a list read page by page', () => {
  it('is the list, at any limit', () => {
    // Ties in time are the rule: many records come from one import.
    for (let i = 0; i < 40; i++) create(`id-${(i * 17) % 40}`, Math.floor(i / 7))
    const all = local.rows('platforms', 'ORDER BY created_at DESC, id DESC').map(({ id }) => id)
    for (let limit = 1; limit <= 50; limit++) expect(walk({ limit })).toEqual(all)
  })

  it('neither skips nor repeats what was there all along, while others are made, deleted and changed', () => {
    const events = fc.array(
      fc.array(fc.record({ at: fc.integer({ min: 0, max: 30 }), victim: fc.integer({ min: 0, max: 19 }) }), {
        maxLength: 4,
      }),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), events, (limit, script) => {
        local.close()
        local = openLocal(':memory:')
        const stable = Array.from({ length: 20 }, (_, i) => `keep-${i}`)
        for (const [i, id] of stable.entries()) create(id, (i * 7) % 30)
        for (let i = 0; i < 20; i++) create(`gone-${i}`, (i * 11) % 30)
        const deleted = new Set<string>()
        let made = 0
        const seen = walk({ limit }, (page) => {
          for (const { at, victim } of script[page] ?? []) {
            create(`new-${made++}`, at)
            const id = `gone-${victim}`
            if (!deleted.has(id))
              local.apply([platformChange({ id, expectedVersion: 1, isDeleted: true })], provenance(), { strict: true })
            deleted.add(id)
            const kept = local.row('platforms', `keep-${victim}`)
            local.apply([platformChange({ id: `keep-${victim}`, expectedVersion: kept?.version ?? 0 })], provenance(), {
              strict: true,
            })
          }
        })
        expect(new Set(seen).size).toBe(seen.length)
        expect(stable.filter((id) => !seen.includes(id))).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it.each<{ order: OrderTerm[] }>([
    { order: [{ column: 'name', direction: 'asc' }] },
    {
      order: [
        { column: 'is_retired', direction: 'desc' },
        { column: 'name', direction: 'asc' },
      ],
    },
    {
      order: [
        { column: 'domain', direction: 'asc' },
        { column: 'version', direction: 'desc' },
        { column: 'id', direction: 'asc' },
      ],
    },
  ])('follows the order asked for: $order', ({ order }) => {
    for (let i = 0; i < 30; i++)
      create(`id-${i}`, 0, { name: `N${i % 4}`, domain: `D${i % 3}`, is_retired: i % 2 === 0 })
    const whole = walk({ order, limit: 200 })
    expect(whole).toHaveLength(30)
    for (const limit of [1, 4, 29, 30]) expect(walk({ order, limit })).toEqual(whole)
  })

  it.each(['asc', 'desc'] as const)('has a place for what has no value, %s', (direction) => {
    for (let i = 0; i < 12; i++) {
      const fields = message({ end_at: i % 3 === 0 ? null : instant(i % 4) })
      local.apply([{ table: 'status_messages', id: `m${i}`, expectedVersion: 0, fields }], provenance(), {
        strict: true,
      })
    }
    const expected = local.rows('status_messages', `ORDER BY end_at ${direction}, id ${direction}`).map(({ id }) => id)
    for (const limit of [1, 2, 5, 12]) {
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = local.page({ table: 'status_messages', order: [{ column: 'end_at', direction }], limit, cursor })
        seen.push(...page.rows.map(({ id }) => id))
        expect(seen.length, 'a list that never ends').toBeLessThanOrEqual(expected.length)
        cursor = page.next_cursor ?? undefined
      } while (cursor)
      expect(seen).toEqual(expected)
    }
  })

  it('counts and shows only what the filter keeps, with values by place or by name', () => {
    for (let i = 0; i < 10; i++) create(`id-${i}`, i, { domain: i % 2 ? 'A' : 'B' })
    const place = local.page({ table: 'platforms', where: 'domain = ?', params: ['A'], limit: 2 })
    const name = local.page({ table: 'platforms', where: 'domain = :domain', params: { domain: 'A' }, limit: 2 })
    expect(name).toEqual(place)
    expect(place).toMatchObject({ total: 5, rows: [{ id: 'id-9' }, { id: 'id-7' }] })
    const next = local.page({
      table: 'platforms',
      where: 'domain = ?',
      params: ['A'],
      limit: 2,
      cursor: place.next_cursor ?? '',
    })
    expect(next.rows.map(({ id }) => id)).toEqual(['id-5', 'id-3'])
  })

  it('reads a page of a large list through an index, not past everything before it', () => {
    const plan = local.all<{ detail: string }>(
      `EXPLAIN QUERY PLAN SELECT * FROM platforms WHERE is_deleted = 0 AND (true) AND (created_at, id) < ('x', 'y')
       ORDER BY created_at DESC, id DESC LIMIT 26`,
    )
    expect(plan.map(({ detail }) => detail)).toEqual([
      expect.stringContaining('SEARCH platforms USING INDEX platforms_newest'),
    ])
  })
})

describe('a cursor', () => {
  it('that is malformed, tampered with or from another list is refused by name', () => {
    create('a')
    create('b')
    const own = local.page({ table: 'platforms', limit: 1 }).next_cursor ?? ''
    const [tag] = JSON.parse(Buffer.from(own, 'base64url').toString())
    const made = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    local.observe([observation(), observation({ check_id: 'b' })])
    const foreign = [
      'x',
      '%%%',
      `${own}=`,
      `${own}A`,
      made({}),
      made([]),
      made([tag]),
      made([tag, 'x']),
      made([tag, 1, 'x']),
      made([tag, null, 'x']),
      made([tag, 'x', 'y', 'z']),
      made(['other', 'x', 'y']),
      made([tag, { a: 1 }, 'y']),
      local.results.page({ limit: 1 }).next_cursor ?? '',
      local.page({ table: 'platforms', limit: 1, order: [{ column: 'name', direction: 'asc' }] }).next_cursor ?? '',
    ]
    for (const cursor of foreign) {
      expect(() => local.page({ table: 'platforms', limit: 1, cursor }), cursor).toThrow(
        expect.objectContaining({
          code: 'validation_error',
          details: { fields: { 'query.cursor': expect.any(String) } },
        }),
      )
    }
    expect(local.page({ table: 'platforms', limit: 1, cursor: own }).rows.map(({ id }) => id)).toEqual(['a'])
  })

  it('cannot be used to run SQL, whatever text it holds', () => {
    create('a')
    create('b')
    const own = local.page({ table: 'platforms', limit: 1 }).next_cursor ?? ''
    const [tag] = JSON.parse(Buffer.from(own, 'base64url').toString())
    const cursor = Buffer.from(JSON.stringify([tag, "') OR 1=1 --", 'x'])).toString('base64url')
    expect(local.page({ table: 'platforms', limit: 10, cursor }).rows).toEqual([])
  })
})
