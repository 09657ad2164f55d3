import { describe, expect, test } from 'vitest'
import type { HistoryDay } from '../../contracts/status.ts'
import { dayPaths, describeDay } from '../pages/status/day-chart.ts'
import { barPaths, dayAfterKey } from './bars.ts'

const bar = (state: 'red' | 'green' | null) => ({ day: '2026-11-22', state, uptime: null })
const day = (more: Partial<HistoryDay>): HistoryDay => ({
  day: '2026-11-22',
  state: null,
  red_ms: 0,
  yellow_ms: 0,
  green_ms: 0,
  unknown_ms: 0,
  maintenance_ms: 0,
  disabled_ms: 0,
  uptime: null,
  ...more,
})

describe('a strip of days', () => {
  test('draws one path per state, and worse taller than better', () => {
    const paths = barPaths([bar('green'), bar('red'), bar('green'), bar(null)], 100)
    expect(Object.keys(paths).toSorted()).toEqual(['green', 'none', 'red'])
    expect(paths.green?.match(/M/g)).toHaveLength(2)
    const tall = (path = '') => Number(/v([\d.]+)/.exec(path)?.[1])
    expect(tall(paths.red)).toBeGreaterThan(tall(paths.green))
    expect(tall(paths.green)).toBeGreaterThan(tall(paths.none))
  })
  test('is walked by arrow keys and never left by them', () => {
    expect(dayAfterKey('ArrowLeft', 5, 90)).toBe(4)
    expect(dayAfterKey('ArrowLeft', 0, 90)).toBe(0)
    expect(dayAfterKey('PageUp', 88, 90)).toBe(89)
    expect(dayAfterKey('Home', 5, 90)).toBe(0)
    expect(dayAfterKey('End', 5, 90)).toBe(89)
    expect(dayAfterKey('Tab', 5, 90)).toBeNull()
  })
})

describe('a day', () => {
  test('says the worst first, each with how long', () => {
    const spent = day({ red_ms: 4_320_000, green_ms: 82_080_000, uptime: 0.95 })
    expect(describeDay(spent)).toMatch(/: down 1 h 12 min, healthy 22 h 48 min, uptime 95 %$/)
  })
  test('without any measuring says so', () => {
    expect(describeDay(day({}))).toMatch(/: not measured$/)
  })
  test('of which a second was down shows it', () => {
    const paths = dayPaths([day({ red_ms: 1000, green_ms: 86_399_000 })], 100)
    expect(paths.red).toBeDefined()
  })
})
