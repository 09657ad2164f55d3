import type { Observation } from './journal.ts'
import type { Column } from './table.ts'

/** A table without versions: facts, or what is computed from them. Its key is unique and its rows are kept in key order. */
export interface Series {
  name: string
  /** One sentence for the DDL's comment. */
  comment: string
  columns: Readonly<Record<string, Column>>
  key: readonly string[]
  /** Index name to its columns, and the rows that it covers when not all. */
  indexes?: Readonly<Record<string, { on: readonly string[]; where?: string }>>
}

/** Observations: append-only, immutable, idempotent by key. */
export const statusResults = {
  name: 'status_results',
  comment: 'Observations: one measurement of one check, never changed, kept as long as retention says.',
  columns: {
    check_id: { type: 'text' },
    measured_at: { type: 'instant' },
    data_time: { type: 'instant', nullable: true },
    outcome: { type: 'text' },
    reading: { type: 'text', nullable: true },
    observed_value: { type: 'text', nullable: true },
    message: { type: 'text', nullable: true },
    run_id: { type: 'text', nullable: true },
  },
  key: ['check_id', 'measured_at'],
  indexes: {
    status_results_by_time: { on: ['measured_at', 'check_id'] },
    // Finds a check's watermark without reading its history.
    // Finds the last failure of a check that has long been well.
    status_results_failures: { on: ['check_id', 'measured_at'], where: "outcome = 'fail'" },
    status_results_watermark: { on: ['check_id', 'data_time'], where: "outcome = 'ok' AND data_time IS NOT NULL" },
  },
} as const satisfies Series & { columns: { [Field in keyof Observation]: Column } }

/** Daily roll-ups, computed from observations and rewritten when late data touches the day. */
export const statusRollups = {
  name: 'status_rollups',
  comment: 'Milliseconds per state for one check or platform and UTC day, where a window is the sum of its days.',
  columns: {
    subject_kind: { type: 'text' },
    subject_id: { type: 'text' },
    day: { type: 'text' },
    red_ms: { type: 'integer' },
    yellow_ms: { type: 'integer' },
    green_ms: { type: 'integer' },
    unknown_ms: { type: 'integer' },
    maintenance_ms: { type: 'integer' },
    disabled_ms: { type: 'integer' },
    worst: { type: 'text', nullable: true },
    computed_at: { type: 'instant' },
  },
  key: ['subject_kind', 'subject_id', 'day'],
  indexes: { status_rollups_by_day: { on: ['day'] } },
} as const satisfies Series

/** In SQLite and in Delta. */
export const series: readonly Series[] = [statusResults, statusRollups]
