import { describe, expect, test } from 'vitest'
import type { CheckRule } from './check.ts'
import { evaluateCheck } from './evaluate.ts'
import { availability, error, everyMinute, fail, HOUR, MINUTE, ok, rule, START } from './fixtures/scenario.ts'
import type { Observed } from './observed.ts'
import { foldAll } from './past.ts'

const evaluate = (check: CheckRule, all: readonly Observed[], at: number) => {
  const answer = evaluateCheck(check, foldAll(check, all), at)
  if (answer === null) throw new Error('disabled')
  return answer
}
const brief = (check: CheckRule, all: readonly Observed[], at: number) => {
  const { state, reason, changesAt } = evaluate(check, all, at)
  return [state, reason, changesAt]
}

/** Measured every hour, so that nothing goes stale while its data grows old. */
const hourly = rule({ intervalMs: HOUR })
const W = 30 * MINUTE
const E = 60 * MINUTE
const job = availability({ isPush: true, warnAfterMs: W, critAfterMs: E })

describe('the age of data', () => {
  const seen = [ok(START, { dataTime: START })]

  test('is green through exactly W, yellow from a millisecond later', () => {
    expect(brief(hourly, seen, START + W - 1)).toEqual(['green', 'healthy', START + W + 1])
    expect(brief(hourly, seen, START + W)).toEqual(['green', 'healthy', START + W + 1])
    expect(brief(hourly, seen, START + W + 1)).toEqual(['yellow', 'late', START + E + 1])
  })

  test('is yellow through exactly E, red from a millisecond later', () => {
    expect(brief(hourly, seen, START + E - 1)).toEqual(['yellow', 'late', START + E + 1])
    expect(brief(hourly, seen, START + E)).toEqual(['yellow', 'late', START + E + 1])
    expect(brief(hourly, seen, START + E + 1)).toEqual(['red', 'very_late', START + 3 * HOUR + 1])
  })

  test('dates a state from the limit it crossed, not from when anybody looked', () => {
    const later = [...seen, ok(START + 45 * MINUTE, { dataTime: START })]
    expect(evaluate(hourly, later, START + 50 * MINUTE)).toMatchObject({ state: 'yellow', since: START + W + 1 })
  })

  test('is not known before any good observation carries one', () => {
    expect(brief(hourly, [ok(START)], START)).toEqual(['unknown', 'no_data', START + 3 * HOUR + 1])
  })

  test('is not known while all data claims to come from the future', () => {
    const ahead = ok(START, { dataTime: START + MINUTE + 1 })
    expect(evaluate(hourly, [ahead], START)).toMatchObject({ state: 'unknown', reason: 'clock_skew', dataAsOf: null })
    const within = ok(START, { dataTime: START + MINUTE })
    expect(evaluate(hourly, [within], START)).toMatchObject({ state: 'green', dataAsOf: START + MINUTE })
  })

  test('is that of the newest believable data, whatever fails, comes late or claims the future', () => {
    const at = START + 20 * MINUTE
    const all = [
      ok(START + 10 * MINUTE, { dataTime: START + 8 * MINUTE }),
      { ...fail(START + 11 * MINUTE), dataTime: START + 10 * MINUTE },
      ok(START + 12 * MINUTE, { dataTime: START + 2 * MINUTE }),
      ok(START + 13 * MINUTE, { dataTime: START + 2 * HOUR }),
      ok(START + 14 * MINUTE),
      ok(START + 9 * MINUTE, { dataTime: START + 7 * MINUTE }),
    ]
    expect(evaluate(hourly, all, at)).toMatchObject({ state: 'green', dataAsOf: START + 8 * MINUTE })
  })

  test('decides for freshness alone; other kinds show what the connector read', () => {
    const old = { dataTime: START - 10 * HOUR }
    expect(brief(availability(), [ok(START, old)], START)).toEqual(['green', 'healthy', START + 6 * MINUTE + 1])
    const warned = ok(START, { ...old, reading: 'yellow' })
    expect(brief(availability(), [warned], START)).toEqual(['yellow', 'degraded', START + 6 * MINUTE + 1])
    expect(brief(hourly, [ok(START, { dataTime: START, reading: 'yellow' })], START)[0]).toBe('green')
  })
})

describe('silence', () => {
  test('says nothing about a check never observed, not even since when', () => {
    for (const check of [hourly, availability(), job]) {
      expect(evaluate(check, [], START + HOUR)).toMatchObject({
        state: 'unknown',
        reason: 'no_data',
        since: null,
        lastObservedAt: null,
        couldNotMeasure: false,
        changesAt: null,
      })
    }
  })

  test.each([
    { intervalMs: MINUTE, staleAfter: 6 * MINUTE },
    { intervalMs: 10 * MINUTE, staleAfter: 30 * MINUTE },
  ])('turns a check of $intervalMs ms to unknown after max(3 I, I + 5 min), whatever its colour', (its) => {
    const check = availability({ intervalMs: its.intervalMs })
    for (const last of [ok(START), ok(START, { reading: 'yellow' }), fail(START)]) {
      const before = brief(check, [last], START + its.staleAfter)
      expect(before[0]).not.toBe('unknown')
      expect(before[2]).toBe(START + its.staleAfter + 1)
      expect(brief(check, [last], START + its.staleAfter + 1)).toEqual(['unknown', 'stale', null])
    }
  })

  test('hides even a colour that the age of the data would give', () => {
    expect(brief(rule(), [ok(START, { dataTime: START - 2 * HOUR })], START + 6 * MINUTE)[0]).toBe('red')
    expect(brief(rule(), [ok(START, { dataTime: START - 2 * HOUR })], START + 7 * MINUTE)[0]).toBe('unknown')
  })

  test('of a job that should report is a failure: yellow after W, red after E, dated from the deadline', () => {
    const seen = [ok(START)]
    expect(brief(job, seen, START + W)).toEqual(['green', 'healthy', START + W + 1])
    expect(evaluate(job, seen, START + W + 1)).toMatchObject({
      state: 'yellow',
      reason: 'silent',
      since: START + W + 1,
    })
    expect(brief(job, seen, START + E)).toEqual(['yellow', 'silent', START + E + 1])
    expect(brief(job, seen, START + E + 1)).toEqual(['red', 'silent', null])
    expect(evaluate(job, seen, START + 9 * HOUR)).toMatchObject({ state: 'red', since: START + E + 1 })
  })

  test('of a job that failed leaves it failing', () => {
    expect(brief(job, [fail(START)], START + 9 * HOUR)).toEqual(['red', 'failing', null])
  })

  test('of a job that cannot measure is no silence: its colour is kept until it is stale, never red', () => {
    const all = [ok(START), ...everyMinute(START + MINUTE, START + 2 * HOUR, error)]
    expect(evaluate(job, all, START + 2 * HOUR)).toMatchObject({ reason: 'stale', couldNotMeasure: true })
  })

  test('and the age of what was reported both count for a job that reports data times', () => {
    const check = rule({ isPush: true })
    expect(brief(check, [ok(START, { dataTime: START - 2 * HOUR })], START)).toEqual([
      'red',
      'very_late',
      START + E + 1,
    ])
    expect(brief(check, [ok(START, { dataTime: START })], START + W + 1).slice(0, 2)).toEqual(['yellow', 'silent'])
  })
})

describe('a failed measurement', () => {
  test('keeps the state before it and says so, while the data grows older', () => {
    const all = [ok(START, { dataTime: START }), error(START + 25 * MINUTE, 'timeout')]
    expect(evaluate(hourly, all, START + 26 * MINUTE)).toMatchObject({
      state: 'green',
      couldNotMeasure: true,
      message: 'timeout',
      lastObservedAt: START + 25 * MINUTE,
      lastSuccessAt: START,
      lastFailureAt: null,
    })
    expect(evaluate(hourly, all, START + W + 1)).toMatchObject({ state: 'yellow', couldNotMeasure: true })
  })

  test('keeps red red, and does not keep anything fresh', () => {
    const errors = everyMinute(START + MINUTE, START + 10 * MINUTE, error)
    expect(evaluate(availability(), [fail(START), ...errors], START + 6 * MINUTE)).toMatchObject({ state: 'red' })
    expect(evaluate(availability(), [fail(START), ...errors], START + 6 * MINUTE + 1)).toMatchObject({
      state: 'unknown',
      reason: 'stale',
      couldNotMeasure: true,
    })
  })

  test('alone leaves a check unknown', () => {
    expect(evaluate(availability(), [error(START)], START)).toMatchObject({
      state: 'unknown',
      reason: 'no_data',
      couldNotMeasure: true,
      since: START,
    })
  })
})

describe('a run that failed', () => {
  test('is red for every kind, and is remembered after it was mended', () => {
    for (const kind of ['freshness', 'availability', 'latency', 'quality'] as const) {
      const all = [ok(START, { dataTime: START }), fail(START + MINUTE, 'disk full')]
      expect(evaluate(rule({ kind }), all, START + MINUTE)).toMatchObject({ state: 'red', reason: 'failing' })
      const mended = [...all, ok(START + 2 * MINUTE, { dataTime: START + 2 * MINUTE, message: 'fine' })]
      expect(evaluate(rule({ kind }), mended, START + 2 * MINUTE)).toMatchObject({
        state: 'green',
        since: START + 2 * MINUTE,
        message: 'fine',
        lastSuccessAt: START + 2 * MINUTE,
        lastFailureAt: START + MINUTE,
        lastFailureMessage: 'disk full',
      })
    }
  })

  test('that arrives after a newer success changes nothing but is not lost on a refold', () => {
    const [good, late] = [ok(START + 2 * MINUTE), fail(START + MINUTE, 'late news')]
    expect(evaluate(availability(), [good, late, good], START + 2 * MINUTE)).toMatchObject({
      state: 'green',
      lastFailureMessage: 'late news',
    })
  })
})

describe('the server clock', () => {
  const all = everyMinute(START, START + 2 * HOUR, (at) => ok(at, { dataTime: at }))
  const last = START + 2 * HOUR - MINUTE

  test('back an hour makes fresh data unknown until the clock is within a minute of it', () => {
    expect(brief(rule(), all, last - HOUR)).toEqual(['unknown', 'clock_skew', last - MINUTE])
    expect(brief(rule(), all, last - MINUTE)).toEqual(['green', 'healthy', last + 6 * MINUTE + 1])
    expect(evaluate(rule(), all, last - HOUR).since).toBeLessThanOrEqual(last - HOUR)
  })

  test('back an hour trusts no other check either, but does not mind a reporter a little ahead', () => {
    const plain = all.map((one) => ({ ...one, dataTime: null }))
    expect(brief(availability(), plain, last - HOUR)).toEqual(['unknown', 'clock_skew', last - 5 * MINUTE])
    expect(brief(availability(), plain, last - 5 * MINUTE)[0]).toBe('green')
    const ahead = [fail(START + MINUTE), fail(START + 2 * MINUTE)]
    expect(evaluate(job, ahead, START)).toMatchObject({ state: 'red', reason: 'failing', since: START })
  })

  test('forward an hour makes a check stale and never green; the next measurement mends it', () => {
    expect(brief(rule(), all, last + HOUR)).toEqual(['unknown', 'stale', null])
    const next = ok(last + HOUR + 1, { dataTime: last + HOUR })
    expect(brief(rule(), [...all, next], last + HOUR + 1)[0]).toBe('green')
  })
})

test('a check that is disabled is nothing at all', () => {
  const check = availability({ spells: [{ from: START + MINUTE, enabled: false }] })
  const past = foldAll(check, [fail(START)])
  expect(evaluateCheck(check, past, START + MINUTE - 1)).toMatchObject({ state: 'red', changesAt: START + MINUTE })
  expect(evaluateCheck(check, past, START + MINUTE)).toBeNull()
})

test('a restart while data is overdue changes nothing', () => {
  const past = foldAll(hourly, [ok(START, { dataTime: START })])
  const at = START + 2 * HOUR
  expect(evaluateCheck(hourly, JSON.parse(JSON.stringify(past)), at)).toEqual(evaluateCheck(hourly, past, at))
  expect(evaluateCheck(hourly, past, at)).toMatchObject({ state: 'red', since: START + E + 1 })
})
