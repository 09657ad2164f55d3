import type { Database } from './database.ts'

/** A record's version by table, id and version; a result by check and time; a roll-up by kind, subject and day. */
export type UnsentKind = 'version' | 'result' | 'rollup'

export interface UnsentEntry {
  key: string
  /** Grows each time that the thing changes, so that a change during sending is not taken for sent. */
  seq: number
}

/** What the warehouse has still to be told. Survives a restart where the disk does. */
export interface Unsent {
  /** Called inside the transaction that writes the thing itself. */
  add(kind: UnsentKind, key: readonly (string | number)[]): void
  /** The oldest, in the order in which they came. */
  take(kind: UnsentKind, limit: number): UnsentEntry[]
  /** Forgets those that did not change since they were taken. */
  sent(kind: UnsentKind, entries: readonly UnsentEntry[]): void
  /** Whether there is any whose key begins like this. */
  has(kind: UnsentKind, begin: readonly (string | number)[]): boolean
  readonly count: number
}

export const openUnsent = (database: Database): Unsent => ({
  add(kind, key) {
    database.run(
      `INSERT INTO unsent (kind, key, seq) SELECT ?, ?, coalesce(max(seq), 0) + 1 FROM unsent WHERE kind = ?
       ON CONFLICT DO UPDATE SET seq = excluded.seq`,
      [kind, JSON.stringify(key), kind],
    )
  },
  take: (kind, limit) =>
    database.all<UnsentEntry>('SELECT key, seq FROM unsent WHERE kind = ? ORDER BY seq LIMIT ?', [kind, limit]),
  sent: (kind, entries) =>
    database.transaction(() => {
      for (const { key, seq } of entries)
        database.run('DELETE FROM unsent WHERE kind = ? AND key = ? AND seq = ?', [kind, key, seq])
    }),
  has(kind, begin) {
    const prefix = `${JSON.stringify(begin).slice(0, -1)},`
    const found = database.get('SELECT 1 FROM unsent WHERE kind = ? AND key >= ? AND key < ? LIMIT 1', [
      kind,
      prefix,
      `${prefix}\u{10FFFF}`,
    ])
    return found !== undefined
  },
  get count() {
    return database.get<{ n: number }>('SELECT count(*) AS n FROM unsent')?.n ?? 0
  },
})
