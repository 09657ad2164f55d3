import { describe, expect, test } from 'vitest'
import { askAgainIn, isStale } from './staleness.ts'

const now = Date.parse('2026-11-22T09:42:00.000Z')
const at = (ms: number) => new Date(now + ms).toISOString()
const fresh = { confirmedAt: now - 1000, changesAt: null, hasFailed: false, intervalMs: 60_000 }

describe('what is on the screen is the present', () => {
  test('while it was confirmed within twice the interval, to the millisecond', () => {
    expect(isStale(fresh, now)).toBe(false)
    expect(isStale({ ...fresh, confirmedAt: now - 120_000 }, now)).toBe(false)
    expect(isStale({ ...fresh, confirmedAt: now - 120_001 }, now)).toBe(true)
  })
  test('never when asking failed, or was never answered', () => {
    expect(isStale({ ...fresh, hasFailed: true }, now)).toBe(true)
    expect(isStale({ ...fresh, confirmedAt: 0 }, now)).toBe(true)
  })
  test('no longer once the moment it named has passed without a new answer', () => {
    expect(isStale({ ...fresh, confirmedAt: now - 30_000, changesAt: at(-10_000) }, now)).toBe(false)
    expect(isStale({ ...fresh, confirmedAt: now - 30_000, changesAt: at(-10_001) }, now)).toBe(true)
    expect(isStale({ ...fresh, changesAt: at(60_000) }, now)).toBe(false)
  })
})

describe('asking again', () => {
  test('happens just after the answer may have changed', () => {
    expect(askAgainIn(at(30_000), now)).toBe(30_250)
  })
  test('never in a tight loop, and never beyond what a timer can hold', () => {
    expect(askAgainIn(at(-5000), now)).toBe(2000)
    expect(askAgainIn(at(90 * 86_400_000), now)).toBe(3_600_000)
  })
  test('is not timed when time alone changes nothing', () => {
    expect(askAgainIn(null, now)).toBeNull()
  })
})
