import { describe, expect, test } from 'vitest'
import { evaluateCheck } from './evaluate.ts'
import { availability, error, everyMinute, fail, MINUTE, ok, START } from './fixtures/scenario.ts'
import { addState, type Flapping, flapValue, steady } from './flapping.ts'
import { foldAll } from './past.ts'

type Letter = 'g' | 'y' | 'r'
const states = (letters: string) =>
  [...letters].map((letter) => ({ g: 'green', y: 'yellow', r: 'red' })[letter as Letter] as 'green' | 'yellow' | 'red')
const folded = (letters: string, from: Flapping = steady) => states(letters).reduce(addState, from)

describe('the flap value', () => {
  test('weighs each change among twenty states, the newest most', () => {
    expect(flapValue(states(''))).toBe(0)
    expect(flapValue(states('g'))).toBe(0)
    expect(flapValue(states('gggggggggggggggggggg'))).toBe(0)
    expect(flapValue(states('grrrrrrrrrrrrrrrrrrr'))).toBeCloseTo((100 * (0.8 + 0.02 * 1)) / 20, 10)
    expect(flapValue(states('gggggggggggggggggggr'))).toBeCloseTo((100 * (0.8 + 0.02 * 19)) / 20, 10)
    expect(flapValue(states('grgrgrgrgrgrgrgrgrgr'))).toBeCloseTo(95, 10)
  })

  test('gives the newest state the same place when there are fewer', () => {
    expect(flapValue(states('gr'))).toBe(flapValue(states('gggggggggggggggggggr')))
  })
})

describe('a check', () => {
  test('becomes unstable above 30 and steady again at 25 or below, so that the mark does not flap', () => {
    let flapping = folded('ggggggggggggggrgyrgy')
    expect(flapValue(flapping.recent)).toBeGreaterThan(30)
    expect(flapping.isUnstable).toBe(true)
    const seen: [number, boolean][] = []
    for (let index = 0; index < 20; index += 1) {
      flapping = addState(flapping, 'yellow')
      seen.push([flapValue(flapping.recent), flapping.isUnstable])
    }
    expect(seen.some(([value, isUnstable]) => value <= 30 && isUnstable)).toBe(true)
    expect(seen.every(([value, isUnstable]) => isUnstable === value > 25)).toBe(true)
    expect(seen.at(-1)).toEqual([0, false])
  })

  test('below 30 is not marked on the way up, though it would stay marked on the way down', () => {
    const rising = folded('gggggggggggggggrgrgr')
    expect(flapValue(rising.recent)).toBeGreaterThan(25)
    expect(flapValue(rising.recent)).toBeLessThanOrEqual(30)
    expect(rising.isUnstable).toBe(false)
    expect(addState({ ...rising, isUnstable: true }, 'red').isUnstable).toBe(true)
  })

  test('does not change its mind by not knowing: unknown and failed measurements are no states', () => {
    expect(addState(steady, 'unknown')).toBe(steady)
    const check = availability()
    const flaky = everyMinute(START, START + 20 * MINUTE, (at) => ((at / MINUTE) % 2 === 0 ? ok(at) : error(at)))
    expect(evaluateCheck(check, foldAll(check, flaky), START + 20 * MINUTE)?.isUnstable).toBe(false)
    expect(foldAll(check, flaky).flapping.recent).toHaveLength(10)
    const flapping = everyMinute(START, START + 20 * MINUTE, (at) => ((at / MINUTE) % 2 === 0 ? ok(at) : fail(at)))
    expect(evaluateCheck(check, foldAll(check, flapping), START + 20 * MINUTE)?.isUnstable).toBe(true)
  })

  test('is unstable by what was seen, also where confirmation keeps its colour steady', () => {
    const check = availability({ forMs: 10 * MINUTE })
    const flapping = everyMinute(START, START + 20 * MINUTE, (at) => ((at / MINUTE) % 2 === 0 ? ok(at) : fail(at)))
    const now = evaluateCheck(check, foldAll(check, flapping), START + 20 * MINUTE)
    expect(now).toMatchObject({ state: 'green', isUnstable: true })
  })
})
