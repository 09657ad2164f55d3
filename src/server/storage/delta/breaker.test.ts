import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { admit, afterSign, type Breaker, CLOSED, FAILURES_MAX, interruption, PAUSE_MS, type Sign } from './breaker.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const signs: readonly Sign[] = ['answered', 'accepted', 'strained', 'unreachable']
const anySign = fc.constantFrom(...signs)
const anyBreaker: fc.Arbitrary<Breaker> = fc.oneof(
  fc.record({ is: fc.constant('closed' as const), failures: fc.integer({ min: 0, max: FAILURES_MAX - 1 }) }),
  fc.record({
    is: fc.constantFrom('open' as const, 'probing' as const),
    since: fc.integer({ min: NOW - 60_000, max: NOW }),
    until: fc.integer({ min: NOW - 5000, max: NOW + PAUSE_MS }),
  }),
)
const open: Breaker = { is: 'open', since: NOW - 100, until: NOW + 2900 }
const probing: Breaker = { is: 'probing', since: NOW - 100, until: NOW + PAUSE_MS }
const strainedTimes = (times: number) =>
  Array.from({ length: times }).reduce<Breaker>((breaker) => afterSign(breaker, 'strained', false, NOW), CLOSED)

describe('a breaker', () => {
  test('opens after so many failures in a row, and not before', () => {
    expect(strainedTimes(FAILURES_MAX - 1).is).toBe('closed')
    expect(strainedTimes(FAILURES_MAX)).toEqual({ is: 'open', since: NOW, until: NOW + PAUSE_MS })
  })

  test('opens at once when no connection comes about', () => {
    expect(afterSign(CLOSED, 'unreachable', false, NOW).is).toBe('open')
  })

  test('is opened by nothing else, however often', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<Sign>('answered', 'accepted')), (quiet) => {
        const end = quiet.reduce((breaker, sign) => afterSign(breaker, sign, false, NOW), CLOSED)
        expect(end.is).toBe('closed')
      }),
    )
  })

  test('is closed by any answer, in whatever state', () => {
    fc.assert(
      fc.property(anyBreaker, fc.boolean(), (breaker, isProbe) => {
        expect(afterSign(breaker, 'answered', isProbe, NOW)).toEqual(CLOSED)
      }),
    )
  })

  test('counts failures in a row only', () => {
    const almost = strainedTimes(FAILURES_MAX - 1)
    expect(afterSign(afterSign(almost, 'answered', false, NOW), 'strained', false, NOW).is).toBe('closed')
  })

  test('lets in everything while closed, nothing until the pause is over, then one', () => {
    expect(admit(CLOSED, NOW)).toEqual({ breaker: CLOSED, isProbe: false })
    expect(admit(open, open.until - 1)).toBeNull()
    const probe = admit(open, open.until)
    expect(probe).toMatchObject({ isProbe: true, breaker: { is: 'probing', since: open.since } })
    expect(admit(probe?.breaker ?? CLOSED, open.until)).toBeNull()
  })

  test('never locks up: whatever happened, a pause later a statement is let in', () => {
    const step = fc.record({ sign: anySign, isProbe: fc.boolean(), waitMs: fc.integer({ min: 0, max: 5000 }) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let breaker: Breaker = CLOSED
        let now = NOW
        for (const { sign, isProbe, waitMs } of steps) {
          now += waitMs
          breaker = admit(breaker, now)?.breaker ?? breaker
          breaker = afterSign(breaker, sign, isProbe, now)
        }
        expect(admit(breaker, now + PAUSE_MS)).not.toBeNull()
      }),
    )
  })

  test('stays as it is for stragglers and others than the probe, so that they cannot put the next probe off', () => {
    fc.assert(
      fc.property(
        anySign.filter((sign) => sign !== 'answered'),
        fc.boolean(),
        (sign, isProbe) => {
          expect(afterSign(open, sign, isProbe, NOW + 1)).toEqual(open)
          expect(afterSign(probing, sign, false, NOW + 1)).toEqual(probing)
        },
      ),
    )
  })

  test('goes on from a probe by what that found', () => {
    const since = NOW - 100
    expect(afterSign(probing, 'strained', true, NOW)).toEqual({ is: 'open', since, until: NOW + PAUSE_MS })
    expect(afterSign(probing, 'unreachable', true, NOW)).toEqual({ is: 'open', since, until: NOW + PAUSE_MS })
  })

  test('lets others in as soon as the probe is taken, on their last chance', () => {
    const taken = afterSign(probing, 'accepted', true, NOW)
    expect(admit(taken, NOW)).toEqual({ breaker: taken, isProbe: false })
    expect(afterSign(taken, 'strained', false, NOW).is).toBe('open')
  })

  test('says that it is interrupted exactly while it lets nothing in', () => {
    fc.assert(
      fc.property(anyBreaker, (breaker) => {
        const isShut = admit(breaker, NOW) === null
        expect(interruption(breaker, NOW) !== null).toBe(isShut)
      }),
    )
    expect(interruption(open, NOW)).toEqual({ since: open.since, until: open.until })
  })
})
