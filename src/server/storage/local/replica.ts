import type { Database } from './database.ts'

export interface ReplicaState {
  /** Where pulling goes on; null before the first page. */
  cursor: string | null
  /** The first copy came to its end: what is here is what was in the warehouse at `at`, or later. */
  isComplete: boolean
  /** When this store was last known to be in step. ISO 8601; null when never. */
  at: string | null
}

/** How far this store has followed the warehouse. */
export interface Replica {
  read(): ReplicaState
  write(state: { cursor: string; isComplete: boolean; at: string }): void
}

export const openReplica = (database: Database): Replica => ({
  read() {
    const row = database.get<{ cursor: string; is_complete: number; at: string }>(
      'SELECT cursor, is_complete, at FROM replica WHERE one = 1',
    )
    return { cursor: row?.cursor ?? null, isComplete: row?.is_complete === 1, at: row?.at ?? null }
  },
  write({ cursor, isComplete, at }) {
    database.run(
      `INSERT INTO replica (one, cursor, is_complete, at) VALUES (1, ?, ?, ?)
       ON CONFLICT DO UPDATE SET cursor = excluded.cursor, is_complete = excluded.is_complete, at = excluded.at`,
      [cursor, isComplete, at],
    )
  },
})
