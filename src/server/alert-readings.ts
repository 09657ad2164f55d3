import type { SourceName } from '../contracts/sources.ts'
import type { SourceStatus, StatusCheck } from '../contracts/status.ts'
import type { Reading } from './alerts/rules.ts'
import type { Board } from './features/status/board.ts'
import { maintenanceWindows, windowsFor } from './features/status/maintenance-windows.ts'
import { isInMaintenance } from './features/status/rules/maintenance.ts'
import type { StaleAges } from './features/status/source-status.ts'
import type { StatusStore } from './features/status/store.ts'
import { fromInstant } from './time.ts'

export interface ReadingParts {
  status: StatusStore
  board: Board
  staleAges: StaleAges
  /** When this process began, in milliseconds. */
  startedAt: number
  /** Longest that one round of polling takes. */
  pollMs: number
}

/** A platform's maintenance: whether it is on, and when the last one ended, in milliseconds; 0 when there was none. */
interface Quiet {
  isMuted: boolean
  endedAt: number
}

/**
 * What alerts are made of: every source and every enabled check, as the board has them. A check's own `for_minutes`
 * and `recover_minutes` are already in its state, which is dated from its first instant; alerts count from there too,
 * so that the longer of both waits counts and never their sum.
 */
export function createReadings(parts: ReadingParts): (now: number) => Reading[] {
  const { status, board, staleAges } = parts
  return (now) => {
    const windows = maintenanceWindows(status)
    const quietOf = (platformId: string): Quiet => {
      const own = windowsFor(windows, platformId)
      const ended = own.flatMap(({ end }) => (end !== null && end <= now ? [end] : []))
      return { isMuted: isInMaintenance(own, now), endedAt: Math.max(0, ...ended) }
    }
    const checks = status.checks().filter((check) => check.is_enabled)
    const bySource = Map.groupBy(checks, (check): SourceName => check.source.connector)
    return [
      ...checks.map((check) => checkReading(check, quietOf(check.platform_id), board, now)),
      ...board
        .sources(now, staleAges)
        .map((source) => sourceReading(source, bySource.get(source.source) ?? [], quietOf, parts, now)),
    ]
  }
}

function checkReading(check: StatusCheck, { isMuted, endedAt }: Quiet, board: Board, now: number): Reading {
  const signal = { rule: 'check.failing' as const, subject: check.id, platformId: check.platform_id, name: check.name }
  const known = board.status(check, now)
  const since = known?.since == null ? null : fromInstant(known.since)
  switch (known?.state) {
    case 'red': {
      const { reason, message: detail } = known
      return { ...signal, isMuted, is: 'bad', since: since === null ? null : Math.max(since, endedAt), reason, detail }
    }
    case 'yellow':
    case 'green':
      return { ...signal, isMuted, is: 'good', since }
    default:
      return { ...signal, isMuted, is: 'unclear' }
  }
}

/** A source is muted while every platform that it feeds is. */
function sourceReading(
  { source, last_success_at, last_run_state, is_stale }: SourceStatus,
  checks: readonly StatusCheck[],
  quietOf: (platformId: string) => Quiet,
  parts: ReadingParts,
  now: number,
): Reading {
  const quiets = [...new Set(checks.map(({ platform_id }) => platform_id))].map(quietOf)
  const isMuted = quiets.length > 0 && quiets.every((quiet) => quiet.isMuted)
  const signal = { rule: 'ingestion.stale' as const, subject: source, platformId: null, name: source, isMuted }
  const lastSuccess = last_success_at === null ? null : fromInstant(last_success_at)
  if (!is_stale) return { ...signal, is: 'good', since: lastSuccess }

  const run = parts.status.newestRunOf(source)
  const ageMs = parts.staleAges.snapshotMs.get(source) ?? parts.staleAges.polledMs
  const staleSince = (lastSuccess ?? askedSince(checks, parts.startedAt)) + ageMs
  // One that never ran has not been asked for long; and after a pause of ours, it is polled before it is judged.
  const isTooEarly = staleSince > now || (!hasEnded(run, parts.startedAt) && now < parts.startedAt + parts.pollMs)
  if (isTooEarly) return { ...signal, is: 'unclear' }
  const endedAt = quiets.length === 0 ? 0 : Math.min(...quiets.map((quiet) => quiet.endedAt))
  return {
    ...signal,
    is: 'bad',
    since: Math.max(staleSince, endedAt),
    reason: last_run_state === 'FAIL' ? 'failing' : lastSuccess === null ? 'never_ran' : 'stale',
    detail: run?.error_summary ?? null,
  }
}

const askedSince = (checks: readonly StatusCheck[], otherwise: number) =>
  checks.length === 0 ? otherwise : Math.min(...checks.map(({ created_at }) => fromInstant(created_at)))

const hasEnded = (run: { ended_at: string | null } | null, after: number) =>
  run !== null && run.ended_at !== null && fromInstant(run.ended_at) >= after
