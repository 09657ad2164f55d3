import { historyOf, rowColumns } from '../ddl.ts'
import { series } from '../series.ts'
import { tables } from '../tables.ts'
import type { Columns } from './codec.ts'
import { ownTables } from './own-tables.ts'

/** One row of a store as it is written to a backup. `seq` and `current` are those of a record's version. */
export interface SavedRow {
  table: string
  row: Record<string, unknown>
  /** Its place in the order in which versions came. */
  seq?: number
  /** Whether it is the newest version of its record. */
  current?: boolean
}

export interface SavedTable {
  name: string
  columns: Columns
  /** Null for what has no versions. */
  history: string | null
}

const records: readonly SavedTable[] = Object.values(tables).map((table) => ({
  name: table.name,
  columns: rowColumns(table),
  history: historyOf(table.name),
}))

/** What is in no record: results, their roll-ups, and since when they are whole. */
export const plainTables: readonly SavedTable[] = [
  ...series,
  ...ownTables.filter(({ name }) => name === 'kept_from'),
].map(({ name, columns }) => ({ name, columns, history: null }))

/**
 * Everything that is saved. The rest follows from it, or is over in a day: caches of answers to repeated creates, which
 * may moreover hold a token in plain text.
 */
export const savedTables: ReadonlyMap<string, SavedTable> = new Map(
  [...records, ...plainTables].map((table) => [table.name, table]),
)
