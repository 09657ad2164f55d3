import { expect, test } from 'vitest'
import { isPutOff, phases } from '../../contracts/roadmap-ref.ts'
import { quarterFrom, sampleRoadmap } from './roadmap.ts'
import { sampleTickets } from './tickets/tickets.ts'

const NOW = Date.parse('2026-11-23T09:00:00.000Z')
const cards = sampleRoadmap(NOW)

test('every phase has cards, and every linked ticket is one of the company’s', () => {
  expect(new Set(cards.map(({ create }) => create.phase))).toEqual(new Set(phases))
  const keys = new Set(sampleTickets(NOW).map(({ key }) => key))
  expect(cards.flatMap(({ tickets }) => tickets).filter((key) => !keys.has(key))).toEqual([])
})

test('what was put off was put off after it was planned, to later than before', () => {
  const slipped = cards.filter(({ slips }) => slips.length > 0)
  expect(slipped.length).toBeGreaterThan(1)
  for (const { at, create, slips } of slipped)
    for (const slip of slips) {
      expect(slip.at).toBeGreaterThan(at)
      expect(isPutOff(create, { ...create, ...slip.to })).toBe(true)
    }
})

test('quarters follow each other over the turn of the year', () => {
  expect([-4, -1, 0, 1, 5].map((steps) => quarterFrom(NOW, steps))).toEqual([
    '2025-Q4',
    '2026-Q3',
    '2026-Q4',
    '2027-Q1',
    '2028-Q1',
  ])
})
