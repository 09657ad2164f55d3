import { describe, expect, test } from 'vitest'
import { evaluateCheck } from './evaluate.ts'
import { availability, error, everyMinute, fail, HOUR, MINUTE, ok, START } from './fixtures/scenario.ts'
import type { Observed } from './observed.ts'
import { emptyPast, foldAll, settledUntil } from './past.ts'
import { checkTimeline } from './timeline.ts'

const check = availability({ forMs: 10 * MINUTE, recoverMs: 5 * MINUTE })
const minute = (count: number) => START + count * MINUTE
const evaluate = (all: readonly Observed[], at: number) =>
  evaluateCheck(
    check,
    foldAll(
      check,
      all.filter(({ measuredAt }) => measuredAt <= at),
    ),
    at,
  )
const draw = (all: readonly Observed[], to: number) =>
  checkTimeline(check, emptyPast(check), all, START, to).map(({ start, end, state }) => [
    state,
    (start - START) / MINUTE,
    (end - START) / MINUTE,
  ])
const good = (from: number, to: number) => everyMinute(minute(from), minute(to), (at) => ok(at))
const bad = (from: number, to: number) => everyMinute(minute(from), minute(to), (at) => fail(at))

describe('bad', () => {
  const all = [...good(0, 20), ...bad(20, 40)]

  test('counts once it has lasted, to the millisecond, and is then dated from its first instant', () => {
    expect(evaluate(all, minute(30) - 1)).toMatchObject({ state: 'green', reason: 'healthy', changesAt: minute(30) })
    expect(evaluate(all, minute(30))).toMatchObject({ state: 'red', reason: 'failing', since: minute(20) })
    expect(draw(all, minute(30))).toEqual([['green', 0, 30]])
    expect(draw(all, minute(30) + 1)[1]?.slice(0, 2)).toEqual(['red', 20])
  })

  test('that passes before it counts never was', () => {
    const blip = [...good(0, 20), ...bad(20, 29), ...good(29, 60)]
    expect(draw(blip, minute(60))).toEqual([['green', 0, 60]])
  })

  test('starts its time anew after any good moment', () => {
    const twice = [...good(0, 20), ...bad(20, 28), ...good(28, 29), ...bad(29, 45)]
    expect(draw(twice, minute(45))).toEqual([
      ['green', 0, 29],
      ['red', 29, 45],
    ])
  })

  test('shows a worse colour at once when it counts already', () => {
    const warned = everyMinute(minute(0), minute(20), (at) => ok(at, { reading: 'yellow' }))
    expect(draw([...warned, ...bad(20, 22)], minute(22))).toEqual([
      ['yellow', 0, 20],
      ['red', 20, 22],
    ])
  })

  test('keeps its colours when it is dated back', () => {
    const warned = everyMinute(minute(20), minute(25), (at) => ok(at, { reading: 'yellow' }))
    const worse = [...good(0, 20), ...warned, ...bad(25, 40)]
    expect(draw(worse, minute(40))).toEqual([
      ['green', 0, 20],
      ['yellow', 20, 25],
      ['red', 25, 40],
    ])
    expect(evaluate(worse, minute(35))).toMatchObject({ state: 'red', since: minute(25) })
  })

  test('counts at once when it is the first thing ever seen', () => {
    expect(evaluate([fail(START)], START)).toMatchObject({ state: 'red', since: START })
  })
})

describe('good', () => {
  const all = [...bad(0, 20), ...good(20, 40)]

  test('counts again once it has lasted, dated from its first instant', () => {
    expect(evaluate(all, minute(25) - 1)).toMatchObject({ state: 'red', reason: 'failing', changesAt: minute(25) })
    expect(evaluate(all, minute(25))).toMatchObject({ state: 'green', since: minute(20) })
    expect(draw(all, minute(40))).toEqual([
      ['red', 0, 20],
      ['green', 20, 40],
    ])
  })

  test('that passes too soon does not interrupt an outage', () => {
    expect(draw([...bad(0, 20), ...good(20, 24), ...bad(24, 40)], minute(40))).toEqual([['red', 0, 40]])
  })
})

describe('unknown', () => {
  test('shows at once and moves neither timer', () => {
    // Bad for 6 minutes, then stale until minute 50: 4 more bad minutes are needed.
    const all = [...good(0, 20), fail(minute(20)), ...bad(50, 70)]
    expect(evaluate(all, minute(26) + 1)).toMatchObject({ state: 'unknown', reason: 'stale' })
    expect(evaluate(all, minute(50))).toMatchObject({ state: 'green', changesAt: minute(54) - 1 })
    expect(evaluate(all, minute(54) - 1)).toMatchObject({ state: 'red', since: minute(50) })
    expect(draw(all, minute(70)).map(([state]) => state)).toEqual(['green', 'red', 'unknown', 'red'])
    expect(draw(all, minute(70))[1]).toEqual(['red', 20, 26 + 1 / MINUTE])
  })

  test('of a check that could not measure lets the timer run on what is kept', () => {
    const all = [...good(0, 20), ...bad(20, 27), ...everyMinute(minute(27), minute(32), (at) => error(at))]
    expect(evaluate(all, minute(30))).toMatchObject({ state: 'red', since: minute(20), couldNotMeasure: true })
  })
})

test('a restart while bad is pending confirms it at the same instant', () => {
  const past = foldAll(check, [...good(0, 20), ...bad(20, 25)])
  const restarted = JSON.parse(JSON.stringify(past))
  expect(settledUntil(restarted)).toBe(minute(20))
  for (const at of [minute(30) - 1, minute(30)]) {
    expect(evaluateCheck(check, restarted, at)).toEqual(evaluateCheck(check, past, at))
  }
  expect(evaluateCheck(check, restarted, minute(30))).toMatchObject({ state: 'red', since: minute(20) })
})

test('a check that was switched off starts afresh: what is pending or held is forgotten', () => {
  const spells = [
    { from: minute(22), enabled: false },
    { from: minute(22) + HOUR, enabled: true },
  ]
  const past = foldAll({ ...check, spells }, [...bad(0, 22), ok(minute(23) + HOUR)])
  expect(evaluateCheck({ ...check, spells }, past, minute(23) + HOUR)).toMatchObject({ state: 'green' })
})
