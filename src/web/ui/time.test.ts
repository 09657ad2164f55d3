import { describe, expect, test } from 'vitest'
import { inUnits, toSeconds } from './seconds.ts'
import { ago, coarse, dayName, duration, fromLocalInput, localeOf, toLocalInput, utc, when } from './time.ts'

const now = Date.parse('2026-11-22T23:30:00.000Z')
const at = (ms: number) => new Date(now + ms).toISOString()
const berlin = { locale: 'en-GB', timeZone: 'Europe/Berlin' }

describe('times', () => {
  test('are the reader’s own, with the date as far as it is needed', () => {
    expect(when(at(0), now, berlin)).toBe('00:30')
    // Yesterday in Berlin, the same day in UTC.
    expect(when(at(-3_600_000), now, berlin)).toBe('22 Nov, 23:30')
    expect(when('2025-02-01T12:00:00.000Z', now, berlin)).toBe('1 Feb 2025, 13:00')
  })
  test('are UTC on hovering', () => {
    expect(utc('2026-11-22T09:42:10.123Z')).toBe('2026-11-22 09:42:10 UTC')
  })
  test('of a UTC day are of that day wherever the reader is', () => {
    expect(dayName('2026-11-22', { locale: 'en-GB' })).toBe('Sun, 22 Nov 2026')
  })
  test('survive a browser with a language tag that is none', () => {
    expect(localeOf(['en-US@posix'])).toBe('en-GB')
    expect(localeOf(['en-US'])).toBe('en-US')
    expect(localeOf(['de-DE'])).toBe('en-GB')
    expect(localeOf([])).toBe('en-GB')
  })
  test('go through a form and come back the same minute', () => {
    const instant = '2026-11-22T09:42:00.000Z'
    expect(fromLocalInput(toLocalInput(instant))).toBe(instant)
    expect(fromLocalInput('')).toBeNull()
    expect(toLocalInput(null)).toBe('')
  })
})

describe('lengths and ages', () => {
  test.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [42_000, '42 s'],
    [90_000, '1 min 30 s'],
    [6 * 60_000 + 1000, '6 min'],
    [3_600_000, '1 h'],
    [11_100_000, '3 h 5 min'],
    [187_200_000, '2 d 4 h'],
    [20 * 86_400_000 + 3_600_000, '20 d'],
  ])('%i ms is %s', (ms, text) => expect(duration(ms)).toBe(text))
  test('are told in steps that do not blink', () => {
    expect(coarse(47_000)).toBe('40 s')
    expect(coarse(119_000)).toBe('1 min')
    expect(ago(at(-5000), now)).toBe('just now')
    expect(ago(at(-360_000), now)).toBe('6 min ago')
    expect(ago(at(7_200_000), now)).toBe('in 2 h')
  })
  test('in a form have the largest unit in which they are whole', () => {
    expect(inUnits(7200)).toEqual({ amount: 2, unit: 'h' })
    expect(inUnits(90)).toEqual({ amount: 90, unit: 's' })
    expect(inUnits(null)).toEqual({ amount: null, unit: 'min' })
    expect(toSeconds(1.5, 'h')).toBe(5400)
  })
})
