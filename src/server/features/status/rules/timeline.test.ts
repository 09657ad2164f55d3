import { describe, expect, test } from 'vitest'
import { availability, error, everyMinute, fail, HOUR, MINUTE, ok, rule, START } from './fixtures/scenario.ts'
import { emptyPast, foldAll } from './past.ts'
import { redSpells } from './red-spells.ts'
import { checkTimeline, type Interval } from './timeline.ts'

const minute = (count: number) => START + count * MINUTE
const short = ({ start, end, state, reason }: Interval) => [state, reason, start - START, end - START]

describe('a timeline', () => {
  test('is the story of a day of data: fresh, late, far too late, silent', () => {
    const check = rule({ intervalMs: HOUR })
    const timeline = checkTimeline(check, emptyPast(check), [ok(START, { dataTime: START })], START, START + 5 * HOUR)
    expect(timeline.map(short)).toEqual([
      ['green', 'healthy', 0, 30 * MINUTE + 1],
      ['yellow', 'late', 30 * MINUTE + 1, 60 * MINUTE + 1],
      ['red', 'very_late', 60 * MINUTE + 1, 3 * HOUR + 1],
      ['unknown', 'stale', 3 * HOUR + 1, 5 * HOUR],
    ])
  })

  test('includes the first instant of its window and not the last', () => {
    const check = availability()
    const all = [ok(START), fail(minute(1))]
    const until = (to: number) => checkTimeline(check, emptyPast(check), all, START, to).map(short)
    expect(until(minute(1))).toEqual([['green', 'healthy', 0, MINUTE]])
    expect(until(minute(1) + 1).at(-1)).toEqual(['red', 'failing', MINUTE, MINUTE + 1])
    const past = foldAll(check, [ok(START)])
    expect(checkTimeline(check, past, all, minute(1), minute(2)).map(short)).toEqual([
      ['red', 'failing', MINUTE, 2 * MINUTE],
    ])
    expect(checkTimeline(check, past, all, minute(1), minute(1))).toEqual([])
  })

  test('begins when the check was made, also in the middle of a day, and shows what was measured before', () => {
    const check = availability({ createdAt: minute(90) })
    const timeline = checkTimeline(check, emptyPast(check), [fail(minute(89))], START, minute(93))
    expect(timeline.map(short)).toEqual([['red', 'failing', 90 * MINUTE, 93 * MINUTE]])
    expect(checkTimeline(check, emptyPast(check), [], START, minute(90))).toEqual([])
  })

  test('leaves out the time that a check was disabled, in the middle of an outage', () => {
    const spells = [
      { from: minute(10), enabled: false },
      { from: minute(20), enabled: true },
    ]
    const check = availability({ spells })
    const all = everyMinute(START, minute(30), (at) => fail(at))
    const timeline = checkTimeline(check, emptyPast(check), all, START, minute(30))
    expect(timeline.map(short)).toEqual([
      ['red', 'failing', 0, 10 * MINUTE],
      ['disabled', null, 10 * MINUTE, 20 * MINUTE],
      ['red', 'failing', 20 * MINUTE, 30 * MINUTE],
    ])
    expect(redSpells(timeline).map(({ start, end }) => [start, end])).toEqual([
      [START, minute(10)],
      [minute(20), minute(30)],
    ])
  })

  test('is not changed by repeated observations or by ones that the past knows', () => {
    const check = availability()
    const all = [ok(START), ok(START), fail(minute(1)), fail(minute(1))]
    const once = checkTimeline(check, emptyPast(check), [ok(START), fail(minute(1))], START, minute(3))
    expect(checkTimeline(check, emptyPast(check), all, START, minute(3))).toEqual(once)
    expect(checkTimeline(check, foldAll(check, all), all, minute(1), minute(3))).toEqual(once.slice(1))
  })

  test('refuses observations that do not ascend and a past that reaches into it', () => {
    const check = availability()
    const all = [fail(minute(1)), ok(START)]
    expect(() => checkTimeline(check, emptyPast(check), all, START, minute(3))).toThrow(RangeError)
    expect(() => checkTimeline(check, foldAll(check, all), [], START, minute(3))).toThrow(RangeError)
  })
})

describe('red spells', () => {
  test('each have what they began with', () => {
    const check = availability({ isPush: true, warnAfterMs: 5 * MINUTE, critAfterMs: 9 * MINUTE })
    const all = [
      ok(START),
      fail(minute(1), 'disk full'),
      fail(minute(2), 'still full'),
      ok(minute(3), { message: 'fine' }),
    ]
    const timeline = checkTimeline(check, emptyPast(check), all, START, minute(60))
    expect(redSpells(timeline)).toEqual([
      { start: minute(1), end: minute(3), state: 'red', reason: 'failing', message: 'disk full' },
      { start: minute(12) + 1, end: minute(60), state: 'red', reason: 'silent', message: 'fine' },
    ])
  })

  test('go on through a change of reason and through attempts that could not measure', () => {
    const check = rule({ intervalMs: HOUR })
    const all = [
      ok(START, { dataTime: minute(-61) }),
      fail(minute(1)),
      error(minute(2)),
      ok(minute(3), { dataTime: minute(3) }),
    ]
    const timeline = checkTimeline(check, emptyPast(check), all, START, minute(5))
    expect(timeline.map(({ reason }) => reason)).toEqual(['very_late', 'failing', 'healthy'])
    expect(redSpells(timeline)).toEqual([
      { start: START, end: minute(3), state: 'red', reason: 'very_late', message: 'boom' },
    ])
  })

  test('end where nothing is known of what came next', () => {
    const red = { state: 'red', reason: 'failing', message: null } as const
    const apart = [
      { ...red, start: minute(1), end: minute(2) },
      { ...red, start: minute(3), end: minute(4) },
    ]
    expect(redSpells(apart)).toEqual(apart)
  })

  test('are none where nothing failed', () => {
    expect(redSpells([])).toEqual([])
  })
})
