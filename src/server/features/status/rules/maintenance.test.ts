import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { someTimeline, stateAt } from './fixtures/intervals.ts'
import { HOUR, START } from './fixtures/scenario.ts'
import { isInMaintenance, withMaintenance } from './maintenance.ts'
import { rollupDays, sumDays } from './rollup.ts'
import { uptimeOf } from './uptime.ts'

const someWindows = fc.array(
  fc
    .record({ start: fc.integer({ min: -5, max: 65 }), length: fc.nat(20), isOpen: fc.boolean() })
    .map(({ start, length, isOpen }) => ({ start, end: isOpen && length === 0 ? null : start + length })),
  { maxLength: 5 },
)

describe('maintenance', () => {
  test('over an outage hides it while it lasts and no longer', () => {
    const outage = { start: START, end: START + 3 * HOUR, state: 'red', reason: 'failing', message: 'x' } as const
    const timeline = withMaintenance([outage], [{ start: START + HOUR, end: START + 2 * HOUR }])
    expect(timeline).toEqual([
      { ...outage, end: START + HOUR },
      { start: START + HOUR, end: START + 2 * HOUR, state: 'maintenance', reason: null, message: null },
      { ...outage, start: START + 2 * HOUR },
    ])
    const totals = sumDays(rollupDays(timeline, START, START + 3 * HOUR))
    expect(totals).toMatchObject({ red_ms: 2 * HOUR, maintenance_ms: HOUR })
    expect(uptimeOf(totals)).toEqual({ uptime: 0, percent: 0, coverage: 2 / 3 })
  })

  test('is at every instant of any of its windows, and hides all but disabled', () => {
    fc.assert(
      fc.property(someTimeline, someWindows, (timeline, windows) => {
        const overlaid = withMaintenance(timeline, windows)
        for (let instant = -5; instant < 65; instant += 1) {
          const state = stateAt(timeline, instant)
          const isHidden = state !== undefined && state !== 'disabled' && isInMaintenance(windows, instant)
          expect(stateAt(overlaid, instant)).toBe(isHidden ? 'maintenance' : state)
        }
        for (const [index, interval] of overlaid.entries()) {
          expect(interval.start).toBeLessThan(interval.end)
          expect(overlaid[index + 1]?.start ?? interval.end).toBe(interval.end)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('without an end lasts, and one that ends before it starts is none', () => {
    expect(isInMaintenance([{ start: 5, end: null }], 1e15)).toBe(true)
    expect(isInMaintenance([{ start: 5, end: null }], 4)).toBe(false)
    expect(isInMaintenance([{ start: 5, end: 7 }], 7)).toBe(false)
    const green = { start: 0, end: 10, state: 'green', reason: 'healthy', message: null } as const
    expect(withMaintenance([green], [{ start: 7, end: 5 }])).toEqual([green])
  })
})
