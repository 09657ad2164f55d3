import type { Reason, State } from '../../../../contracts/status.ts'
import { type CheckRule, isEnabledAt, nextSpellAt } from './check.ts'
import type { Facts } from './facts.ts'
import type { Observed } from './observed.ts'
import { AHEAD_MAX_MS } from './watermark.ts'

export type Colour = { state: State; reason: Reason } | { state: 'disabled'; reason: null }

export const healthy = { state: 'green', reason: 'healthy' } as const satisfies Colour
const disabled = { state: 'disabled', reason: null } as const satisfies Colour
const unknown = (reason: Reason): Colour => ({ state: 'unknown', reason })
const yellow = (reason: Reason): Colour => ({ state: 'yellow', reason })
const red = (reason: Reason): Colour => ({ state: 'red', reason })

/**
 * How far ahead of our clock a reporter's may be. An observation further ahead means that our clock went back: newer
 * ones would sort before it, so until the clock has caught up nothing that we hold can be trusted.
 */
const REPORTER_AHEAD_MS = 5 * 60_000

/** Rule 3: how long a measurement says anything. */
export const staleAfterMs = ({ intervalMs }: CheckRule): number => Math.max(3 * intervalMs, intervalMs + 5 * 60_000)

/** The state of a check at an instant, before confirmation: the rules 1 to 8 of the status semantics, in their order. */
export function colourAt(rule: CheckRule, facts: Facts, at: number): Colour {
  if (!isEnabledAt(rule, at)) return disabled
  const { newest, measured } = facts
  if (newest === null) return unknown('no_data')
  const colour = measured === null ? unknown('no_data') : measuredColour(rule, facts, newest, measured, at)
  return rule.isPush ? withSilence(colour, rule, at - newest.measuredAt) : colour
}

function measuredColour(rule: CheckRule, facts: Facts, newest: Observed, measured: Observed, at: number): Colour {
  if (canGoStale(rule, newest) && at - measured.measuredAt > staleAfterMs(rule)) return unknown('stale')
  if (facts.watermark !== null && facts.watermark - at > AHEAD_MAX_MS) return unknown('clock_skew')
  if (newest.measuredAt - at > REPORTER_AHEAD_MS) return unknown('clock_skew')
  if (measured.outcome === 'fail') return red('failing')
  if (rule.kind !== 'freshness') return measured.reading === 'yellow' ? yellow('degraded') : healthy
  if (facts.watermark === null) return unknown(facts.claimsFuture ? 'clock_skew' : 'no_data')
  return agedColour(rule, at - facts.watermark, 'late', 'very_late')
}

/** A silent job is a failure and not a lack of knowledge; a job that keeps saying that it cannot measure is not silent. */
const canGoStale = (rule: CheckRule, newest: Observed) => !rule.isPush || newest.outcome === 'error'

/** The worse of what was reported and of how long ago that is. */
function withSilence(colour: Colour, rule: CheckRule, silentMs: number): Colour {
  const silence = agedColour(rule, silentMs, 'silent', 'silent')
  if (silence.state === 'green' || colour.state === 'red') {
    return silence.state === 'red' && colour.reason === 'very_late' ? silence : colour
  }
  return silence
}

/** Exactly W is green, exactly E is yellow. */
function agedColour({ warnAfterMs, critAfterMs }: CheckRule, ageMs: number, warned: Reason, crossed: Reason): Colour {
  if (critAfterMs !== null && ageMs > critAfterMs) return red(crossed)
  if (warnAfterMs !== null && ageMs > warnAfterMs) return yellow(warned)
  return healthy
}

/**
 * The next instant after `at` where `colourAt` may change with nothing new observed; Infinity when there is none. What
 * must be *longer* than a limit turns one millisecond after it.
 */
export function nextTurn(rule: CheckRule, facts: Facts, at: number): number {
  const { warnAfterMs, critAfterMs } = rule
  let next = nextSpellAt(rule, at)
  const turn = (instant: number) => {
    if (instant > at && instant < next) next = instant
  }
  const age = (since: number) => {
    if (warnAfterMs !== null) turn(since + warnAfterMs + 1)
    if (critAfterMs !== null) turn(since + critAfterMs + 1)
  }
  if (facts.measured !== null) turn(facts.measured.measuredAt + staleAfterMs(rule) + 1)
  if (facts.watermark !== null) {
    turn(facts.watermark - AHEAD_MAX_MS)
    age(facts.watermark)
  }
  if (facts.newest !== null) {
    turn(facts.newest.measuredAt - REPORTER_AHEAD_MS)
    if (rule.isPush) age(facts.newest.measuredAt)
  }
  return next
}
