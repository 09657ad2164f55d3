import { expect, test } from 'vitest'
import { watchEventLoop } from './event-loop.ts'

test('the loop is well while one wait in a hundred is bearable, and is looked at anew each time', () => {
  let nanoseconds = 20e6
  let resets = 0
  const loop = watchEventLoop(250, {
    enable: () => true,
    disable: () => true,
    percentile: () => nanoseconds,
    reset: () => {
      resets += 1
    },
  })
  expect(loop.finding()).toEqual({ status: 'ok' })
  nanoseconds = 251e6
  expect(loop.finding()).toEqual({ status: 'degraded', reason: 'timeout' })
  nanoseconds = 250e6
  expect(loop.finding()).toEqual({ status: 'ok' })
  expect(resets).toBe(3)
  loop.stop()
})
