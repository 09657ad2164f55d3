import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { named, stepFrom } from './entry.ts'

const entries = ['New incident', 'Go to Tickets', 'Tickets that I filed', 'Café orders'].map((label) => ({ label }))
const labels = (typed: string) => named(entries, typed).map(({ label }) => label)

test('what is typed is the beginning of words, in any order, whatever the case and the accents', () => {
  expect(labels('inc')).toEqual(['New incident'])
  expect(labels('tick go')).toEqual(['Go to Tickets'])
  expect(labels('CAFE')).toEqual(['Café orders'])
  expect(labels('cident')).toEqual([])
})

test('what begins with it comes first, and nothing typed keeps the order', () => {
  expect(labels('tickets')).toEqual(['Tickets that I filed', 'Go to Tickets'])
  expect(labels('  ')).toEqual(entries.map(({ label }) => label))
})

test('whatever is typed is no pattern, and nothing is found twice', () => {
  fc.assert(
    fc.property(fc.string(), (typed) => {
      const found = labels(typed)
      expect(new Set(found).size).toBe(found.length)
    }),
  )
})

test('steps go round', () => {
  expect([stepFrom(0, -1, 3), stepFrom(2, 1, 3), stepFrom(-1, 1, 3), stepFrom(-1, 1, 0)]).toEqual([2, 0, 0, -1])
})
