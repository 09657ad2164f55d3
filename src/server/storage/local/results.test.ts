import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Observation } from '../journal.ts'
import { instant, observation, START } from '../samples.ts'
import { type Local, openLocal } from './open.ts'
import type { RollupDay } from './rollups.ts'

const HOUR = 3_600_000
let now = START
let local: Local
beforeEach(() => {
  now = START
  local = openLocal(':memory:', { now: () => now })
})
afterEach(() => local.close())

describe('observations', () => {
  it('do not depend on the order in which they arrive, nor on arriving twice', () => {
    const one = fc.record({
      minute: fc.integer({ min: 0, max: 30 }),
      behind: fc.option(fc.integer({ min: -3, max: 30 })),
      outcome: fc.constantFrom('ok' as const, 'fail' as const, 'error' as const),
    })
    const byMinute = fc.uniqueArray(one, { selector: ({ minute }) => minute, minLength: 1 })
    fc.assert(
      fc.property(
        byMinute.chain((facts) =>
          fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length })),
        ),
        fc.integer({ min: 0, max: 31 }),
        ([facts, shuffled], minute) => {
          local.close()
          local = openLocal(':memory:')
          const made = ({ minute, behind, outcome }: (typeof facts)[number]): Observation =>
            observation({
              measured_at: instant(minute * 60_000),
              data_time: behind === null ? null : instant((minute - behind) * 60_000),
              outcome,
            })
          for (const fact of shuffled) local.observe([made(fact)])
          expect(local.observe(facts.map(made))).toMatchObject({ accepted: 0, repeated: facts.length })

          const sorted = facts.map(made).sort((a, b) => a.measured_at.localeCompare(b.measured_at))
          const before = instant(minute * 60_000)
          const earlier = sorted.filter(({ measured_at }) => measured_at < before)
          const believed = earlier.flatMap(({ outcome, data_time, measured_at }) =>
            outcome === 'ok' && data_time && Date.parse(data_time) <= Date.parse(measured_at) + 60_000
              ? [data_time]
              : [],
          )
          expect(local.results.watermark('check-a', before)).toBe(believed.sort().at(-1) ?? null)
          expect(local.results.range('check-a', instant(), before)).toEqual(earlier)
          expect(local.results.lastBefore('check-a', before, 3)).toEqual(earlier.slice(-3))
          expect(local.results.latest(['check-a', 'none'])).toEqual(sorted.slice(-1))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('a data time exactly a minute ahead counts, a millisecond more does not', () => {
    local.observe([observation({ data_time: instant(60_000) })])
    expect(local.results.watermark('check-a', instant(1))).toBe(instant(60_000))
    local.observe([observation({ measured_at: instant(10), data_time: instant(60_011) })])
    expect(local.results.watermark('check-a', instant(11))).toBe(instant(60_000))
  })

  it('before an instant does not include it', () => {
    local.observe([observation({ data_time: instant() })])
    expect(local.results.watermark('check-a', instant())).toBeNull()
    expect(local.results.lastBefore('check-a', instant())).toEqual([])
    expect(local.results.range('check-a', instant(-1), instant())).toEqual([])
    expect(local.results.range('check-a', instant(), instant(1))).toHaveLength(1)
  })

  it('are read newest first, page by page, by check and by time', () => {
    const many = Array.from({ length: 30 }, (_, i) =>
      observation({ check_id: `check-${i % 3}`, measured_at: instant(Math.floor(i / 3) * HOUR) }),
    )
    local.observe(many)
    const query = { checkIds: ['check-0', 'check-2'], from: instant(HOUR), to: instant(9 * HOUR) }
    const expected = many
      .filter((one) => one.check_id !== 'check-1' && one.measured_at >= query.from && one.measured_at < query.to)
      .map((one) => `${one.measured_at} ${one.check_id}`)
      .sort()
      .reverse()
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = local.results.page({ ...query, limit: 5, cursor })
      expect(page.total).toBe(expected.length)
      seen.push(...page.rows.map((one) => `${one.measured_at} ${one.check_id}`))
      cursor = page.next_cursor ?? undefined
    } while (cursor)
    expect(seen).toEqual(expected)
  })

  it('a batch with one that cannot be stored stores none', () => {
    const wrong = { ...observation({ measured_at: instant(1) }), outcome: null } as unknown as Observation
    expect(() => local.observe([observation(), wrong])).toThrow()
    expect(local.results.page({ limit: 1 }).total).toBe(0)
    expect(local.revision).toBe(0)
  })
})

describe('roll-ups', () => {
  const day = (more: Partial<RollupDay> = {}): RollupDay => ({
    subject_kind: 'check',
    subject_id: 'a',
    day: '2026-11-22',
    red_ms: 0,
    yellow_ms: 0,
    green_ms: 86_400_000,
    unknown_ms: 0,
    maintenance_ms: 0,
    disabled_ms: 0,
    worst: 'green',
    computed_at: instant(),
    ...more,
  })

  it('a day computed again replaces the earlier figure', () => {
    local.rollups.upsert([day(), day({ day: '2026-11-23', worst: null })])
    local.rollups.upsert([day({ red_ms: 5, worst: 'red' })])
    expect(local.rollups.read('check', ['a'], '2026-11-22', '2026-11-23')).toEqual([
      day({ red_ms: 5, worst: 'red' }),
      day({ day: '2026-11-23', worst: null }),
    ])
  })

  it('are read for the subjects and the days asked for, both ends included', () => {
    const days = ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'].map((one) => day({ day: one }))
    local.rollups.upsert([...days, day({ subject_id: 'b' }), day({ subject_kind: 'platform' })])
    expect(local.rollups.read('check', ['a'], '2026-11-21', '2026-11-22')).toEqual(days.slice(1, 3))
    expect(local.rollups.read('check', ['b', 'c'], '2026-11-21', '2026-11-22')).toEqual([day({ subject_id: 'b' })])
  })
})

describe('an idempotency key', () => {
  const answer = { bodyHash: 'h', status: 201, body: '{"id":"x"}' }

  it('answers what the first call answered, to the same person on the same route', () => {
    expect(local.idempotency.get('ada', 'platformCreate', 'k')).toBeNull()
    local.idempotency.put('ada', 'platformCreate', 'k', answer)
    local.idempotency.put('ada', 'platformCreate', 'k', { ...answer, status: 500 })
    expect(local.idempotency.get('ada', 'platformCreate', 'k')).toEqual(answer)
    expect(local.idempotency.get('bo', 'platformCreate', 'k')).toBeNull()
    expect(local.idempotency.get('ada', 'other', 'k')).toBeNull()
  })

  it('is forgotten after a day, pruned or not, and can be used again', () => {
    local.idempotency.put('ada', 'r', 'k', answer)
    now = START + 24 * HOUR - 1
    expect(local.idempotency.get('ada', 'r', 'k')).toEqual(answer)
    expect(local.idempotency.prune()).toBe(0)
    now = START + 24 * HOUR
    expect(local.idempotency.get('ada', 'r', 'k')).toBeNull()
    local.idempotency.put('ada', 'r', 'k', { ...answer, status: 200 })
    expect(local.idempotency.get('ada', 'r', 'k')?.status).toBe(200)
    now += 24 * HOUR
    expect(local.idempotency.prune()).toBe(1)
  })
})
