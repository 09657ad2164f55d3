import type { Topic } from '../../contracts/endpoint.ts'
import type { Row } from './table.ts'

/**
 * The next version of one record. `expectedVersion` 0 makes it; its `id` is then new (UUIDv7) or derived from a natural
 * key (UUIDv5). `fields` are all of the record's own columns, not a difference.
 */
export interface Change {
  table: Exclude<Topic, 'status_results'>
  id: string
  expectedVersion: number
  fields: Record<string, unknown>
  isDeleted?: boolean
}

/** Who, when, by which act and under which request: written into every row version of a commit. */
export interface Provenance {
  by: string
  actor: { user: string | null; email: string | null; name: string | null } | null
  /** Milliseconds since the epoch. */
  at: number
  action: string
  requestId: string
}

/** One immutable fact of the time series; idempotent by (check_id, measured_at). */
export interface Observation {
  check_id: string
  measured_at: string
  data_time: string | null
  outcome: 'ok' | 'fail' | 'error'
  reading: 'green' | 'yellow' | null
  observed_value: string | null
  message: string | null
  run_id: string | null
}

export interface Announcement {
  revision: number
  topics: readonly Topic[]
  /** Another process wrote too: whoever follows along observation by observation must begin anew. */
  isForeign?: boolean
}

/**
 * The only write path: ledger first, local store second, announcement last. When a promise resolves, the write is on
 * disk and every read sees it.
 */
export interface Journal {
  /**
   * Commits all changes, which are of one table, or none.
   * @throws Fault `version_conflict` (details hold the current record) when any expected version is not the current one
   * @throws Fault `warehouse_unavailable` when the system of record cannot be reached; nothing was written
   */
  commit(changes: readonly Change[], provenance: Provenance): Promise<Row[]>
  /** Adds what is not there yet; answers how many were new and how many repeated. Same faults as `commit`. */
  observe(observations: readonly Observation[]): Promise<{ accepted: number; repeated: number }>
  /** Counts every applied change, over restarts. */
  readonly revision: number
  /** The revision at which any of these topics last changed. */
  revisionOf(topics: readonly Topic[]): number
  /** Differs between two stores, so that equal revisions of different stores are never confused. */
  readonly epoch: string
  /** Topics that changed after `revision`, or null when that is too long ago to know. */
  changedSince(revision: number): Announcement | null
  /** Called after each change, in order, synchronously; must not throw. Returns the way to stop it. */
  subscribe(listener: (announcement: Announcement) => void): () => void
}
