import type { Alert } from '../../contracts/alerts.ts'
import { Fault } from '../fault.ts'
import type { Log } from '../observe/log.ts'
import { idOf, newId } from '../storage/ids.ts'
import type { Change, Journal } from '../storage/journal.ts'
import {
  type AlertAct,
  type AlertFields,
  type Damping,
  nextStep,
  type Reading,
  type Signal,
  type Step,
} from './rules.ts'
import { firingSentence, recoveredSentence } from './sentences.ts'

export interface EvaluateParts {
  /** Everything that is watched, as it is at `now`. */
  readings(now: number): readonly Reading[]
  alerts: {
    /** Those that are not resolved. */
    open(): readonly Alert[]
    /** Number of the newest episode of a signal; 0 when it never had one. */
    episodes(signal: Pick<Signal, 'rule' | 'subject'>): number
  }
  journal: Pick<Journal, 'commit'>
  log: Log
  damping: Damping
}

interface Move {
  step: Step
  id: string
  expectedVersion: number
}

/**
 * Moves every alert on. What happened is committed and then logged, one line each; a process killed in between loses at
 * most that line, never the alert or its webhook, which is read off the alert's versions. Another process that was
 * first is no mistake: the next look starts from what it wrote.
 */
export function createEvaluator(parts: EvaluateParts) {
  return async (now: number): Promise<void> => {
    const moves = Map.groupBy(movesAt(parts, now), ({ step }) => step.act)
    for (const [act, same] of moves) {
      const isWritten = await commit(same, act, now, parts)
      if (isWritten) for (const { id, step } of same) tell(id, step, parts.log)
    }
  }
}

function movesAt({ readings, alerts, damping }: EvaluateParts, now: number): Move[] {
  const open = new Map(alerts.open().map((alert) => [keyOf(alert), alert]))
  const seen = new Map(readings(now).map((reading) => [keyOf(reading), reading]))
  return [...new Set([...seen.keys(), ...open.keys()])].flatMap((key) => {
    const alert = open.get(key) ?? null
    const reading = seen.get(key) ?? null
    const fields = alert === null ? null : fieldsOf(alert)
    // Only what goes wrong begins a record, so only then is it asked which number that has.
    const episode = alert === null && reading?.is === 'bad' ? alerts.episodes(reading) + 1 : 0
    const step = nextStep(fields, reading, now, damping, episode)
    if (step === null) return []
    const { rule, subject } = step.fields
    return [
      {
        step,
        id: alert?.id ?? idOf('alert', rule, subject, String(step.fields.episode)),
        expectedVersion: alert?.version ?? 0,
      },
    ]
  })
}

const keyOf = ({ rule, subject }: Pick<Signal, 'rule' | 'subject'>) => `${rule} ${subject}`

function fieldsOf(alert: Alert): AlertFields {
  const { id, version, created_at, created_by, updated_at, updated_by, ...fields } = alert
  return fields
}

/** Whether it was written by us; then it is ours to log. */
async function commit(moves: readonly Move[], act: AlertAct, now: number, parts: EvaluateParts): Promise<boolean> {
  const changes = moves.flatMap(({ id, expectedVersion, step }): Change[] => {
    const change: Change = { table: 'alerts', id, expectedVersion, fields: { ...step.fields } }
    return [change]
  })
  try {
    await parts.journal.commit(changes, {
      by: 'system:alerts',
      actor: null,
      at: now,
      action: `alert.${act}`,
      requestId: newId(now),
    })
    return true
  } catch (error) {
    if (error instanceof Fault && error.code === 'version_conflict') return false
    throw error
  }
}

/** The structured signal that an operator's log search hangs on: exactly one line for each firing and each resolving. */
function tell(id: string, { act, fields }: Step, log: Log): void {
  if (act !== 'fire' && act !== 'resolve') return
  const { rule, subject, episode, name, platform_id, reason, detail, pending_since, firing_since } = fields
  const line = {
    alert_id: id,
    episode,
    ...(rule === 'ingestion.stale' ? { source: subject } : { check_id: subject, check: name, platform_id }),
    reason,
    detail,
    since: pending_since,
    firing_since,
  }
  // That we cannot look is our own failure; what we see is not.
  if (act === 'fire')
    log[rule === 'ingestion.stale' ? 'error' : 'warn']({ event: rule, ...line }, firingSentence(fields))
  else log.info({ event: recovered[rule], ...line, resolved_at: fields.resolved_at }, recoveredSentence(fields))
}

const recovered = { 'ingestion.stale': 'ingestion.recovered', 'check.failing': 'check.recovered' } as const
