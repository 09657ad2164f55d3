import { expect, test } from 'vitest'
import { placeCard } from './place.ts'

const view = { width: 375, height: 800 }
const card = { width: 340, height: 200 }

test('a card stands below its word, or above when there is more room', () => {
  expect(placeCard({ left: 20, top: 100, bottom: 120 }, card, view)).toEqual({ left: 20, top: 124 })
  expect(placeCard({ left: 20, top: 700, bottom: 720 }, card, view)).toEqual({ left: 20, top: 496 })
})
test('a card never leaves the window', () => {
  expect(placeCard({ left: 300, top: 100, bottom: 120 }, card, view).left).toBe(27)
  expect(placeCard({ left: -50, top: 100, bottom: 120 }, card, view).left).toBe(8)
  expect(placeCard({ left: 8, top: 500, bottom: 520 }, { width: 340, height: 700 }, view).top).toBe(8)
})
