import { DAY_MS, startOfDay, toDay, toInstant } from '../time.ts'
import type { Deleted, Expiry } from './local/expiry.ts'

export interface RetentionParts {
  expiry: Expiry
  clock: () => number
  /** How long each is kept. */
  days: { results: number; rollups: number; runs: number }
  /** How many results of each check from before the horizon stay: as many as its past is ever folded from. */
  spared: number
  /** Rolls up, one step for each turn, every day before this midnight that is not yet. */
  rollUpBefore(midnight: number): Iterable<unknown>
  onDeleted?: ((table: string, rows: number) => void) | undefined
  log: { info(fields: object, message: string): void; error(fields: object, message: string): void }
  /** Lets everything else that waits go first. */
  pause(): Promise<unknown>
}

/** Rows that one transaction deletes: some milliseconds in which nothing else runs. */
const BATCH = 500
const RUNS_BATCH = 100

/**
 * Deletes what is older than retention says, in the background and in small steps. A day's roll-up is on disk before the
 * first of its results goes, and from when results are whole is written down between the two; so wherever it is
 * interrupted, every day is told from all of its results or from its roll-up.
 */
export function createRetention(parts: RetentionParts) {
  const { expiry, clock, days, pause } = parts
  /** Horizons change at midnight; the results of one are gone through once. */
  let doneUpTo = Number.NEGATIVE_INFINITY
  let running: Promise<Deleted> | null = null
  let isStopping = false

  const horizon = () => startOfDay(clock() - days.results * DAY_MS)

  function* results(): Generator<Deleted> {
    const midnight = horizon()
    if (midnight <= doneUpTo) return
    for (const _day of parts.rollUpBefore(midnight)) yield {}
    const before = toInstant(midnight)
    if ((expiry.resultsKeptFrom() ?? '') < before) expiry.keepResultsFrom(before)
    for (let check = expiry.checkAfter(''); check !== null; check = expiry.checkAfter(check)) {
      const id = check
      yield* batches(BATCH, () => expiry.deleteResults(id, before, { spared: parts.spared, limit: BATCH }))
    }
    doneUpTo = midnight
  }

  function* everything(): Generator<Deleted> {
    yield* results()
    const oldestDay = toDay(clock() - days.rollups * DAY_MS)
    yield* batches(BATCH, () => expiry.deleteRollups(oldestDay, BATCH))
    const oldestRun = toInstant(clock() - days.runs * DAY_MS)
    yield* batches(RUNS_BATCH, () => expiry.deleteRuns(oldestRun, RUNS_BATCH))
  }

  const sweep = async (): Promise<Deleted> => {
    const total: Record<string, number> = {}
    try {
      for (const deleted of everything()) {
        for (const [table, rows] of Object.entries(deleted)) {
          if (rows === 0) continue
          total[table] = (total[table] ?? 0) + rows
          parts.onDeleted?.(table, rows)
        }
        await pause()
        if (isStopping) break
      }
    } catch (err) {
      parts.log.error({ event: 'retention.failed', err }, 'What is too old could not be deleted; it is tried again')
    }
    const topics = (['status_results', 'ingestion_runs'] as const).filter((topic) => topic in total)
    if (topics.length > 0) expiry.announce(toInstant(clock()), topics)
    if (Object.keys(total).length > 0)
      parts.log.info({ event: 'retention.deleted', rows: total }, 'Deleted what is kept no longer')
    return total
  }

  return {
    /** Whether a result measured at this instant would still be kept; one that would not must not be written. */
    keeps: (measuredAt: string): boolean =>
      measuredAt >= toInstant(horizon()) && measuredAt >= (expiry.resultsKeptFrom() ?? ''),
    /** Answers how many rows went. Never rejects; called while it runs, it answers with that run. */
    run(): Promise<Deleted> {
      running ??= sweep().finally(() => {
        running = null
      })
      return running
    },
    /** Resolves once the step that is being done is done. */
    async stop(): Promise<void> {
      isStopping = true
      await running
    },
  }
}

/** Again and again until there are fewer left than one batch takes. */
function* batches(limit: number, deleteSome: () => Deleted): Generator<Deleted> {
  for (;;) {
    const deleted = deleteSome()
    yield deleted
    if (!Object.values(deleted).includes(limit)) return
  }
}

export type Retention = ReturnType<typeof createRetention>
