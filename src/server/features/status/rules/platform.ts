import type { Reason, State } from '../../../../contracts/status.ts'
import type { CheckRule } from './check.ts'
import type { Evaluation } from './evaluate.ts'
import { countStates, isWorse, type StateCounts, worstState } from './worst.ts'

/** A check and what it is now; `evaluation` is null while it is disabled. */
export interface EvaluatedCheck {
  rule: CheckRule
  evaluation: Evaluation | null
}

export interface EnabledCheck extends EvaluatedCheck {
  evaluation: Evaluation
}

export interface PlatformEvaluation {
  state: State
  reason: Reason
  /** The check that the state comes from, also where a message raised it; null when none is enabled. */
  worst: EnabledCheck | null
  counts: StateCounts
  /** Enabled checks whose newest attempt could not measure. */
  unmeasured: number
  isInMaintenance: boolean
  /** Some enabled check is. */
  isUnstable: boolean
  /** Newest of any check. */
  lastObservedAt: number | null
  lastSuccessAt: number | null
  /** Oldest watermark of any check: what a platform shows is as old as its oldest part. */
  dataAsOf: number | null
  /** When a check next changes by time alone. Messages have their own times. */
  changesAt: number | null
}

interface Surroundings {
  /** A published critical message about this platform applies now. */
  hasCriticalMessage: boolean
  /** Shown beside the state; changes nothing about it. */
  isInMaintenance: boolean
}

/** Worst of the enabled checks; of equally bad ones the first given. */
export function platformState(checks: readonly EvaluatedCheck[], surroundings: Surroundings): PlatformEvaluation {
  const enabled = checks.filter(isEnabled)
  const worst = enabled.reduce<EnabledCheck | null>(
    (found, check) => (found === null || isWorse(check.evaluation.state, found.evaluation.state) ? check : found),
    null,
  )
  const own = worst?.evaluation ?? { state: 'unknown', reason: 'no_checks' }
  const isRaised = surroundings.hasCriticalMessage && isWorse('yellow', own.state)
  const evaluations = enabled.map(({ evaluation }) => evaluation)
  return {
    state: isRaised ? 'yellow' : own.state,
    reason: isRaised ? 'message' : own.reason,
    worst,
    counts: countStates(evaluations.map(({ state }) => state)),
    unmeasured: evaluations.filter(({ couldNotMeasure }) => couldNotMeasure).length,
    isInMaintenance: surroundings.isInMaintenance,
    isUnstable: evaluations.some((evaluation) => evaluation.isUnstable),
    lastObservedAt: newest(evaluations.map(({ lastObservedAt }) => lastObservedAt)),
    lastSuccessAt: newest(evaluations.map(({ lastSuccessAt }) => lastSuccessAt)),
    dataAsOf: oldest(evaluations.map(({ dataAsOf }) => dataAsOf)),
    changesAt: oldest(evaluations.map(({ changesAt }) => changesAt)),
  }
}

/** The enabled freshness check nearest to its limit or furthest past it; one without any data comes last. */
export function nearestToLimit(checks: readonly EvaluatedCheck[], at: number): EnabledCheck | null {
  const share = ({ rule, evaluation }: EnabledCheck) =>
    evaluation.dataAsOf === null || rule.critAfterMs === null ? -1 : (at - evaluation.dataAsOf) / rule.critAfterMs
  return checks
    .filter(isEnabled)
    .filter(({ rule }) => rule.kind === 'freshness')
    .reduce<EnabledCheck | null>(
      (found, check) => (found === null || share(check) > share(found) ? check : found),
      null,
    )
}

export interface GlobalState {
  /** Worst platform; unknown when there is none. */
  state: State
  counts: StateCounts
}

export const globalState = (platforms: readonly { state: State }[]): GlobalState => ({
  state: worstState(platforms.map(({ state }) => state)) ?? 'unknown',
  counts: countStates(platforms.map(({ state }) => state)),
})

const isEnabled = (check: EvaluatedCheck): check is EnabledCheck => check.evaluation !== null

const newest = (times: readonly (number | null)[]) => extreme(times, Math.max)
const oldest = (times: readonly (number | null)[]) => extreme(times, Math.min)

function extreme(times: readonly (number | null)[], of: (a: number, b: number) => number): number | null {
  return times.reduce((found, time) => (found === null || time === null ? (found ?? time) : of(found, time)), null)
}
