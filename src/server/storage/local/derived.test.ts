import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Change } from '../journal.ts'
import { provenance, workItem } from '../samples.ts'
import { type Local, openLocal } from './open.ts'

const COUNTED = 'item_type, state, category, severity, platform_id'

/** What is kept beside the rows, and the same computed afresh from them. */
const kept = (local: Local) => ({
  tallies: local.all('SELECT id, votes, comments FROM work_items ORDER BY id'),
  counts: local.all(
    `SELECT ${COUNTED}, assigned_to IS NOT NULL AS is_assigned, n FROM work_items_counts WHERE n <> 0 ORDER BY 1, 2, 3, 4, 5, 6`,
  ),
  tags: local.all('SELECT value, id FROM work_items_tags_listed ORDER BY value, id'),
})
const afresh = (local: Local): ReturnType<typeof kept> => {
  const namedBy = (table: string) =>
    `(SELECT count(*) FROM ${table} o WHERE o.work_item_id = w.id AND o.is_deleted = 0)`
  return {
    tallies: local.all(
      `SELECT id, ${namedBy('work_item_votes')} AS votes, ${namedBy('work_item_comments')} AS comments FROM work_items w ORDER BY id`,
    ),
    counts: local.all(
      `SELECT ${COUNTED}, assigned_to IS NOT NULL AS is_assigned, count(*) AS n FROM work_items WHERE is_deleted = 0
       GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6`,
    ),
    tags: local.all(
      `SELECT DISTINCT item.value, w.id FROM work_items w, json_each(w.tags) AS item WHERE w.is_deleted = 0 ORDER BY 1, 2`,
    ),
  }
}

const orNull = <T>(...values: T[]) => fc.constantFrom<T | null>(null, ...values)
const item = fc
  .record({
    item_type: fc.constantFrom('INCIDENT' as const, 'IMPROVEMENT' as const),
    state: fc.constantFrom('NEW' as const, 'WAITING' as const, 'CLOSED' as const),
    category: fc.constantFrom('open' as const, 'waiting' as const, 'done' as const),
    severity: orNull('HIGH' as const, 'LOW' as const),
    platform_id: orNull('p1', 'p2'),
    assigned_to: orNull('ada', 'bob', ''),
    tags: fc.uniqueArray(fc.constantFrom('a', 'b', 'ä"'), { maxLength: 3 }),
  })
  .map((fields) => ({ table: 'work_items' as const, fields: workItem(fields) }))
const ticket = fc.constantFrom('i0', 'i1', 'i2', 'never made')
const vote = ticket.map((work_item_id) => ({
  table: 'work_item_votes' as const,
  fields: { work_item_id, voter: 'ada' },
}))
const comment = ticket.map((work_item_id) => ({
  table: 'work_item_comments' as const,
  fields: { work_item_id, body: 'x', by_staff: false },
}))
/** A new version of one of three records of a table: made, changed, deleted or made again, whatever its last one was. */
const step = fc.record({ what: fc.oneof(item, vote, comment), n: fc.nat({ max: 2 }), isDeleted: fc.boolean() })
const walk = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 })

type Step = { what: { table: Change['table']; fields: Record<string, unknown> }; n: number; isDeleted: boolean }

const take = (local: Local, commits: readonly Step[][]) => {
  for (const steps of commits) {
    const changes = steps.map(({ what: { table, fields }, n, isDeleted }): Change => {
      const id = `${table === 'work_items' ? 'i' : 'x'}${n}`
      return { table, id, fields, isDeleted, expectedVersion: local.row(table, id)?.version ?? 0 }
    })
    const once = [...new Map(changes.map((change) => [`${change.table} ${change.id}`, change])).values()]
    for (const changesOfOne of Map.groupBy(once, ({ table }) => table).values())
      local.apply(changesOfOne, provenance(), { strict: true })
  }
}

describe('what is kept beside the rows', () => {
  it('is what counting afresh gives, whatever is made, changed, deleted and made again', () => {
    fc.assert(
      fc.property(walk, (commits) => {
        const local = openLocal(':memory:')
        take(local, commits)
        expect(kept(local)).toEqual(afresh(local))
        local.close()
      }),
      { numRuns: 60 },
    )
  })

  it('is the same in a copy that takes the versions over in any order, some of them twice', () => {
    const shuffled = walk.chain((commits) => fc.tuple(fc.constant(commits), fc.infiniteStream(fc.nat())))
    fc.assert(
      fc.property(shuffled, ([commits, numbers]) => {
        const local = openLocal(':memory:')
        take(local, commits)
        const versions = local.versionsAfter(0, 1000).map(({ version }) => version)
        const inSomeOrder = [...versions, ...versions]
          .map((version) => ({ version, place: numbers.next().value }))
          .sort((a, b) => a.place - b.place)
          .map(({ version }) => version)
        const copy = openLocal(':memory:')
        for (const version of inSomeOrder) {
          copy.merge([version], '2026-11-22T00:00:00.000Z')
          expect(kept(copy)).toEqual(afresh(copy))
        }
        expect(kept(copy)).toEqual(kept(local))
        local.close()
        copy.close()
      }),
      { numRuns: 25 },
    )
  })

  it('is no part of a row version: a vote changes nothing of what it is for', () => {
    const local = openLocal(':memory:')
    const strict = { strict: true }
    local.apply([{ table: 'work_items', id: 'i', expectedVersion: 0, fields: workItem() }], provenance(), strict)
    const before = local.row('work_items', 'i')
    const fields = { work_item_id: 'i', voter: 'ada' }
    local.apply([{ table: 'work_item_votes', id: 'v', expectedVersion: 0, fields }], provenance({ at: 9e11 }), strict)
    expect(local.tallies('work_items', ['i', 'never made'])).toEqual(new Map([['i', { votes: 1, comments: 0 }]]))
    expect(local.row('work_items', 'i')).toEqual(before)
    expect(local.history('work_items', 'i')).toEqual([before])
    expect(before).not.toHaveProperty('votes')
    local.close()
  })
})
