import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type State, states } from '../../../../contracts/status.ts'
import type { Evaluation } from './evaluate.ts'
import { availability, rule, START } from './fixtures/scenario.ts'
import { type EvaluatedCheck, globalState, nearestToLimit, platformState } from './platform.ts'
import { globalSentence, platformSentence } from './sentence.ts'

const calm = { hasCriticalMessage: false, isInMaintenance: false }
const critical = { ...calm, hasCriticalMessage: true }
const reasonOf = { red: 'failing', yellow: 'degraded', unknown: 'stale', green: 'healthy' } as const

const evaluation = (state: State, more: Partial<Evaluation> = {}): Evaluation => ({
  state,
  reason: reasonOf[state],
  couldNotMeasure: false,
  message: null,
  isUnstable: false,
  since: START,
  lastObservedAt: START,
  dataAsOf: null,
  lastSuccessAt: null,
  lastFailureAt: null,
  lastFailureMessage: null,
  changesAt: null,
  ...more,
})
const check = (state: State, more: Partial<Evaluation> = {}, name = `a ${state} check`): EvaluatedCheck => ({
  rule: availability({ id: name, name }),
  evaluation: evaluation(state, more),
})
const off: EvaluatedCheck = { rule: availability({ name: 'off' }), evaluation: null }
const someStates = fc.array(fc.constantFrom(...states), { minLength: 1 })
const rank = (state: State) => states.indexOf(state)

describe('a platform', () => {
  test('is the worst of its enabled checks: red, yellow, unknown, green', () => {
    expect(platformState([check('green'), check('unknown'), off], calm)).toMatchObject({
      state: 'unknown',
      reason: 'stale',
    })
    expect(platformState([check('unknown'), check('yellow')], calm).state).toBe('yellow')
    const down = platformState([check('yellow'), check('red', {}, 'first'), check('red', {}, 'second')], calm)
    expect(down).toMatchObject({ state: 'red', counts: { red: 2, yellow: 1, unknown: 0, green: 0 } })
    expect(down.worst?.rule.name).toBe('first')
  })

  test('never gets better by a check getting worse', () => {
    fc.assert(
      fc.property(
        someStates,
        fc.nat(),
        fc.constantFrom(...states),
        fc.boolean(),
        (all, at, other, hasCriticalMessage) => {
          const index = at % all.length
          const worse = all.map((state, place) => (place === index && rank(other) < rank(state) ? other : state))
          const now = (some: State[]) =>
            platformState(
              some.map((state) => check(state)),
              { ...calm, hasCriticalMessage },
            )
          expect(rank(now(worse).state)).toBeLessThanOrEqual(rank(now(all).state))
        },
      ),
    )
  })

  test('without an enabled check is unknown', () => {
    for (const none of [[], [off]]) {
      expect(platformState(none, calm)).toMatchObject({ state: 'unknown', reason: 'no_checks', worst: null })
      expect(platformSentence(platformState(none, calm))).toBe('No check is enabled')
    }
  })

  test('is raised to yellow by a critical message and lowered by nothing', () => {
    for (const state of ['green', 'unknown'] as const) {
      expect(platformState([check(state)], critical)).toMatchObject({ state: 'yellow', reason: 'message' })
    }
    expect(platformState([], critical).state).toBe('yellow')
    expect(platformState([check('yellow')], critical)).toMatchObject({ state: 'yellow', reason: 'degraded' })
    expect(platformState([check('red')], critical)).toMatchObject({ state: 'red', reason: 'failing' })
  })

  test('shows maintenance beside its state', () => {
    const busy = platformState([check('red')], { ...calm, isInMaintenance: true })
    expect(busy).toMatchObject({ state: 'red', isInMaintenance: true })
  })

  test('carries the newest observation and success, the oldest data and the next change of its checks', () => {
    const times = { lastObservedAt: 5, lastSuccessAt: 3, dataAsOf: 2, changesAt: 9 }
    const checks = [check('green', times), check('green', { lastObservedAt: 4, dataAsOf: 1, changesAt: 8 }), off]
    expect(platformState(checks, calm)).toMatchObject({
      lastObservedAt: 5,
      lastSuccessAt: 3,
      dataAsOf: 1,
      changesAt: 8,
    })
    expect(platformState([off], calm)).toMatchObject({ lastObservedAt: null, dataAsOf: null, changesAt: null })
    expect(platformState([check('green'), check('green', { isUnstable: true })], calm).isUnstable).toBe(true)
  })

  test('shows the freshness check that is nearest to its limit', () => {
    const fresh = (id: string, dataAsOf: number | null, critAfterMs: number): EvaluatedCheck => ({
      rule: rule({ id, critAfterMs }),
      evaluation: evaluation('green', { dataAsOf }),
    })
    const none = fresh('none', null, 10)
    const checks = [none, fresh('daily', 900, 1000), fresh('hourly', 980, 50), check('green', { dataAsOf: 0 }), off]
    expect(nearestToLimit(checks, 1000)?.rule.id).toBe('hourly')
    expect(nearestToLimit([none], 1000)?.rule.id).toBe('none')
    expect(nearestToLimit([check('green'), off], 1000)).toBeNull()
  })
})

describe('the sentence for everything', () => {
  const say = (...all: State[]) => globalSentence(globalState(all.map((state) => ({ state }))))

  test('counts what is wrong, and all when nothing is', () => {
    expect(say(...Array<State>(12).fill('green'))).toBe('All 12 platforms healthy')
    expect(say('green', 'yellow', 'red', 'yellow')).toBe('2 degraded, 1 down')
    expect(say('green', 'unknown')).toBe('1 unknown')
    expect(say('yellow', 'unknown', 'red')).toBe('1 degraded, 1 down, 1 unknown')
    expect(say('green')).toBe('The platform is healthy')
    expect(say()).toBe('No platforms yet')
  })

  test('goes with the state of the worst platform', () => {
    fc.assert(
      fc.property(someStates, (all) => {
        expect(rank(globalState(all.map((state) => ({ state }))).state)).toBe(Math.min(...all.map(rank)))
      }),
    )
    expect(globalState([]).state).toBe('unknown')
  })
})

describe('the sentence of a platform', () => {
  const say = (...checks: EvaluatedCheck[]) => platformSentence(platformState(checks, calm))

  test('names the check and what is wrong with it', () => {
    expect(say(check('red', {}, 'Nightly sales load'), check('green'))).toBe(
      'Nightly sales load: failed when last measured',
    )
    expect(say(check('red', {}, 'A'), check('yellow'))).toBe('A: failed when last measured (and 1 more check)')
    expect(say(check('red', {}, 'A'), check('yellow'), check('unknown'))).toBe(
      'A: failed when last measured (and 2 more checks)',
    )
  })

  test('says that nothing is wrong, and what could not be measured', () => {
    expect(say(check('green'), off)).toBe('The check is healthy')
    expect(say(check('green'), check('green'))).toBe('All 2 checks healthy')
    const tried = { couldNotMeasure: true }
    expect(say(check('green', tried))).toBe('The check was healthy, could not measure just now')
    expect(say(check('green'), check('green', tried))).toBe('All 2 checks healthy, 1 could not be measured just now')
    expect(say(check('red', tried, 'A'))).toBe('A: failed when last measured, could not measure just now')
  })

  test('names the message that raised it', () => {
    const raised = platformState([check('green')], critical)
    expect(platformSentence(raised, 'Network "down"')).toBe('Raised by a critical message: Network "down"')
    expect(platformSentence(raised)).toBe('Raised by a critical message')
  })

  test('leaves names as they were typed, and keeps right-to-left text from turning the words around it', () => {
    for (const name of [`O'Brien "<script>" & co`, '🧊 lake 👩‍🔬', 'Ünïcödé', '%s {{x}}']) {
      expect(say(check('red', {}, name))).toBe(`${name}: failed when last measured`)
    }
    for (const name of ['بيانات المبيعات', 'מכירות', 'evil \u202etxt']) {
      expect(say(check('red', {}, name))).toBe(`\u2068${name}\u2069: failed when last measured`)
    }
  })

  test('fits, however long the names are', () => {
    const long = '🧊'.repeat(120)
    expect(say(check('red', { couldNotMeasure: true }, long), check('red'), check('red')).length).toBeLessThanOrEqual(
      400,
    )
    expect(platformSentence(platformState([], critical), 'x'.repeat(200)).length).toBeLessThanOrEqual(400)
  })
})
