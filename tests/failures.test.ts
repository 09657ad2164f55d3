import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ruleFor } from '../src/server/features/status/pasts.ts'
import { withMaintenance } from '../src/server/features/status/rules/maintenance.ts'
import { inOrder, observed } from '../src/server/features/status/rules/observed.ts'
import { emptyPast } from '../src/server/features/status/rules/past.ts'
import { redSpells } from '../src/server/features/status/rules/red-spells.ts'
import { checkTimeline } from '../src/server/features/status/rules/timeline.ts'
import type { Observation } from '../src/server/storage/journal.ts'
import { DAY, openStatus } from './support/status-core.ts'

const MINUTE = 60_000
const FIRST = Date.UTC(2028, 1, 27)
const P = 'platform-p'
const CHECKS = ['check-a', 'check-b']

const rule = { platform_id: P, kind: 'availability' as const, warn_after_seconds: null, crit_after_seconds: null }
const measured = (check_id: string, at: number, outcome: Observation['outcome']): Observation => ({
  check_id,
  measured_at: new Date(at).toISOString(),
  outcome,
  ...{ data_time: null, reading: null, observed_value: null, message: null, run_id: null },
})

const act = fc.record({
  /** How far time goes on, and what is measured when it has. */
  minutes: fc.constantFrom(5, 40, 300, 1000, 3000),
  check: fc.constantFrom(...CHECKS),
  outcome: fc.constantFrom('ok' as const, 'fail' as const, 'fail' as const, 'error' as const),
  /** How often it is measured, every other time well. */
  flaps: fc.constantFrom(1, 1, 1, 1, 60),
  /** Minutes late; past midnight it belongs to a day that is over. */
  late: fc.constantFrom(0, 0, 0, 30, 900),
  /** Yesterday is rolled up already. */
  isSettled: fc.boolean(),
  /** Hours around now that are maintenance. */
  work: fc.option(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 5 })), { freq: 8 }),
  isSwitched: fc.constantFrom(false, false, false, false, true),
  asked: fc.integer({ min: 0, max: 8 }),
})

test('whenever they are asked for, failures are those of everything measured until then, gone through at once', async () => {
  let found = 0
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 40, size: 'max' }), async (acts) => {
      const status = openStatus(':memory:', FIRST, { results: 90, rollups: 730, runs: 90 })
      await status.platform(P, FIRST)
      for (const check of CHECKS) await status.check(check, FIRST, rule)
      const observations: Observation[] = []
      const windows: { start: number; end: number }[] = []

      const expected = (from: number) =>
        CHECKS.flatMap((id) => {
          const check = status.store.check(id)
          if (check === null) throw new Error('It was made')
          const all = inOrder(observations.filter(({ check_id }) => check_id === id).map(observed))
          const whole = checkTimeline(
            ruleFor(check, status.store),
            emptyPast(ruleFor(check, status.store)),
            all,
            FIRST,
            status.now,
          )
          return redSpells(withMaintenance(whole, windows))
            .filter(({ end }) => end > from)
            .map(({ start, end, reason }) => ({
              id,
              at: Math.max(start, from),
              end: end === status.now ? null : end,
              reason: start < from ? null : reason,
            }))
        })

      for (const { minutes, check, outcome, flaps, late, isSettled, work, isSwitched, asked } of acts) {
        const goOn = (by: number) => {
          status.to(status.now + by * MINUTE)
          const midnight = status.now - (status.now % DAY)
          for (const _ of status.history.rollUpBefore(isSettled ? midnight : midnight - DAY));
        }
        goOn(minutes)
        for (let turn = 0; turn < flaps; turn += 1) {
          if (turn > 0) goOn(5)
          const at = Math.max(FIRST, status.now - late * MINUTE)
          const seen = measured(check, at, turn % 2 === 0 ? outcome : 'ok')
          if (observations.some((one) => one.check_id === check && one.measured_at === seen.measured_at)) continue
          observations.push(seen)
          await status.observe([seen])
        }
        if (work !== null) {
          const [start, end] = [status.now - work[0] * 60 * MINUTE, status.now + work[1] * 60 * MINUTE]
          windows.push({ start, end })
          await status.maintenance(`work-${windows.length}`, status.now, {
            platform_ids: [P],
            start_at: new Date(start).toISOString(),
            end_at: new Date(end).toISOString(),
          })
        }
        if (isSwitched)
          await status.check(check, status.now, { ...rule, is_enabled: !status.store.check(check)?.is_enabled })

        const from = status.now - (status.now % DAY) - asked * DAY
        const failures = status.history.failures(P, from, status.now)
        found += failures.length
        const shown = failures.map(({ check_id, started_at, ended_at, reason }) => ({
          id: check_id,
          at: Date.parse(started_at),
          end: ended_at === null ? null : Date.parse(ended_at),
          reason: Date.parse(started_at) === from ? null : reason,
        }))
        const every = expected(from).map((one) => (one.at === from ? { ...one, reason: null } : one))
        expect(shown.map(({ at }) => at)).toEqual(
          every
            .map(({ at }) => at)
            .sort((one, other) => other - one)
            .slice(0, 100),
        )
        const asText = new Set(every.map((one) => JSON.stringify(one)))
        expect(shown.filter((one) => !asText.has(JSON.stringify(one)))).toEqual([])
        expect(new Set(shown.map((one) => JSON.stringify(one))).size).toBe(shown.length)
      }
      status.local.close()
    }),
    { numRuns: 60, endOnFailure: true },
  )
  expect(found).toBeGreaterThan(200)
})

describe('what is kept of days that are over', () => {
  const from = FIRST - 90 * DAY
  /** Red on the first day from 10:00 to 11:00, and now it is the third day, of which the first is not rolled up. */
  const begun = async () => {
    const status = openStatus(':memory:', FIRST, { results: 90, rollups: 730, runs: 90 })
    await status.platform(P, FIRST)
    await status.check('check-a', FIRST, rule)
    status.to(FIRST + 3 * DAY + MINUTE)
    await status.observe([
      measured('check-a', FIRST + 599 * MINUTE, 'ok'),
      measured('check-a', FIRST + 600 * MINUTE, 'fail'),
      measured('check-a', FIRST + 660 * MINUTE, 'ok'),
    ])
    return status
  }

  test('grows when an older day is rolled up', async () => {
    const status = await begun()
    expect(status.history.failures(P, from, status.now)).toEqual([])
    status.history.rollUp(P, FIRST)
    expect(status.history.failures(P, from, status.now)).toMatchObject([
      {
        started_at: new Date(FIRST + 600 * MINUTE).toISOString(),
        ended_at: new Date(FIRST + 660 * MINUTE).toISOString(),
      },
    ])
    status.local.close()
  })

  test('is told by the rule that is in force', async () => {
    const status = await begun()
    status.history.rollUp(P, FIRST)
    expect(status.history.failures(P, from, status.now)).toHaveLength(1)
    await status.check('check-a', status.now, { ...rule, for_minutes: 120 })
    expect(status.history.failures(P, from, status.now)).toEqual([])
    status.local.close()
  })

  test('is no more than the newest hundred need, of which none is cut at a midnight', async () => {
    const status = openStatus(':memory:', FIRST, { results: 90, rollups: 730, runs: 90 })
    await status.platform(P, FIRST)
    await status.check('check-a', FIRST, rule)
    const spells: [number, number][] = []
    for (let day = FIRST; day < FIRST + 60 * DAY; day += DAY)
      spells.push([day + 600 * MINUTE, day + 660 * MINUTE], [day + 1320 * MINUTE, day + 1560 * MINUTE])
    status.local.observe(
      spells.flatMap(([start, end]) => [measured('check-a', start, 'fail'), measured('check-a', end, 'ok')]),
    )
    status.to(FIRST + 61 * DAY)
    for (const _ of status.history.rollUpBefore(status.now));
    const shown = status.history.failures(P, FIRST, status.now)
    expect(shown.map(({ started_at, ended_at }) => [Date.parse(started_at), Date.parse(ended_at ?? '')])).toEqual(
      spells.toReversed().slice(0, 100),
    )
    status.local.close()
  })

  test('says why also of a spell that began before the window, with a day that was red throughout', async () => {
    const status = openStatus(':memory:', FIRST, { results: 90, rollups: 730, runs: 90 })
    await status.platform(P, FIRST)
    await status.check('check-a', FIRST, { ...rule, crit_after_seconds: 3600 })
    await status.observe([{ ...measured('check-a', FIRST, 'ok'), message: 'fine' }])
    status.to(FIRST + 4 * DAY)
    for (const _ of status.history.rollUpBefore(status.now));
    expect(status.history.failures(P, FIRST + DAY, status.now)).toEqual([
      {
        check_id: 'check-a',
        check_name: 'check-a',
        started_at: new Date(FIRST + DAY).toISOString(),
        ended_at: null,
        reason: 'silent',
        message: 'fine',
      },
    ])
    status.local.close()
  })
})
