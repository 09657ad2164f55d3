import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY_MS } from '../../../time.ts'
import {
  availability,
  everyMinute,
  fail,
  HOUR,
  MINUTE,
  ok,
  START,
  someObservations,
  someRule,
} from './fixtures/scenario.ts'
import { inOrder } from './observed.ts'
import { emptyPast } from './past.ts'
import { noTotals, rollupDays, sumDays } from './rollup.ts'
import { checkTimeline, type Interval } from './timeline.ts'
import { uptimeOf } from './uptime.ts'

const of = (state: Interval['state'], start: number, end: number): Interval => ({
  start,
  end,
  state,
  reason: null,
  message: null,
})

describe('a day', () => {
  test('ends with 23:59:59.999; the next begins with 00:00:00.000', () => {
    const midnight = START + DAY_MS
    const last = rollupDays([of('red', midnight - 1, midnight)], START, midnight + DAY_MS)
    expect(last.map(({ day, red_ms }) => [day, red_ms])).toEqual([
      ['2026-11-22', 1],
      ['2026-11-23', 0],
    ])
    const first = rollupDays([of('red', midnight, midnight + 1)], START, midnight + DAY_MS)
    expect(first.map(({ red_ms }) => red_ms)).toEqual([0, 1])
    expect(rollupDays([of('red', midnight - 1, midnight + 1)], START, midnight).map(({ day }) => day)).toEqual([
      '2026-11-22',
    ])
  })

  test('may be the 29th of February', () => {
    const from = Date.UTC(2028, 1, 28)
    const days = rollupDays([of('green', from, from + 3 * DAY_MS)], from, from + 3 * DAY_MS)
    expect(days.map(({ day, green_ms }) => [day, green_ms])).toEqual([
      ['2028-02-28', DAY_MS],
      ['2028-02-29', DAY_MS],
      ['2028-03-01', DAY_MS],
    ])
  })

  test('holds only what was there: a check made at noon has half a day', () => {
    const check = availability({ createdAt: START + 12 * HOUR })
    const all = everyMinute(START + 12 * HOUR, START + DAY_MS, (at) => ok(at))
    const timeline = checkTimeline(check, emptyPast(check), all, START, START + DAY_MS)
    const [day] = rollupDays(timeline, START, START + DAY_MS)
    expect(day).toEqual({ day: '2026-11-22', ...noTotals, green_ms: 12 * HOUR, worst: 'green' })
    expect(uptimeOf(noTotals)).toEqual({ uptime: null, percent: null, coverage: null })
  })

  test('counts only time inside the window, at both edges', () => {
    const timeline = [of('red', START - DAY_MS, START + DAY_MS)]
    const days = rollupDays(timeline, START + HOUR, START + HOUR + 5)
    expect(days.map(({ day, red_ms }) => [day, red_ms])).toEqual([['2026-11-22', 5]])
    expect(rollupDays(timeline, START, START)).toEqual([])
  })

  test('remembers the worst that happened, and null when nothing is known', () => {
    const worst = (...states: Interval['state'][]) =>
      rollupDays(
        states.map((state, index) => of(state, START + index, START + index + 1)),
        START,
        START + 9,
      )[0]?.worst
    expect(worst('green', 'red', 'yellow')).toBe('red')
    expect(worst('green', 'yellow', 'unknown')).toBe('yellow')
    expect(worst('green', 'unknown')).toBe('unknown')
    expect(worst('green', 'disabled')).toBe('green')
    expect(worst('disabled', 'maintenance')).toBeNull()
    expect(worst()).toBeNull()
  })

  test('is rewritten the same when late data is folded in as when it came in time', () => {
    const check = availability()
    const all = [ok(START), fail(START + MINUTE), ok(START + 2 * MINUTE)]
    const days = (some: typeof all) =>
      rollupDays(checkTimeline(check, emptyPast(check), inOrder(some), START, START + DAY_MS), START, START + DAY_MS)
    const [good, late, last] = all as [(typeof all)[0], (typeof all)[0], (typeof all)[0]]
    expect(days([good, last])[0]?.red_ms).toBe(0)
    expect(days([good, last, late])).toEqual(days(all))
    expect(days(all)[0]?.red_ms).toBe(MINUTE)
  })
})

describe('the days of a window', () => {
  test('sum up to the window, whatever day each millisecond fell on', () => {
    const shift = fc.integer({ min: -3 * DAY_MS, max: 3 * DAY_MS })
    const length = fc.integer({ min: 1, max: 5 * DAY_MS })
    fc.assert(
      fc.property(someRule, someObservations, shift, length, (rule, all, offset, ms) => {
        const from = START + offset
        const timeline = checkTimeline(rule, emptyPast(rule), inOrder(all), START, START + 4 * DAY_MS)
        const days = rollupDays(timeline, from, from + ms)
        const totals = sumDays(days)
        for (const state of ['red', 'yellow', 'green', 'unknown', 'maintenance', 'disabled'] as const) {
          const counted = timeline
            .filter((interval) => interval.state === state)
            .map(({ start, end }) => Math.max(0, Math.min(end, from + ms) - Math.max(start, from)))
          expect(totals[`${state}_ms`]).toBe(counted.reduce((sum, one) => sum + one, 0))
        }
        for (const { day: _, worst: __, ...sums } of days) {
          expect(Object.values(sums).reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(DAY_MS)
        }
        const { uptime, coverage } = uptimeOf(totals)
        for (const share of [uptime, coverage].filter((one) => one !== null)) {
          expect(share).toBeGreaterThanOrEqual(0)
          expect(share).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('uptime', () => {
  const window = (more: Partial<typeof noTotals>) => uptimeOf({ ...noTotals, ...more })

  test('of 90 days with one millisecond down shows 99.999, and with none 100', () => {
    expect(window({ green_ms: 90 * DAY_MS - 1, red_ms: 1 }).percent).toBe(99.999)
    expect(window({ green_ms: 90 * DAY_MS }).percent).toBe(100)
  })

  test('counts yellow as up, and leaves out unknown, maintenance and disabled', () => {
    expect(
      window({ green_ms: 60, yellow_ms: 20, red_ms: 20, unknown_ms: 50, maintenance_ms: 30, disabled_ms: 20 }),
    ).toEqual({
      uptime: 0.8,
      percent: 80,
      coverage: 0.5,
    })
  })

  test('is null without data, neither 0 nor 100', () => {
    expect(window({ unknown_ms: DAY_MS })).toEqual({ uptime: null, percent: null, coverage: 0 })
    expect(window({ disabled_ms: DAY_MS })).toEqual({ uptime: null, percent: null, coverage: 0 })
    expect(window({ red_ms: DAY_MS })).toEqual({ uptime: 0, percent: 0, coverage: 1 })
  })

  test('shows thousandths as they are and never rounds up', () => {
    for (let down = 0; down <= 100_000; down += 1) {
      expect(window({ green_ms: 100_000 - down, red_ms: down }).percent).toBe((100_000 - down) / 1000)
    }
    expect(window({ green_ms: 366 * 10 * DAY_MS, red_ms: 1 }).percent).toBe(99.999)
  })
})
