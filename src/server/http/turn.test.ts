import { expect, test } from 'vitest'
import { createTurn } from './turn.ts'

test('a turn is spent when its requests have taken too long, and the next one begins anew', async () => {
  let now = 1000
  const turn = createTurn(200, () => now)
  expect(turn.isSpent()).toBe(false)
  now += 200
  expect(turn.isSpent()).toBe(false)
  now += 1
  expect(turn.isSpent()).toBe(true)
  await new Promise((resolve) => setImmediate(resolve))
  expect(turn.isSpent()).toBe(false)
  now += 150
  await new Promise((resolve) => setImmediate(resolve))
  now += 150
  expect(turn.isSpent()).toBe(false)
})
