import type {
  CheckStatus,
  PlatformStatus,
  SourceStatus,
  State,
  StatusCheck,
  StatusMessage,
} from '../../../contracts/status.ts'
import type { Journal, Observation } from '../../storage/journal.ts'
import { toInstant } from '../../time.ts'
import { memoised } from './memoised.ts'
import { pastBefore, ruleFor } from './pasts.ts'
import type { CheckRule } from './rules/check.ts'
import { type Evaluation, evaluateCheck } from './rules/evaluate.ts'
import { observed } from './rules/observed.ts'
import { type CheckPast, foldPast } from './rules/past.ts'
import { nearestToLimit, platformState } from './rules/platform.ts'
import { platformSentence } from './rules/sentence.ts'
import { type StaleAges, sourceStatuses } from './source-status.ts'
import type { StatusStore } from './store.ts'

interface Entry {
  check: StatusCheck
  rule: CheckRule
  past: CheckPast
  /** Holds from `at` until `until`; null when it has to be made. */
  known: { at: number; until: number; evaluation: Evaluation | null } | null
}

/**
 * What every check and platform is now. Each check keeps a small past that an observation advances in constant time;
 * late ones and changed checks are folded again from the store. Everything can be dropped and made anew.
 */
export function createBoard(store: StatusStore, journal: Pick<Journal, 'subscribe' | 'revisionOf'>) {
  let entries = new Map<string, Entry>()
  let isCurrent = false
  journal.subscribe(({ topics }) => {
    if (topics.includes('status_checks') || topics.includes('platforms')) isCurrent = false
  })

  const current = (): Map<string, Entry> => {
    if (isCurrent) return entries
    const before = entries
    entries = new Map(store.checks().map((check) => [check.id, same(before.get(check.id), check) ?? open(check)]))
    isCurrent = true
    return entries
  }
  const same = (entry: Entry | undefined, check: StatusCheck) =>
    entry?.check.version === check.version ? entry : undefined
  const open = (check: StatusCheck): Entry => {
    const rule = ruleFor(check, store)
    // All there is, also what a reporter with a fast clock has sent.
    return { check, rule, past: pastBefore(rule, LAST_INSTANT, store), known: null }
  }

  const evaluate = (entry: Entry, now: number): Evaluation | null => {
    const { known } = entry
    if (known !== null && known.at <= now && now < known.until) return known.evaluation
    const evaluation = evaluateCheck(entry.rule, entry.past, now)
    entry.known = { at: now, until: evaluation?.changesAt ?? Number.POSITIVE_INFINITY, evaluation }
    return evaluation
  }

  /** Without their pasts, so that readiness does not wait for those. */
  const checks = memoised(
    () => journal.revisionOf(['status_checks', 'platforms']),
    () => ({ value: store.checks(), until: Number.POSITIVE_INFINITY }),
  )
  const messages = memoised(
    () => journal.revisionOf(['status_messages']),
    (now) => ({ value: store.activeMessages(now), until: store.messagesChangeAt(now) }),
  )
  const runs = memoised(
    () => journal.revisionOf(['ingestion_runs']),
    () => ({ value: newestRuns(store), until: Number.POSITIVE_INFINITY }),
  )

  const incidents = memoised(
    () => journal.revisionOf(['work_items']),
    () => ({ value: store.openIncidents(), until: Number.POSITIVE_INFINITY }),
  )

  const alerts = memoised(
    () => journal.revisionOf(['alerts']),
    () => ({ value: store.firingAlerts(), until: Number.POSITIVE_INFINITY }),
  )

  const board = {
    /** Call after observations were written, so that the next look sees them. */
    arrived(observations: readonly Observation[]): void {
      for (const observation of observations) {
        const entry = entries.get(observation.check_id)
        if (entry === undefined) continue
        const next = foldPast(entry.rule, entry.past, observed(observation))
        if (next !== 'refold') Object.assign(entry, { past: next, known: null })
        else {
          // Once, when somebody looks, however many more are late.
          entries.delete(entry.check.id)
          isCurrent = false
        }
      }
    },

    /** Another process wrote: nothing held here counts any more. */
    forget(): void {
      entries = new Map()
      isCurrent = false
    },

    status(check: StatusCheck, now: number): CheckStatus | null {
      const entry = current().get(check.id)
      const evaluation = entry === undefined ? null : evaluate(entry, now)
      return evaluation === null ? null : statusOf(evaluation, now)
    },

    checksInState: (state: State, now: number): string[] =>
      [...current().values()].filter((entry) => evaluate(entry, now)?.state === state).map((entry) => entry.check.id),

    activeMessages: (now: number): StatusMessage[] => messages(now),

    platforms(now: number): PlatformStatus[] {
      const byPlatform = Map.groupBy(current().values(), (entry) => entry.check.platform_id)
      const active = messages(now)
      const openIncidents = incidents(now)
      const openAlerts = alerts(now)
      return store.platforms().map((platform) => {
        const concerning = active.filter(({ platform_ids }) => platform_ids.includes(platform.id))
        const critical = concerning.find(({ severity }) => severity === 'critical')
        const about = active.filter(
          ({ platform_ids }) => platform_ids.length === 0 || platform_ids.includes(platform.id),
        )
        const checks = (byPlatform.get(platform.id) ?? []).map((entry) => ({
          rule: entry.rule,
          evaluation: evaluate(entry, now),
        }))
        const now_ = platformState(checks, {
          hasCriticalMessage: critical !== undefined,
          isInMaintenance: about.some(({ severity }) => severity === 'maintenance'),
        })
        const nearest = nearestToLimit(checks, now)
        const { worst } = now_
        return {
          id: platform.id,
          name: platform.name,
          domain: platform.domain,
          state: now_.state,
          reason: now_.reason,
          sentence: platformSentence(now_, critical?.title ?? null).slice(0, 400),
          in_maintenance: now_.isInMaintenance,
          is_unstable: now_.isUnstable,
          worst_check:
            worst === null
              ? null
              : {
                  id: worst.rule.id,
                  name: worst.rule.name,
                  state: worst.evaluation.state,
                  reason: worst.evaluation.reason,
                  message: worst.evaluation.message,
                  could_not_measure: worst.evaluation.couldNotMeasure,
                },
          checks: now_.counts,
          last_success_at: instant(worst === null ? null : lastGood(worst.evaluation)),
          evaluated_at: toInstant(now),
          last_observed_at: instant(now_.lastObservedAt),
          data_as_of: instant(now_.dataAsOf),
          freshness:
            nearest === null
              ? null
              : {
                  check_id: nearest.rule.id,
                  data_as_of: instant(nearest.evaluation.dataAsOf),
                  warn_after_seconds: seconds(nearest.rule.warnAfterMs),
                  sla_seconds: seconds(nearest.rule.critAfterMs),
                },
          open_incidents: openIncidents.get(platform.id) ?? 0,
          open_alerts: openAlerts.get(platform.id) ?? 0,
          active_message_ids: concerning.map(({ id }) => id),
        }
      })
    },

    /** Sources that feed an enabled check, and those that are read as a whole. */
    sources(now: number, ages: StaleAges): SourceStatus[] {
      const polled = checks(now)
        .filter((check) => check.is_enabled && check.source.connector !== 'push')
        .map((check) => check.source.connector)
      return sourceStatuses(polled, runs(now), now, ages)
    },

    /** When time alone next changes anything here; Infinity when it cannot. */
    changesAt(now: number): number {
      messages(now)
      return Math.min(
        store.messagesChangeAt(now),
        ...[...current().values()].map((entry) => {
          evaluate(entry, now)
          return entry.known?.until ?? Number.POSITIVE_INFINITY
        }),
      )
    },
  }
  return board
}

export type Board = ReturnType<typeof createBoard>

/** Far enough for any observation that was accepted. */
const LAST_INSTANT = Date.parse('9999-12-31T00:00:00.000Z')

const newestRuns = (store: StatusStore) =>
  new Map(
    store
      .newestRuns()
      .map((run) => [
        run.source,
        { state: run.state, lastSuccessAt: run.state === 'SUCCESS' ? run.ended_at : store.lastSuccessOf(run.source) },
      ]),
  )

function statusOf(evaluation: Evaluation, now: number): CheckStatus {
  return {
    state: evaluation.state,
    reason: evaluation.reason,
    could_not_measure: evaluation.couldNotMeasure,
    message: evaluation.message,
    is_unstable: evaluation.isUnstable,
    since: instant(evaluation.since),
    evaluated_at: toInstant(now),
    last_observed_at: instant(evaluation.lastObservedAt),
    data_as_of: instant(evaluation.dataAsOf),
    last_success_at: instant(lastGood(evaluation)),
    last_failure_at: instant(evaluation.lastFailureAt),
    last_failure_message: evaluation.lastFailureMessage,
  }
}

/** When what is watched last went well: the time of its data where it has one, else when it was last seen to be well. */
const lastGood = ({ dataAsOf, lastSuccessAt }: Evaluation) => dataAsOf ?? lastSuccessAt

const instant = (ms: number | null) => (ms === null ? null : toInstant(ms))
const seconds = (ms: number | null) => Math.max(1, Math.round((ms ?? 1000) / 1000))
