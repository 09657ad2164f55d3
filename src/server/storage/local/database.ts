import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'

export type SqlValue = string | number | boolean | null
/** Values for `?` in order, or by name for `:name`. */
export type SqlParams = readonly SqlValue[] | Readonly<Record<string, SqlValue>>

/** SQLite through prepared statements that are kept; nothing here knows what is stored. */
export interface Database {
  /** `named` adds parameters by name to positional ones. */
  all<R = Record<string, unknown>>(sql: string, params?: SqlParams, named?: Record<string, SqlValue>): R[]
  get<R = Record<string, unknown>>(sql: string, params?: SqlParams): R | undefined
  /** Answers how many rows changed and the last row number. */
  run(sql: string, params?: SqlParams): { changes: number; lastRow: number }
  exec(sql: string): void
  /** All of `work` or, when it throws, nothing. On disk when it returns. */
  transaction<T>(work: () => T): T
  /** @throws Error when the SQL could change anything */
  assertReads(sql: string): void
  close(): void
}

/** Above this the statement prepared longest ago goes; features with many optional filters stay below it. */
const STATEMENTS_MAX = 500
const CACHE_KIB = 16 * 1024

/** @throws Error when the file cannot promise that a committed write survives a crash */
export const openDatabase = (file: string, busyTimeoutMs: number): Database => {
  const db = new DatabaseSync(file, { timeout: busyTimeoutMs })
  try {
    makeDurable(db, file === ':memory:')
  } catch (error) {
    db.close()
    throw error
  }
  const statements = new Map<string, StatementSync>()
  const reads = new Set<string>()
  let isInTransaction = false

  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql)
    if (known) return known
    const statement = db.prepare(sql)
    const oldest = statements.size >= STATEMENTS_MAX ? statements.keys().next().value : undefined
    if (oldest !== undefined) statements.delete(oldest)
    statements.set(sql, statement)
    return statement
  }

  // SQLite gives back objects of column values; the caller names the columns in the SQL and so knows the type.
  return {
    all: <R>(sql: string, params: SqlParams = [], named?: Record<string, SqlValue>) =>
      prepared(sql).all(...bound(params, named)) as R[],
    get: <R>(sql: string, params: SqlParams = []) => prepared(sql).get(...bound(params)) as R | undefined,
    run(sql, params = []) {
      const { changes, lastInsertRowid } = prepared(sql).run(...bound(params))
      return { changes: Number(changes), lastRow: Number(lastInsertRowid) }
    },
    exec: (sql) => db.exec(sql),
    transaction(work) {
      if (isInTransaction) throw new Error('A transaction cannot start inside another')
      prepared('BEGIN IMMEDIATE').run()
      isInTransaction = true
      try {
        const result = work()
        prepared('COMMIT').run()
        return result
      } catch (error) {
        // SQLite has already rolled back on its own after some errors, a full disk among them.
        if (db.isTransaction) prepared('ROLLBACK').run()
        throw error
      } finally {
        isInTransaction = false
      }
    },
    assertReads(sql) {
      if (reads.has(sql)) return
      if (!/^\s*(select|with|explain)\b/i.test(sql) || prepared(sql).columns().length === 0) {
        throw new Error('Only reads are possible here; the journal writes')
      }
      if (reads.size >= STATEMENTS_MAX) reads.clear()
      reads.add(sql)
    },
    close: () => db.close(),
  }
}

const makeDurable = (db: DatabaseSync, isMemory: boolean) => {
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0;
    PRAGMA cache_size = -${CACHE_KIB}; PRAGMA journal_size_limit = 67108864; PRAGMA trusted_schema = OFF`)
  const mode = db.prepare('PRAGMA journal_mode').get()?.journal_mode
  const synchronous = db.prepare('PRAGMA synchronous').get()?.synchronous
  if (mode !== (isMemory ? 'memory' : 'wal') || synchronous !== 2) {
    throw new Error(
      `The store cannot keep writes safe here (journal ${mode}, synchronous ${synchronous}); use a local disk.`,
    )
  }
}

// Array.isArray does not narrow a readonly array away.
const isPositional = (params: SqlParams): params is readonly SqlValue[] => Array.isArray(params)
const toSqlite = (value: SqlValue): SQLInputValue => (typeof value === 'boolean' ? Number(value) : value)
const byName = (params: Readonly<Record<string, SqlValue>>): Record<string, SQLInputValue> => {
  const out: Record<string, SQLInputValue> = {}
  for (const name in params) out[name] = toSqlite(params[name] ?? null)
  return out
}
const bound = (params: SqlParams, named?: Record<string, SqlValue>): SQLInputValue[] => {
  const positional = isPositional(params) ? params.map(toSqlite) : []
  if (isPositional(params) && !named) return positional
  const all = byName(isPositional(params) ? { ...named } : { ...params, ...named })
  // A named set travels as the first value, which the type of a list of values does not know.
  return [all as unknown as SQLInputValue, ...positional]
}
