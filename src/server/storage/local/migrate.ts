import { createHash, randomUUID } from 'node:crypto'
import { columnSql, quoted, type SchemaObject } from '../ddl.ts'
import { isDerivedTable } from '../derived.ts'
import type { Column } from '../table.ts'
import type { Database } from './database.ts'
import { steps } from './steps.ts'

/**
 * Brings the file to the schema, forward only and in one transaction: makes what is missing, adds columns, makes
 * indexes and search again where their definition changed. Answers the store's epoch.
 * @throws Error of one line when a newer Lakeport wrote the file, or a definition changed in a way that needs a step
 */
export const migrate = (database: Database, schema: readonly SchemaObject[], done = steps): string => {
  const hash = createHash('sha256').update(JSON.stringify(schema)).digest('hex')
  const recorded = readRecorded(database)
  if (recorded && recorded.version > done.length) throw newer(`schema ${recorded.version}, known ${done.length}`)
  if (recorded?.hash === hash && recorded.version === done.length) return recorded.epoch

  const epoch = recorded?.epoch ?? randomUUID()
  database.transaction(() => {
    for (const step of recorded ? done.slice(recorded.version) : []) step(database)
    migrateTables(database, schema)
    migrateDerived(database, schema)
    database.exec(`CREATE TABLE IF NOT EXISTS store
      (one INTEGER PRIMARY KEY CHECK (one = 1), epoch TEXT NOT NULL, version INTEGER NOT NULL, hash TEXT NOT NULL, pings INTEGER NOT NULL) STRICT`)
    database.run(
      `INSERT INTO store (one, epoch, version, hash, pings) VALUES (1, ?, ?, ?, 0)
       ON CONFLICT (one) DO UPDATE SET version = excluded.version, hash = excluded.hash`,
      [epoch, done.length, hash],
    )
  })
  return epoch
}

interface Recorded {
  epoch: string
  version: number
  hash: string
}

const readRecorded = (database: Database): Recorded | undefined =>
  database.get("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'store'")
    ? database.get<Recorded>('SELECT epoch, version, hash FROM store')
    : undefined

const migrateTables = (database: Database, schema: readonly SchemaObject[]) => {
  const known = new Map(schema.flatMap((object) => (object.kind === 'table' ? [[object.name, object]] : [])))
  const found = tablesIn(database).filter((name) => name !== 'store' && !isDerivedTable(name))
  const unknown = found.find((name) => !known.has(name))
  if (unknown) throw newer(`table ${unknown}`)
  for (const table of known.values()) {
    if (found.includes(table.name)) migrateColumns(database, table.name, table.columns)
    else database.exec(table.sql)
  }
}

const migrateColumns = (database: Database, table: string, columns: Readonly<Record<string, Column>>) => {
  const found = database.all<{ name: string; type: string; notnull: number }>(
    `SELECT name, type, "notnull" FROM pragma_table_info('${table}') WHERE name <> 'seq' OR ${columns.seq ? 1 : 0}`,
  )
  const unknown = found.find(({ name }) => !columns[name])
  if (unknown) throw newer(`column ${table}.${unknown.name}`)
  for (const [name, column] of Object.entries(columns)) {
    const now = found.find((candidate) => candidate.name === name)
    if (!now) {
      if (!column.nullable && column.initial === undefined) throw needsStep(`${table}.${name} has no initial value`)
      database.exec(`ALTER TABLE ${quoted(table)} ADD COLUMN ${columnSql(name, column)}`)
    } else if (!columnSql(name, column).startsWith(`"${name}" ${now.type}${now.notnull ? ' NOT NULL' : ''}`)) {
      throw needsStep(`${table}.${name} is ${now.type}${now.notnull ? ' NOT NULL' : ''}`)
    } else if (!now.notnull && !column.nullable) {
      throw needsStep(`${table}.${name} may be null`)
    }
  }
}

/** Indexes, views, triggers and search hold nothing of their own, so what differs is dropped and made again. */
const migrateDerived = (database: Database, schema: readonly SchemaObject[]) => {
  const wanted = new Map(schema.map((object) => [object.name, object.sql]))
  const found = database
    .all<{ name: string; type: string; sql: string }>(
      `SELECT name, type, sql FROM sqlite_schema WHERE sql IS NOT NULL
       AND (type IN ('trigger', 'view', 'index', 'table'))
     ORDER BY type = 'trigger' DESC, type = 'table' DESC`,
    )
    .filter(({ name, type, sql }) => type !== 'table' || sql.startsWith('CREATE VIRTUAL TABLE') || isOurs(name))
  const kept = new Set<string>()
  for (const { name, type, sql } of found) {
    if (wanted.get(name) === sql) kept.add(name)
    else database.exec(`DROP ${type.toUpperCase()} ${quoted(name)}`)
  }
  for (const object of schema) {
    if (object.kind === 'table' || kept.has(object.name)) continue
    database.exec(object.sql)
    if (object.fill !== undefined) database.exec(object.fill)
  }
}

/** A derived table of ours, not one that SQLite keeps a search index in. */
const isOurs = (name: string) => isDerivedTable(name) && !/_fts(_[a-z]+)?$/.test(name)

const tablesIn = (database: Database): string[] =>
  database
    .all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .map(({ name }) => name)

const newer = (what: string) =>
  new Error(`A newer Lakeport wrote this store (${what}); start that version again, or restore a backup.`)
const needsStep = (what: string) => new Error(`The store cannot be brought to this schema without a step: ${what}.`)
