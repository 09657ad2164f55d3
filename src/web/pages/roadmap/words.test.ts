import { describe, expect, test } from 'vitest'
import { sampleCard } from './sample-card.ts'
import { demandText, pastOf, placeText, progressText, quarterOf, quartersAround } from './words.ts'

describe('a card says', () => {
  test('how many people and tickets, in the number that there are', () => {
    expect([demandText(1), demandText(14)]).toEqual(['1 person voted', '14 people voted'])
    expect(progressText({ done: 3, total: 5 })).toBe('3 of 5 tickets done')
    expect(progressText({ done: 0, total: 1 })).toBe('0 of 1 ticket done')
  })
  test('its place from 1', () => {
    expect(placeText({ phase: 'next', index: 1 }, 5)).toBe('2 of 5 in Next')
  })
  test('what it was: its quarter, or its phase where the quarter is the same or was none', () => {
    const slip = {
      at: '2026-11-22T09:00:00.000Z',
      by: 'ann@x.example',
      phase: 'now',
      reason: 'The vendor is late',
    } as const
    expect(pastOf(sampleCard())).toBeNull()
    expect(pastOf(sampleCard({ slips: [{ ...slip, target_quarter: '2026-Q3' }] }))).toEqual({
      was: 'was 2026-Q3',
      reason: 'The vendor is late',
    })
    expect(pastOf(sampleCard({ slips: [{ ...slip, target_quarter: '2026-Q4' }] }))?.was).toBe('was in Now')
    expect(pastOf(sampleCard({ slips: [{ ...slip, target_quarter: null }] }))?.was).toBe('was in Now')
  })
})

describe('quarters', () => {
  test('go with the UTC calendar, also at the turn of the year', () => {
    expect(quarterOf(Date.UTC(2026, 11, 31, 23, 59))).toBe('2026-Q4')
    expect(quarterOf(Date.UTC(2027, 0, 1))).toBe('2027-Q1')
  })
  test('to choose from begin with the last one, and old ones that are named stay', () => {
    const quarters = quartersAround(Date.UTC(2027, 0, 15), ['2025-Q2', null, '2027-Q1'])
    expect(quarters).toHaveLength(11)
    expect(quarters.slice(0, 3)).toEqual(['2025-Q2', '2026-Q4', '2027-Q1'])
    expect(quarters.at(-1)).toBe('2029-Q1')
  })
})
