import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { someTimeline, stateAt } from './fixtures/intervals.ts'
import { START } from './fixtures/scenario.ts'
import { platformTimeline } from './platform-timeline.ts'
import type { Interval } from './timeline.ts'

const HOUR = 3_600_000
const hour = (count: number) => START + count * HOUR
const during = (from: number, to: number, state: Interval['state'], reason: Interval['reason']): Interval => ({
  start: hour(from),
  end: hour(to),
  state,
  reason,
  message: null,
})
const short = ({ start, end, state }: Interval) => [state, (start - START) / HOUR, (end - START) / HOUR]

describe('a platform', () => {
  test('is down from 10 to 11 when A is down then and B is up from 10:30 to 12', () => {
    const a = [during(10, 11, 'red', 'failing'), during(11, 12, 'green', 'healthy')]
    const b = [during(10.5, 12, 'green', 'healthy')]
    expect(platformTimeline([a, b], hour(10), hour(12)).map(short)).toEqual([
      ['red', 10, 11],
      ['green', 11, 12],
    ])
  })

  test('is down while any of its checks is, once, and whatever is unknown of another', () => {
    const a = [during(10, 11, 'red', 'failing'), during(11, 14, 'unknown', 'stale')]
    const b = [
      during(10, 10.5, 'green', 'healthy'),
      during(10.5, 12, 'red', 'failing'),
      during(12, 14, 'green', 'healthy'),
    ]
    expect(platformTimeline([a, b], hour(10), hour(14)).map(short)).toEqual([
      ['red', 10, 12],
      ['unknown', 12, 14],
    ])
  })

  test('does not count disabled checks, and is disabled where all are', () => {
    const a = [during(0, 2, 'disabled', null), during(2, 3, 'green', 'healthy')]
    const b = [during(0, 1, 'red', 'failing'), during(1, 3, 'disabled', null)]
    expect(platformTimeline([a, b], hour(0), hour(3)).map(short)).toEqual([
      ['red', 0, 1],
      ['disabled', 1, 2],
      ['green', 2, 3],
    ])
  })

  test('is unknown before it has a check, and says why', () => {
    const [first, ...rest] = platformTimeline([[during(1, 2, 'green', 'healthy')]], hour(0), hour(2))
    expect(first).toMatchObject({ start: hour(0), end: hour(1), state: 'unknown', reason: 'no_checks' })
    expect(rest.map(short)).toEqual([['green', 1, 2]])
    expect(platformTimeline([], hour(0), hour(2)).map(short)).toEqual([['unknown', 0, 2]])
    expect(platformTimeline([], hour(0), hour(0))).toEqual([])
  })

  test('takes reason and message from the worst check', () => {
    const a = [{ ...during(0, 1, 'yellow', 'late'), message: 'slow' }]
    const b = [{ ...during(0, 1, 'red', 'failing'), message: 'disk full' }]
    expect(platformTimeline([a, b], hour(0), hour(1))).toEqual(b)
  })

  test('is by instant what the worst of its checks is: the union of what is red is its downtime', () => {
    fc.assert(
      fc.property(fc.array(someTimeline, { maxLength: 4 }), (timelines) => {
        const union = platformTimeline(timelines, 0, 60)
        for (let instant = 0; instant < 60; instant += 1) {
          const states = timelines.flatMap((timeline) => stateAt(timeline, instant) ?? [])
          const order = ['maintenance', 'red', 'yellow', 'unknown', 'green', 'disabled'] as const
          expect(stateAt(union, instant)).toBe(order.find((state) => states.includes(state)) ?? 'unknown')
        }
        expect(union.at(-1)?.end).toBe(60)
      }),
    )
  })
})
