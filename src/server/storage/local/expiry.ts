import { historyOf } from '../ddl.ts'
import type { RecordTopic } from '../tables.ts'
import type { Database } from './database.ts'
import type { Revisions } from './revisions.ts'

/** How many rows went, by the table that they were in. */
export type Deleted = Readonly<Record<string, number>>

/** Deletes what is kept no longer. Each call is one short transaction; what is interrupted goes on when called again. */
export interface Expiry {
  /** Since this instant every result is there; null when none was ever deleted. */
  resultsKeptFrom(): string | null
  /** Call before the first result older than this goes. Never moves back. */
  keepResultsFrom(instant: string): void
  /** The first check, by id, after this one that has results. */
  checkAfter(checkId: string): string | null
  /**
   * At most `limit` results of a check from before an instant, oldest first. The newest `spared` of them stay, and so do
   * the last good one, the last failure and the one with the watermark before those: so everything that is ever asked of
   * a check's past at or after that instant has the answer that it had.
   */
  deleteResults(checkId: string, before: string, how: { spared: number; limit: number }): Deleted
  /** At most `limit` roll-ups of days before this one. */
  deleteRollups(beforeDay: string, limit: number): Deleted
  /**
   * At most `limit` ingestion runs that ended before an instant, with their whole history. The newest run and the newest
   * success of each source stay, for they tell how the source is doing.
   */
  deleteRuns(before: string, limit: number): Deleted
  /** Counts as a change, so that nobody is shown from a cache what is gone. */
  announce(at: string, topics: readonly (RecordTopic | 'status_results')[]): void
}

/** The last row that the log counts stays: its number must not be given to another version. */
const RUNS = `SELECT id FROM ingestion_runs AS run
  WHERE created_at < :before AND ended_at < :before AND is_deleted = 0
    AND EXISTS (SELECT 1 FROM ingestion_runs AS later WHERE later.source = run.source AND later.started_at > run.started_at)
    AND (state <> 'SUCCESS' OR EXISTS (SELECT 1 FROM ingestion_runs AS later
      WHERE later.source = run.source AND later.started_at > run.started_at AND later.state = 'SUCCESS'))
    AND id <> (SELECT record_id FROM version_log ORDER BY seq DESC LIMIT 1)
  ORDER BY created_at, id LIMIT :limit`

const OLDEST_SPARED = `SELECT measured_at FROM status_results WHERE check_id = ? AND measured_at < ?
  ORDER BY measured_at DESC LIMIT 1 OFFSET ?`

export const openExpiry = (database: Database, revisions: Revisions): Expiry => {
  const keptFrom = () =>
    database.get<{ instant: string }>("SELECT instant FROM kept_from WHERE series = 'status_results'")?.instant ?? null

  /** When what older results still tell was measured: the watermark, the last good one, the last failure. */
  const standing = (checkId: string, before: string): string[] =>
    [
      // The limit on its own says where the index begins; without it every newer time is gone through first.
      `INDEXED BY status_results_watermark WHERE check_id = :check AND outcome = 'ok' AND data_time IS NOT NULL
         AND measured_at < :before AND data_time <= ${minuteAfter('measured_at')} AND data_time <= ${minuteAfter(':before')}
       ORDER BY data_time DESC`,
      "WHERE check_id = :check AND outcome = 'ok' AND measured_at < :before ORDER BY measured_at DESC",
      "WHERE check_id = :check AND outcome = 'fail' AND measured_at < :before ORDER BY measured_at DESC",
    ].flatMap((tail) =>
      database
        .all<{ measured_at: string }>(`SELECT measured_at FROM status_results ${tail} LIMIT 1`, {
          check: checkId,
          before,
        })
        .map(({ measured_at }) => measured_at),
    )

  return {
    resultsKeptFrom: keptFrom,
    keepResultsFrom(instant) {
      database.run(
        `INSERT INTO kept_from (series, instant) VALUES ('status_results', ?)
         ON CONFLICT (series) DO UPDATE SET instant = max(instant, excluded.instant)`,
        [instant],
      )
    },
    checkAfter: (checkId) =>
      database.get<{ check_id: string }>(
        'SELECT check_id FROM status_results WHERE check_id > ? ORDER BY check_id LIMIT 1',
        [checkId],
      )?.check_id ?? null,
    deleteResults(checkId, before, { spared, limit }) {
      const status_results = database.transaction(() => {
        const oldest = database.get<{ measured_at: string }>(OLDEST_SPARED, [checkId, before, spared - 1])
        if (oldest === undefined) return 0
        return database.run(
          `DELETE FROM status_results WHERE check_id = :check AND measured_at IN (
             SELECT measured_at FROM status_results WHERE check_id = :check AND measured_at < :before
               AND measured_at NOT IN (SELECT value FROM json_each(:standing)) ORDER BY measured_at LIMIT :limit)`,
          {
            check: checkId,
            before: oldest.measured_at,
            standing: JSON.stringify(standing(checkId, oldest.measured_at)),
            limit,
          },
        ).changes
      })
      return { status_results }
    },
    deleteRollups: (beforeDay, limit) => ({
      status_rollups: database.run(
        `DELETE FROM status_rollups WHERE (subject_kind, subject_id, day) IN (
           SELECT subject_kind, subject_id, day FROM status_rollups WHERE day < ? ORDER BY day LIMIT ?)`,
        [beforeDay, limit],
      ).changes,
    }),
    deleteRuns: (before, limit) =>
      database.transaction(() => {
        const ids = JSON.stringify(database.all<{ id: string }>(RUNS, { before, limit }).map(({ id }) => id))
        const remove = (table: string, where: string) =>
          database.run(`DELETE FROM ${table} WHERE ${where} IN (SELECT value FROM json_each(?))`, [ids]).changes
        return {
          version_log: remove('version_log', "table_name = 'ingestion_runs' AND record_id"),
          ingestion_runs_history: remove(historyOf('ingestion_runs'), 'id'),
          ingestion_runs: remove('ingestion_runs', 'id'),
        }
      }),
    announce(at, topics) {
      revisions.announce(database.transaction(() => revisions.count(at, topics)))
    },
  }
}

/** As the watermark is read: a time further ahead than this of its own measurement does not count. */
const minuteAfter = (instant: string) => `strftime('%Y-%m-%dT%H:%M:%fZ', ${instant}, '+60 seconds')`
