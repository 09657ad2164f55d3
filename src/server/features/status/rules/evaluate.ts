import type { Reason, State } from '../../../../contracts/status.ts'
import type { CheckRule } from './check.ts'
import { nextTurn } from './colour.ts'
import { type CheckPast, look, play } from './past.ts'

/** What a check is at an instant. */
export interface Evaluation {
  state: State
  reason: Reason
  /** The newest attempt could not measure; the state is the one before it. */
  couldNotMeasure: boolean
  /** What the newest observation said. */
  message: string | null
  isUnstable: boolean
  /** Since when it is in this state; null when never observed. */
  since: number | null
  lastObservedAt: number | null
  /** The watermark. */
  dataAsOf: number | null
  lastSuccessAt: number | null
  lastFailureAt: number | null
  lastFailureMessage: string | null
  /** The first instant at which, with nothing new observed, state or reason differ; null when they never will. */
  changesAt: number | null
}

/**
 * The state at `at` of a check with this past; null while it is disabled. `at` may lie before the newest observation:
 * a reporter's clock may be ahead of ours, and ours may go back.
 */
export function evaluateCheck(rule: CheckRule, past: CheckPast, at: number): Evaluation | null {
  const played = play(rule, past, at)
  const { shown, shownRun } = look(rule, played, at)
  if (shown.state === 'disabled') return null
  const { facts, flapping } = played
  return {
    state: shown.state,
    reason: shown.reason,
    couldNotMeasure: facts.newest?.outcome === 'error',
    message: facts.newest?.message ?? null,
    isUnstable: flapping.isUnstable,
    // Where the clock is behind the past, a state does not begin in the future.
    since: facts.newest === null ? null : Math.min(shownRun.since, at),
    lastObservedAt: facts.newest?.measuredAt ?? null,
    dataAsOf: facts.watermark,
    lastSuccessAt: facts.lastSuccessAt,
    lastFailureAt: facts.lastFailureAt,
    lastFailureMessage: facts.lastFailureMessage,
    changesAt: changesAt(rule, played, at),
  }
}

/** When a check's state next changes by time alone, also for one that is disabled. Times of spells still to come count. */
export function changesAt(rule: CheckRule, past: CheckPast, at: number): number | null {
  let played = play(rule, past, at)
  const now = look(rule, played, at).shown
  for (
    let instant = nextEvent(rule, played, at);
    Number.isFinite(instant);
    instant = nextEvent(rule, played, instant)
  ) {
    played = play(rule, played, instant)
    const { shown } = look(rule, played, instant)
    if (shown.state !== now.state || shown.reason !== now.reason) return instant
  }
  return null
}

/** The next instant at which something may happen. Time before `playedTo` was counted once and confirms nothing again. */
function nextEvent(rule: CheckRule, played: CheckPast, at: number): number {
  const { remainingMs } = look(rule, played, at)
  return Math.min(nextTurn(rule, played.facts, at), played.playedTo + remainingMs)
}
