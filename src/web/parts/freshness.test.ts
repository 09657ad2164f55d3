import { describe, expect, test } from 'vitest'
import { describeFreshness } from './freshness.ts'
import { percentText, uptimeText } from './uptime.ts'

const now = Date.parse('2026-11-22T12:00:00.000Z')
const aged = (ms: number) =>
  describeFreshness(
    { check_id: 'c', data_as_of: new Date(now - ms).toISOString(), warn_after_seconds: 3600, sla_seconds: 7200 },
    now,
  )

describe('freshness', () => {
  test('exactly at a limit is still within it', () => {
    expect(aged(3_600_000).level).toBe('fresh')
    expect(aged(3_600_001).level).toBe('late')
    expect(aged(7_200_000).level).toBe('late')
    expect(aged(7_200_001).level).toBe('very_late')
  })
  test('says how old, what was agreed and how far over', () => {
    expect(aged(35 * 60_000).text).toBe('Data 35 min old, agreed 2 h')
    expect(aged(3 * 3_600_000).text).toBe('Data 3 h old, 1 h over the agreed 2 h')
    expect(aged(3 * 3_600_000).used).toBe(1)
  })
  test('of data from the future is no age below nothing', () => {
    expect(aged(-5000)).toMatchObject({ level: 'fresh', text: 'Data 0 s old, agreed 2 h', used: 0 })
  })
  test('that is not known is said to be not known, and is never fresh', () => {
    expect(describeFreshness(null, now).level).toBe('unknown')
    const never = { check_id: 'c', data_as_of: null, warn_after_seconds: 3600, sla_seconds: 7200 }
    expect(describeFreshness(never, now)).toMatchObject({
      level: 'unknown',
      text: 'Age of the data not known, agreed 2 h',
    })
  })
})

describe('uptime', () => {
  test('says its unit, its period and how much was measured', () => {
    expect(uptimeText({ uptime_percent: 99.982, coverage: 0.9899 }, 90)).toBe('99.982 % over 90 days, 98 % measured')
    expect(uptimeText({ uptime_percent: 100, coverage: 1 }, 1)).toBe('100 % over 1 day, 100 % measured')
  })
  test('that is not known is neither 0 nor 100', () => {
    expect(uptimeText({ uptime_percent: null, coverage: null }, 30)).toBe('Uptime not known over 30 days, 0 % measured')
  })
  test('below 100 never reads 100', () => {
    expect(percentText(99.9999)).toBe('99.999 %')
    expect(percentText(99.999)).toBe('99.999 %')
  })
})
