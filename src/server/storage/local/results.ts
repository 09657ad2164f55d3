import type { Observation } from '../journal.ts'
import { statusResults } from '../series.ts'
import type { Database } from './database.ts'
import { type Page, readPage } from './page.ts'

export interface ResultsQuery {
  /** Empty or absent is all. */
  checkIds?: readonly string[]
  /** Half-open, `[from, to)`. */
  from?: string
  to?: string
  limit: number
  cursor?: string | undefined
}

/** The time series of observations. Written through the journal only. */
export interface Results {
  /** The newest of each of these checks that has any. */
  latest(checkIds: readonly string[]): Observation[]
  /**
   * Newest time of the data itself that an `ok` observation before this instant saw; times further than a minute ahead
   * of their own measurement do not count.
   */
  watermark(checkId: string, before: string): string | null
  /** Ascending, `[from, to)`. */
  range(checkId: string, from: string, to: string): Observation[]
  /** The newest `count` before this instant, oldest of them first. */
  lastBefore(checkId: string, before: string, count?: number): Observation[]
  /** The newest with this outcome before this instant. */
  lastOf(checkId: string, outcome: 'ok' | 'fail', before: string): Observation | null
  /** Newest first. */
  page(query: ResultsQuery): Page<Observation>
}

const columns = Object.keys(statusResults.columns).join(', ')
const select = `SELECT ${columns} FROM status_results`
const marks = Object.keys(statusResults.columns).map(() => '?')

/** How far the data's own time may be ahead of the measurement before it is taken for a wrong clock. */
const AHEAD_MAX = '+60 seconds'

export const openResults = (database: Database): Results => ({
  latest: (checkIds) =>
    checkIds.flatMap((id) =>
      database.all<Observation>(`${select} WHERE check_id = ? ORDER BY measured_at DESC LIMIT 1`, [id]),
    ),
  watermark: (checkId, before) =>
    database.get<{ data_time: string }>(
      `SELECT data_time FROM status_results INDEXED BY status_results_watermark
       WHERE check_id = ? AND outcome = 'ok' AND data_time IS NOT NULL AND measured_at < ?
         AND data_time <= strftime('%Y-%m-%dT%H:%M:%fZ', measured_at, '${AHEAD_MAX}')
       ORDER BY data_time DESC LIMIT 1`,
      [checkId, before],
    )?.data_time ?? null,
  range: (checkId, from, to) =>
    database.all(`${select} WHERE check_id = ? AND measured_at >= ? AND measured_at < ? ORDER BY measured_at`, [
      checkId,
      from,
      to,
    ]),
  lastBefore: (checkId, before, count = 1) =>
    database
      .all<Observation>(`${select} WHERE check_id = ? AND measured_at < ? ORDER BY measured_at DESC LIMIT ?`, [
        checkId,
        before,
        count,
      ])
      .reverse(),
  lastOf: (checkId, outcome, before) =>
    database.get<Observation>(
      // Written out rather than bound, so that the partial index on failures serves.
      `${select} WHERE check_id = ? AND outcome = '${outcome === 'ok' ? 'ok' : 'fail'}' AND measured_at < ? ORDER BY measured_at DESC LIMIT 1`,
      [checkId, before],
    ) ?? null,
  page({ checkIds = [], from, to, limit, cursor }) {
    const conditions = [
      checkIds.length > 0 && 'check_id IN (SELECT value FROM json_each(:check_ids))',
      from !== undefined && 'measured_at >= :from',
      to !== undefined && 'measured_at < :to',
    ]
    const page = readPage(database, {
      select,
      from: 'status_results',
      columns: statusResults.columns,
      where: conditions.filter(Boolean).join(' AND ') || 'true',
      params: {
        ...(checkIds.length > 0 && { check_ids: JSON.stringify(checkIds) }),
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
      },
      order: [
        { column: 'measured_at', direction: 'desc' },
        { column: 'check_id', direction: 'desc' },
      ],
      limit,
      cursor,
    })
    // The columns are an observation's fields: `statusResults` is checked against it.
    return { ...page, rows: page.rows as unknown as Observation[] }
  },
})

/** Adds what is not there yet; called inside a transaction. Answers those that were new. */
export const insertResults = (database: Database, observations: readonly Observation[]): Observation[] =>
  observations.filter((one) => {
    const { changes } = database.run(
      `INSERT INTO status_results (${columns}) VALUES (${marks}) ON CONFLICT DO NOTHING`,
      [
        one.check_id,
        one.measured_at,
        one.data_time,
        one.outcome,
        one.reading,
        one.observed_value,
        one.message,
        one.run_id,
      ],
    )
    return changes > 0
  })
