import type { Change, Observation, Provenance } from './journal.ts'
import type { RowVersion } from './local/commit.ts'
import type { Row } from './table.ts'

/** Row versions after a cursor, in the order of their commits. */
export interface Tail {
  versions: RowVersion[]
  /** Where to go on; equal to the one given when nothing came. */
  cursor: string
}

interface Reading {
  /**
   * Every committed version exactly once to whoever goes on with the cursors given, versions of one record ascending;
   * after a restart some of the last ones again. Null starts at the beginning. May answer
   * fewer than `limit` with more to come; an empty answer means that there is nothing more now.
   */
  readAfter(cursor: string | null, limit: number): Promise<Tail>
  /** A real round trip. */
  ping(): Promise<void>
}

/**
 * The promise of the system of record.
 *
 * `append` writes all changes, which are of one table, or none. The expected version must be the record's current one: 0 for an id never seen,
 * and for a deleted record the version of its deletion, so that an id derived from a natural key can be made again and its
 * chain goes on. A commit that is repeated word for word, its request and its time included, may be told apart from a
 * conflict and then changes nothing. `observe` adds what is not there yet, and repeating it changes nothing.
 *
 * Faults: `version_conflict` (details carry the current record), `warehouse_unavailable` (nothing was written, unless the
 * message says that this is not known).
 */
export type Ledger = Reading &
  (
    | {
        /** The ledger has written the local store itself when it answers, in the same transaction. */
        keepsLocalStore: true
        append(changes: readonly Change[], provenance: Provenance): Promise<Row[]>
        observe(observations: readonly Observation[]): Promise<{ accepted: number; repeated: number }>
      }
    | {
        keepsLocalStore: false
        append(changes: readonly Change[], provenance: Provenance): Promise<void>
        observe(observations: readonly Observation[]): Promise<void>
      }
  )
