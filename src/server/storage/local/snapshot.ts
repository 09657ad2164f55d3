import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { quoted, quotedList } from '../ddl.ts'
import { type Columns, decodeColumns } from './codec.ts'
import { STORE_FILE } from './open.ts'
import { plainTables, type SavedRow, type SavedTable, savedTables } from './saved.ts'
import { steps } from './steps.ts'

/** A store as it was at one instant, while others go on writing. Reads only: not even the schema is brought up to date. */
export interface Snapshot {
  epoch: string
  /** Number of the schema that the file has. */
  schema: number
  /**
   * Every version of every record in the order in which they came, then everything else. Rows are read as they are asked
   * for.
   * @throws Error when a record is missing from the log of versions, or a version from its table
   */
  rows(): Generator<SavedRow>
  close(): void
}

/** @throws Error of one line when there is no store, or a newer Lakeport wrote it */
export function openSnapshot(dir: string): Snapshot {
  const file = join(dir, STORE_FILE)
  if (!existsSync(file)) throw new Error(`There is no store in ${dir}`)
  const db = new DatabaseSync(file, { readOnly: true, timeout: 5000 })
  try {
    db.exec('PRAGMA trusted_schema = OFF; BEGIN')
    // The first read fixes the instant.
    const store = db.prepare('SELECT epoch, version FROM store').get() as { epoch: string; version: number }
    if (store.version > steps.length) throw newer(`schema ${store.version}, known ${steps.length}`)
    const found = presentTables(db)
    return {
      epoch: store.epoch,
      schema: store.version,
      *rows() {
        yield* versions(db, found)
        for (const { name } of plainTables) {
          const table = found.get(name)
          if (table !== undefined) yield* plainRows(db, table)
        }
      },
      close: () => db.close(),
    }
  } catch (error) {
    db.close()
    throw error
  }
}

/** The tables that the file has, each with the columns that it has: an older Lakeport knew fewer. */
function presentTables(db: DatabaseSync): Map<string, SavedTable> {
  const present = new Map<string, SavedTable>()
  for (const [name, { columns, history }] of savedTables) {
    const names = db.prepare('SELECT name FROM pragma_table_info(?)').all(history ?? name)
    if (names.length === 0) continue
    const unknown = names.find((column) => columns[String(column.name)] === undefined)
    if (unknown !== undefined) throw newer(`column ${name}.${unknown.name}`)
    const has = new Set(names.map((column) => column.name))
    const there: Columns = Object.fromEntries(Object.entries(columns).filter(([column]) => has.has(column)))
    present.set(name, { name, columns: there, history })
  }
  return present
}

function* versions(db: DatabaseSync, found: ReadonlyMap<string, SavedTable>): Generator<SavedRow> {
  const records = [...found.values()].filter(({ history }) => history !== null)
  const readers = new Map(records.map((table) => [table.name, readerOf(db, table)]))
  let given = 0
  for (const entry of db
    .prepare('SELECT seq, table_name, record_id, version FROM version_log ORDER BY seq')
    .iterate()) {
    const table = String(entry.table_name)
    const read = readers.get(table)
    if (read === undefined) throw newer(`table ${table}`)
    yield { seq: Number(entry.seq), table, ...read(String(entry.record_id), Number(entry.version)) }
    given += 1
  }
  const there = [...found.values()].reduce(
    (sum, { name, history }) => (history === null ? sum : sum + countOf(db, name) + countOf(db, history)),
    0,
  )
  if (there !== given) throw new Error(`The store has ${there} row versions, but its log counts ${given}`)
}

function readerOf(db: DatabaseSync, { name, columns, history }: SavedTable) {
  const select = (from: string) =>
    db.prepare(`SELECT ${quotedList(Object.keys(columns))} FROM ${quoted(from)} WHERE id = ? AND version = ?`)
  const [current, older] = [select(name), select(history ?? name)]
  return (id: string, version: number) => {
    const now = current.get(id, version)
    const raw = now ?? older.get(id, version)
    if (raw === undefined) throw new Error(`Version ${version} of ${name} ${id} is not in the store`)
    return { current: now !== undefined, row: decodeColumns(columns, raw) }
  }
}

function* plainRows(db: DatabaseSync, { name, columns }: SavedTable): Generator<SavedRow> {
  const all = db.prepare(`SELECT ${quotedList(Object.keys(columns))} FROM ${quoted(name)}`)
  for (const raw of all.iterate()) yield { table: name, row: decodeColumns(columns, raw) }
}

const countOf = (db: DatabaseSync, name: string) =>
  Number(db.prepare(`SELECT count(*) AS n FROM ${quoted(name)}`).get()?.n)

const newer = (what: string) => new Error(`A newer Lakeport wrote this store (${what}); use that version.`)
