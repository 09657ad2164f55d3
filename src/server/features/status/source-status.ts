import type { SourceName } from '../../../contracts/sources.ts'
import type { IngestionRun, SourceStatus } from '../../../contracts/status.ts'
import { fromInstant } from '../../time.ts'

/** Ages of the last good run past which a source is called stale. */
export interface StaleAges {
  polledMs: number
  /** Sources that are read as a whole here, each with its own. */
  snapshotMs: ReadonlyMap<SourceName, number>
}

export interface LastRun {
  state: IngestionRun['state']
  lastSuccessAt: string | null
}

/**
 * How sources are doing: those that are polled, and those that are read as a whole.
 * @param polled may name a source more than once
 */
export function sourceStatuses(
  polled: Iterable<SourceName>,
  runs: ReadonlyMap<SourceName, LastRun>,
  now: number,
  ages: StaleAges,
): SourceStatus[] {
  const names = new Set([...polled, ...ages.snapshotMs.keys()])
  return [...names].sort().map((source) => {
    const run = runs.get(source)
    const lastSuccess = run?.lastSuccessAt ?? null
    return {
      source,
      last_success_at: lastSuccess,
      last_run_state: run?.state ?? null,
      is_stale: lastSuccess === null || now - fromInstant(lastSuccess) > ageMs(source, ages),
    }
  })
}

/** When one of them next becomes stale by time alone; Infinity when none can. */
export function sourcesChangeAt(statuses: readonly SourceStatus[], ages: StaleAges): number {
  const ends = statuses.flatMap(({ source, last_success_at, is_stale }) =>
    last_success_at === null || is_stale ? [] : [fromInstant(last_success_at) + ageMs(source, ages) + 1],
  )
  return Math.min(Number.POSITIVE_INFINITY, ...ends)
}

const ageMs = (source: SourceName, ages: StaleAges) => ages.snapshotMs.get(source) ?? ages.polledMs
