import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ruleFor } from '../src/server/features/status/pasts.ts'
import { withMaintenance } from '../src/server/features/status/rules/maintenance.ts'
import { inOrder, observed } from '../src/server/features/status/rules/observed.ts'
import { emptyPast } from '../src/server/features/status/rules/past.ts'
import { platformTimeline } from '../src/server/features/status/rules/platform-timeline.ts'
import { rollupDays, sumDays } from '../src/server/features/status/rules/rollup.ts'
import { checkTimeline } from '../src/server/features/status/rules/timeline.ts'
import { uptimeOf } from '../src/server/features/status/rules/uptime.ts'
import type { Observation } from '../src/server/storage/journal.ts'
import type { Records } from '../src/server/storage/tables.ts'
import { DAY, openStatus } from './support/status-core.ts'

const MINUTE = 60_000
const TODAY = Date.UTC(2028, 2, 3) // The leap day lies in what is rolled up.
const FIRST = TODAY - 8 * DAY
const P = 'platform-p'

const span = fc.record({
  count: fc.integer({ min: 1, max: 260 }),
  stepMinutes: fc.constantFrom(5, 5, 7, 60, 700),
  outcome: fc.constantFrom('ok' as const, 'ok' as const, 'ok' as const, 'fail' as const, 'error' as const),
  reading: fc.constantFrom('green' as const, 'yellow' as const, null),
  ageMinutes: fc.option(fc.integer({ min: -3, max: 200 }), { freq: 4 }),
  message: fc.constantFrom(null, 'a', 'b'),
})
const streams = fc
  .record({
    startMinute: fc.integer({ min: 0, max: 3000 }),
    spans: fc.array(span, { minLength: 1, maxLength: 12, size: 'max' }),
  })
  .map(({ startMinute, spans }) => {
    const found: Omit<Observation, 'check_id'>[] = []
    let at = FIRST + startMinute * MINUTE
    for (const { count, stepMinutes, ageMinutes, ...fields } of spans) {
      for (let index = 0; index < count && at < TODAY + DAY; index += 1, at += stepMinutes * MINUTE) {
        const data_time = ageMinutes === null ? null : new Date(at - ageMinutes * MINUTE).toISOString()
        found.push({
          measured_at: new Date(at).toISOString(),
          data_time,
          observed_value: null,
          run_id: null,
          ...fields,
        })
      }
    }
    return found
  })

const someCheck = fc.record({
  stream: streams,
  kind: fc.constantFrom('freshness' as const, 'freshness' as const, 'availability' as const),
  source: fc.constantFrom({ connector: 'push' as const }, { connector: 'databricks_job' as const, job_id: '1' }),
  for_minutes: fc.constantFrom(0, 0, 30),
  recover_minutes: fc.constantFrom(0, 0, 20),
  /** Minutes since the first day at which it is switched off, then on again. */
  switches: fc.uniqueArray(fc.integer({ min: 1, max: 8 * 1440 }), { maxLength: 3 }),
})
const scenario = fc.record({
  checks: fc.array(someCheck, { minLength: 1, maxLength: 3 }),
  work: fc.option(fc.tuple(fc.integer({ min: 0, max: 8 * 1440 }), fc.integer({ min: 1, max: 2000 }))),
  resultsDays: fc.integer({ min: 1, max: 5 }),
  /** Minutes of the last day at which retention runs. */
  nowMinute: fc.integer({ min: 0, max: 1439 }),
})
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never

async function play(given: Scenario) {
  const days = { results: given.resultsDays, rollups: 400, runs: 90 }
  const status = openStatus(':memory:', TODAY + given.nowMinute * MINUTE, days)
  await status.platform(P, FIRST)
  for (const [index, { stream, switches, ...fields }] of given.checks.entries()) {
    const id = `check-${index}`
    const rule = { ...fields, platform_id: P } as Partial<Records['status_checks']>
    await status.check(id, FIRST, rule)
    for (const [turn, minute] of [...switches].sort((a, b) => a - b).entries())
      await status.check(id, FIRST + minute * MINUTE, { ...rule, is_enabled: turn % 2 === 1 })
    const now = new Date(status.now).toISOString()
    status.local.observe(
      stream.filter(({ measured_at }) => measured_at <= now).map((one) => ({ ...one, check_id: id })),
    )
  }
  if (given.work !== null) {
    const [start, minutes] = given.work
    const [from, to] = [FIRST + start * MINUTE, FIRST + (start + minutes) * MINUTE].map((at) =>
      new Date(at).toISOString(),
    )
    await status.maintenance('work', FIRST, { start_at: from as string, end_at: to as string, platform_ids: [P] })
  }
  return status
}
type Status = Awaited<ReturnType<typeof play>>

const horizonOf = (status: Status, given: Scenario) => {
  const at = status.now - given.resultsDays * DAY
  return at - (at % DAY)
}
const seen = (status: Status, given: Scenario) => status.seen([P], 10, horizonOf(status, given))
const rollUpAll = (status: Status) => [...status.history.rollUpBefore(status.now - (status.now % DAY))]

/** From every observation there ever was, in one go, without roll-ups and without a store. */
function bruteForce(given: Scenario, status: Status, from: number) {
  const now = new Date(status.now).toISOString()
  const windows =
    given.work === null
      ? []
      : [{ start: FIRST + given.work[0] * MINUTE, end: FIRST + (given.work[0] + given.work[1]) * MINUTE }]
  const timelines = given.checks.map(({ stream }, index) => {
    const id = `check-${index}`
    const check = status.store.check(id)
    if (check === null) throw new Error('It was made')
    const rule = ruleFor(check, status.store)
    const all = stream.filter(({ measured_at }) => measured_at <= now).map((one) => observed({ ...one, check_id: id }))
    return withMaintenance(checkTimeline(rule, emptyPast(rule), inOrder(all), FIRST, status.now), windows)
  })
  const totals = sumDays(
    rollupDays(platformTimeline(timelines, Math.max(from, FIRST), status.now), Math.max(from, FIRST), status.now),
  )
  const { uptime, coverage } = uptimeOf(totals)
  return { uptime, coverage, red_ms: totals.red_ms }
}

describe('after retention', () => {
  test('what people see of now and of the past is what it was, day after day, also when rules change and data comes late', async () => {
    let deleted = 0
    await fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        const [whole, swept] = [await play(given), await play(given)]
        const rows = () => swept.local.get<{ n: number }>('SELECT count(*) AS n FROM status_results')?.n ?? 0
        const both = [whole, swept]
        const same = () => {
          for (const one of both) rollUpAll(one)
          expect(seen(swept, given)).toEqual(seen(whole, given))
        }
        deleted += (await swept.retention.run()).status_results ?? 0
        same()

        // Begun anew from the store, as after a restart.
        for (const one of both) {
          one.board.forget()
          one.history.forget()
        }
        same()

        const late = new Date(swept.now - given.resultsDays * DAY + 1).toISOString()
        for (const one of both) {
          const fields = { data_time: null, reading: null, observed_value: null, message: 'late', run_id: null }
          await one.observe([{ check_id: 'check-0', measured_at: late, outcome: 'fail', ...fields }])
        }
        same()

        for (const one of both) one.to(one.now + DAY)
        const left = rows()
        await swept.retention.run()
        expect(rows()).toBeLessThanOrEqual(left)
        same()

        // Another rule says something else of the same past.
        for (const one of both)
          await one.check('check-0', one.now, { platform_id: P, warn_after_seconds: 600, crit_after_seconds: 1200 })
        same()
        for (const one of both) one.local.close()
      }),
      { numRuns: 60 },
    )
    expect(deleted).toBeGreaterThan(1000)
  })

  test('uptime over windows that span roll-ups and results is that of all observations ever made', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (made) => {
        // What is confirmed after midnight is dated back in one go, and not in a roll-up.
        const given = {
          ...made,
          checks: made.checks.map((check) => ({ ...check, for_minutes: 0 as const, recover_minutes: 0 as const })),
        }
        const status = await play(given)
        await status.retention.run()
        rollUpAll(status)
        for (let day = FIRST; day <= TODAY; day += DAY) {
          const { uptime, coverage, red_ms } = status.history.of(P, day, status.now)
          expect({ uptime, coverage, red_ms }).toEqual(bruteForce(given, status, day))
        }
        status.local.close()
      }),
      { numRuns: 60 },
    )
  })
})
