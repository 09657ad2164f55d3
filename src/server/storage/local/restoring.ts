import { join } from 'node:path'
import { quoted, quotedList } from '../ddl.ts'
import { tables } from '../tables.ts'
import { type Columns, encodeColumns } from './codec.ts'
import { openDatabase, type SqlValue } from './database.ts'
import { migrate } from './migrate.ts'
import { STORE_FILE, schemaOf } from './open.ts'
import { type SavedRow, type SavedTable, savedTables } from './saved.ts'

/** Takes the rows of a backup. */
export interface Taking {
  /** All of them or, when it throws, none. @throws Error when one does not fit, or is there already */
  take(rows: readonly SavedRow[]): void | Promise<void>
  close(): void
}

/** Looks at the rows only. */
export const checking = (): Taking => ({
  take(rows) {
    for (const row of rows) valuesOf(row)
  },
  close() {},
})

/** A new store in this folder, of another epoch, that fills with the rows of a backup. */
export function openRestoring(dir: string): Taking {
  const database = openDatabase(join(dir, STORE_FILE), 0)
  migrate(database, schemaOf(tables))
  const insert = (table: string, names: readonly string[], values: readonly SqlValue[]) =>
    database.run(`INSERT INTO ${quoted(table)} (${quotedList(names)}) VALUES (${names.map(() => '?')})`, values)

  const put = (saved: SavedRow) => {
    const { table, values } = valuesOf(saved)
    const names = Object.keys(table.columns)
    if (table.history === null) return insert(table.name, names, values)
    const { seq, current, row } = saved
    // Columns of every row version, which the codec has just found to be what they are said to be.
    const { id, version, updated_at, updated_by } = row as Record<string, string | number>
    insert(current === true ? table.name : table.history, names, values)
    return insert('version_log', LOG, [seq, table.name, id, version, updated_at, updated_by] as SqlValue[])
  }
  return {
    take: (rows) => database.transaction(() => rows.forEach(put)),
    close: database.close,
  }
}

const LOG = ['seq', 'table_name', 'record_id', 'version', 'updated_at', 'updated_by']

function valuesOf(saved: SavedRow): { table: SavedTable; values: SqlValue[] } {
  const { table, row } = fitted(saved)
  return { table, values: encodeColumns(table.name, table.columns, row) }
}

/**
 * What an older Lakeport did not know yet gets the value with which it began.
 * @throws Error when a newer one made it, or it is not what a backup has
 */
export function fitted({ table: name, row, seq, current }: SavedRow): {
  table: SavedTable
  row: Record<string, unknown>
} {
  const table = savedTables.get(name)
  if (table === undefined) throw newer(`table ${name}`)
  const unknown = Object.keys(row).find((column) => !Object.hasOwn(table.columns, column))
  if (unknown !== undefined) throw newer(`column ${name}.${unknown}`)
  if (table.history !== null && !(Number.isSafeInteger(seq) && typeof current === 'boolean'))
    throw new Error(`A version of ${name} has no place in the order of versions`)
  return { table, row: { ...initials(table.columns), ...row } }
}

const initials = (columns: Columns): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(columns)
      .filter(([, { initial, nullable }]) => initial !== undefined || nullable === true)
      .map(([name, { initial }]) => [name, initial ?? null]),
  )

const newer = (what: string) => new Error(`A newer Lakeport made this backup (${what}); restore it with that version`)
