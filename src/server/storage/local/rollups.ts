import type { State } from '../../../contracts/status.ts'
import { statusRollups } from '../series.ts'
import type { Database } from './database.ts'
import type { Unsent } from './unsent.ts'

export interface RollupDay {
  subject_kind: 'check' | 'platform'
  subject_id: string
  /** UTC, `2026-11-22`. */
  day: string
  red_ms: number
  yellow_ms: number
  green_ms: number
  unknown_ms: number
  maintenance_ms: number
  disabled_ms: number
  /** Null when nothing is known of the day. */
  worst: State | null
  computed_at: string
}

/** Daily sums per subject. Computed from what the journal wrote, so writing them is no change that anybody is told of. */
export interface Rollups {
  /** Replaces these days, all or none. */
  upsert(days: readonly RollupDay[]): void
  /** Takes over days that another instance computed, but for those that were computed here later. */
  merge(days: readonly RollupDay[]): void
  /** From and to inclusive; by subject, then day. */
  read(kind: RollupDay['subject_kind'], subjectIds: readonly string[], fromDay: string, toDay: string): RollupDay[]
}

const names = Object.keys(statusRollups.columns) as (keyof RollupDay)[]
const columns = names.join(', ')
const replaced = names.filter((name) => !(statusRollups.key as readonly string[]).includes(name))
const UPSERT = `INSERT INTO status_rollups (${columns}) VALUES (${names.map(() => '?')})
  ON CONFLICT DO UPDATE SET ${replaced.map((name) => `${name} = excluded.${name}`)}`

const MERGE = `${UPSERT} WHERE excluded.computed_at > status_rollups.computed_at`

/** `unsent` takes note of what a warehouse has to be told. */
export const openRollups = (database: Database, unsent: Unsent | null): Rollups => ({
  upsert: (days) =>
    database.transaction(() => {
      for (const day of days) {
        database.run(
          UPSERT,
          names.map((name) => day[name]),
        )
        unsent?.add('rollup', [day.subject_kind, day.subject_id, day.day])
      }
    }),
  merge: (days) =>
    database.transaction(() => {
      for (const day of days)
        database.run(
          MERGE,
          names.map((name) => day[name]),
        )
    }),
  read: (kind, subjectIds, fromDay, toDay) =>
    database.all(
      `SELECT ${columns} FROM status_rollups
       WHERE subject_kind = ? AND subject_id IN (SELECT value FROM json_each(?)) AND day BETWEEN ? AND ?
       ORDER BY subject_id, day`,
      [kind, JSON.stringify(subjectIds), fromDay, toDay],
    ),
})
