import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CheckRule } from './check.ts'
import { evaluateCheck } from './evaluate.ts'
import { seenAt, sliceUp } from './fixtures/reference.ts'
import { HOUR, MINUTE, START, someInstant, someObservations, someRule, unconfirmedRule } from './fixtures/scenario.ts'
import { inOrder, type Observed } from './observed.ts'
import { type CheckPast, emptyPast, foldAll, foldPast, settledUntil } from './past.ts'
import { checkTimeline, type Interval } from './timeline.ts'

const runs = { numRuns: 400 }
const END = START + 6 * HOUR

/** As it would be asked at `at`: knowing what was measured up to then. */
const pastAt = (rule: CheckRule, all: readonly Observed[], at: number) =>
  foldAll(
    rule,
    all.filter(({ measuredAt }) => measuredAt <= at),
  )
const answerAt = (rule: CheckRule, past: CheckPast, at: number) => {
  const now = evaluateCheck(rule, past, at)
  return now === null ? ['disabled', null] : [now.state, now.reason]
}
const at = (timeline: readonly Interval[], instant: number) =>
  timeline.find(({ start, end }) => start <= instant && instant < end)
const stateAt = (timeline: readonly Interval[], instant: number) => [
  at(timeline, instant)?.state,
  at(timeline, instant)?.reason,
]
const edges = (timeline: readonly Interval[]) => timeline.flatMap(({ start, end }) => [start, end - 1])

describe('a check', () => {
  test('is at every instant what the status semantics say, since when they say', () => {
    fc.assert(
      fc.property(someRule, someObservations, someInstant, (rule, all, instant) => {
        fc.pre(instant >= rule.createdAt)
        const slices = sliceUp(rule, all, instant)
        const last = slices.at(-1)
        const now = evaluateCheck(rule, pastAt(rule, all, instant), instant)
        expect([now?.state ?? 'disabled', now?.reason ?? null]).toEqual(last?.shown)
        if (now === null || now.since === null) return
        const before = slices.findLast(({ shown }) => shown[0] !== now.state)
        expect(now.since).toBe(before?.end ?? rule.createdAt)
      }),
      { numRuns: 1500 },
    )
  })

  test('is the same in whatever order and however often its observations arrive', () => {
    const arrivals = someObservations.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
    )
    fc.assert(
      fc.property(someRule, arrivals, (rule, [all, shuffled]) => {
        const arrived: Observed[] = []
        let past = emptyPast(rule)
        for (const observed of shuffled) {
          arrived.push(observed)
          const folded = foldPast(rule, past, observed)
          past = folded === 'refold' ? foldAll(rule, arrived) : folded
        }
        expect(past).toEqual(foldAll(rule, all))
      }),
      runs,
    )
  })

  test('goes on as if nothing had happened when its past was written down in between', () => {
    fc.assert(
      fc.property(someRule, someObservations, someInstant, (rule, all, instant) => {
        let past = emptyPast(rule)
        for (const observed of inOrder(all)) {
          past = JSON.parse(JSON.stringify(past))
          const folded = foldPast(rule, past, observed)
          if (folded === 'refold') throw new Error('in order, yet refused')
          past = folded
        }
        expect(past).toEqual(foldAll(rule, all))
        expect(evaluateCheck(rule, past, instant)).toEqual(evaluateCheck(rule, foldAll(rule, all), instant))
      }),
      runs,
    )
  })

  test('changes by time alone exactly when it says, also where the clock is behind or nothing changes any more', () => {
    fc.assert(
      fc.property(
        someRule.map((rule): CheckRule => ({ ...rule, spells: [] })),
        someObservations,
        someInstant,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 5 }),
        (rule, all, instant, shares) => {
          const past = foldAll(rule, all)
          const now = evaluateCheck(rule, past, instant)
          if (now === null) throw new Error('never disabled here')
          const until = now.changesAt ?? instant + 24 * HOUR
          expect(until).toBeGreaterThan(instant)
          for (const between of [
            until - 1,
            ...shares.map((share) => instant + Math.floor((until - 1 - instant) * share)),
          ])
            expect(answerAt(rule, past, between)).toEqual([now.state, now.reason])
          if (now.changesAt !== null) expect(answerAt(rule, past, now.changesAt)).not.toEqual([now.state, now.reason])
        },
      ),
      { numRuns: 1500 },
    )
  })
})

describe('a timeline', () => {
  test('has no gaps, no two neighbours alike, and covers its window from the creation of the check', () => {
    fc.assert(
      fc.property(someRule, someObservations, someInstant, someInstant, (rule, all, from, to) => {
        const timeline = checkTimeline(rule, pastBefore(rule, all, from), inOrder(all), from, to)
        const start = Math.max(from, rule.createdAt)
        expect(timeline.length > 0).toBe(start < to)
        if (start >= to) return
        expect(timeline[0]?.start).toBe(start)
        expect(timeline.at(-1)?.end).toBe(to)
        for (const [index, interval] of timeline.entries()) {
          expect(interval.end).toBeGreaterThan(interval.start)
          const next = timeline[index + 1]
          if (next === undefined) continue
          expect(next.start).toBe(interval.end)
          expect([next.state, next.reason]).not.toEqual([interval.state, interval.reason])
        }
      }),
      runs,
    )
  })

  test('says at every instant what the check said then, where nothing waits for confirmation', () => {
    fc.assert(
      fc.property(unconfirmedRule, someObservations, someInstant, (rule, all, from) => {
        const timeline = checkTimeline(rule, pastBefore(rule, all, from), inOrder(all), from, END)
        for (const instant of edges(timeline)) {
          expect(stateAt(timeline, instant)).toEqual(answerAt(rule, pastAt(rule, all, instant), instant))
          expect(stateAt(timeline, instant)).toEqual(seenAt(rule, all, instant))
        }
      }),
      runs,
    )
  })

  test('ends with what the check says now, and says of the time before what is confirmed by now', () => {
    fc.assert(
      fc.property(someRule, someObservations, someInstant, (rule, all, instant) => {
        fc.pre(instant >= rule.createdAt)
        const timeline = checkTimeline(rule, emptyPast(rule), inOrder(all), START, instant + 1)
        expect(stateAt(timeline, instant)).toEqual(answerAt(rule, pastAt(rule, all, instant), instant))
        for (const { start, end, shown } of sliceUp(rule, all, instant)) {
          expect(stateAt(timeline, start)).toEqual(shown)
          expect(stateAt(timeline, end - 1)).toEqual(shown)
        }
      }),
      runs,
    )
  })

  test('cut in two is the same as whole, up to where the first part was settled and from the cut on', () => {
    fc.assert(
      fc.property(someRule, someObservations, someInstant, (rule, all, cut) => {
        fc.pre(cut > rule.createdAt)
        const past = pastBefore(rule, all, cut)
        const whole = checkTimeline(rule, emptyPast(rule), inOrder(all), START, END)
        const before = checkTimeline(rule, emptyPast(rule), inOrder(all), START, cut)
        const after = checkTimeline(rule, past, inOrder(all), cut, END)
        const settled = Math.min(cut, settledUntil(past))
        for (const instant of edges(whole).filter((edge) => edge < settled))
          expect(stateAt(before, instant)).toEqual(stateAt(whole, instant))
        for (const instant of edges(whole).filter((edge) => edge >= cut))
          expect(stateAt(after, instant)).toEqual(stateAt(whole, instant))
      }),
      runs,
    )
  })

  test('folds and draws in steps that grow with the number of observations, and no faster', () => {
    const rule: CheckRule = { ...ruleForSpeed }
    /** How often a time of one of so many observations is looked at. */
    const looks = (count: number) => {
      let looked = 0
      const all = Array.from({ length: count }, (_, index): Observed => {
        const measuredAt = START + index * MINUTE
        const outcome = index % 7 === 0 ? 'fail' : index % 11 === 0 ? 'error' : 'ok'
        return {
          get measuredAt() {
            looked += 1
            return measuredAt
          },
          ...{ dataTime: measuredAt - (index % 90) * MINUTE, outcome, reading: 'green', message: 'm' },
        }
      })
      foldAll(rule, all)
      const folded = looked
      const timeline = checkTimeline(rule, emptyPast(rule), all, START, START + count * MINUTE)
      expect(timeline.length).toBeGreaterThan(count / 100)
      return { folded, drawn: looked - folded }
    }
    const [few, many] = [looks(2000), looks(16_000)]
    expect(many.folded / few.folded).toBeLessThan(8.5)
    expect(many.drawn / few.drawn).toBeLessThan(8.5)
  })
})

const pastBefore = (rule: CheckRule, all: readonly Observed[], before: number) =>
  foldAll(
    rule,
    all.filter(({ measuredAt }) => measuredAt < before),
  )

const ruleForSpeed: CheckRule = {
  id: 'c',
  name: 'c',
  kind: 'freshness',
  isPush: false,
  intervalMs: MINUTE,
  warnAfterMs: 30 * MINUTE,
  critAfterMs: 60 * MINUTE,
  forMs: 5 * MINUTE,
  recoverMs: 5 * MINUTE,
  createdAt: START,
  spells: [],
}
