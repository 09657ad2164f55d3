import { derivedSchema } from './derived.ts'
import type { Series } from './series.ts'
import { similarSchema } from './similar.ts'
import type { Column, ColumnType, Table } from './table.ts'

/** Columns of every row version, around the record's own. `actor` is who it was as they were called then. */
const versionColumnsBefore: Readonly<Record<string, Column>> = { id: { type: 'text' }, version: { type: 'integer' } }
const versionColumnsAfter: Readonly<Record<string, Column>> = {
  created_at: { type: 'instant' },
  created_by: { type: 'text' },
  updated_at: { type: 'instant' },
  updated_by: { type: 'text' },
  is_deleted: { type: 'boolean' },
  action: { type: 'text' },
  request_id: { type: 'text' },
  actor: { type: 'json', nullable: true },
}

/** All columns of a record's table and of its history, in order. */
export const rowColumns = (table: Table): Record<string, Column> => ({
  ...versionColumnsBefore,
  ...table.columns,
  ...versionColumnsAfter,
})

/** Counted beside the row: no part of any version, so a vote is no change of what it is for. */
export const tallyColumns = (table: Table): Record<string, Column> =>
  Object.fromEntries(Object.keys(table.tallies ?? {}).map((name) => [name, { type: 'integer', initial: 0 }]))

export const historyOf = (name: string) => `${name}_history`
export const searchOf = (name: string) => `${name}_fts`

/** Names come from definitions only, never from people; this holds them to that. */
export const quoted = (name: string): string => {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error(`${name} is no name for a table or column`)
  return `"${name}"`
}
export const quotedList = (names: readonly string[], prefix = '') =>
  names.map((name) => prefix + quoted(name)).join(', ')

/** One object of the SQLite schema. Tables are kept and extended; everything else is derived and may be made again. */
export type SchemaObject = { name: string; sql: string } & (
  | { kind: 'table'; columns: Readonly<Record<string, Column>> }
  | { kind: 'index' | 'view' | 'trigger'; fill?: string }
  /** `fill` takes in what the table already holds. */
  | { kind: 'search' | 'derived'; fill: string }
)

const sqliteTypes: Record<ColumnType, string> = {
  text: 'TEXT',
  instant: 'TEXT',
  json: 'TEXT',
  integer: 'INTEGER',
  boolean: 'INTEGER',
  real: 'REAL',
}

export const columnSql = (name: string, column: Column): string =>
  `${quoted(name)} ${sqliteTypes[column.type]}${column.nullable ? '' : ' NOT NULL'}${defaultSql(column)}`

export const recordSchema = (table: Table): SchemaObject[] => {
  const columns = rowColumns(table)
  const current = { ...columns, ...tallyColumns(table) }
  const history = historyOf(table.name)
  const body = columnsSql(columns)
  return [
    {
      kind: 'table',
      name: table.name,
      columns: current,
      // `seq` gives full-text search a row number that survives VACUUM.
      sql: `CREATE TABLE ${quoted(table.name)} (seq INTEGER PRIMARY KEY, ${columnsSql(current)}, UNIQUE (id)) STRICT`,
    },
    {
      kind: 'table',
      name: history,
      columns,
      sql: `CREATE TABLE ${quoted(history)} (${body}, PRIMARY KEY (id, version)) STRICT`,
    },
    // Every list's default order, over what lists show; also what counts them.
    index(table.name, `${table.name}_newest`, ['created_at', 'id'], 'is_deleted = 0'),
    ...(table.indexes ?? []).map((on) => index(table.name, `${table.name}_by_${on.join('_')}`, on)),
    ...searchSchema(table),
    ...derivedSchema(table),
    ...similarSchema(table),
  ]
}

export const seriesSchema = (series: Series): SchemaObject[] => [
  {
    kind: 'table',
    name: series.name,
    columns: series.columns,
    sql: `CREATE TABLE ${quoted(series.name)} (${columnsSql(series.columns)}, PRIMARY KEY (${quotedList(series.key)})) STRICT, WITHOUT ROWID`,
  },
  ...Object.entries(series.indexes ?? {}).map(([name, { on, where }]) => index(series.name, name, on, where)),
]

/** Triggers keep the search index in step within the same transaction; deleted records are not found. */
const searchSchema = (table: Table): SchemaObject[] => {
  if (!table.search) return []
  const [name, fts, live] = [quoted(table.name), quoted(searchOf(table.name)), quoted(`${table.name}_live`)]
  const columns = quotedList(table.search)
  const add = `INSERT INTO ${fts} (rowid, ${columns}) SELECT new.seq, ${quotedList(table.search, 'new.')} WHERE new.is_deleted = 0`
  const remove = `INSERT INTO ${fts} (${fts}, rowid, ${columns}) SELECT 'delete', old.seq, ${quotedList(table.search, 'old.')} WHERE old.is_deleted = 0`
  const differs = ['is_deleted', ...table.search].map((column) => `old.${quoted(column)} IS NOT new.${quoted(column)}`)
  return [
    {
      kind: 'view',
      name: `${table.name}_live`,
      sql: `CREATE VIEW ${live} AS SELECT seq, ${columns} FROM ${name} WHERE is_deleted = 0`,
    },
    {
      kind: 'search',
      name: searchOf(table.name),
      sql: `CREATE VIRTUAL TABLE ${fts} USING fts5(${columns}, content=${live}, content_rowid=seq, tokenize='unicode61 remove_diacritics 2', prefix='2 3')`,
      fill: `INSERT INTO ${fts} (${fts}) VALUES ('rebuild')`,
    },
    {
      kind: 'trigger',
      name: `${table.name}_found`,
      sql: `CREATE TRIGGER ${quoted(`${table.name}_found`)} AFTER INSERT ON ${name} BEGIN ${add}; END`,
    },
    {
      kind: 'trigger',
      name: `${table.name}_refound`,
      sql: `CREATE TRIGGER ${quoted(`${table.name}_refound`)} AFTER UPDATE ON ${name} WHEN ${differs.join(' OR ')} BEGIN ${remove}; ${add}; END`,
    },
  ]
}

const index = (table: string, name: string, on: readonly string[], where?: string): SchemaObject => ({
  kind: 'index',
  name,
  sql: `CREATE INDEX ${quoted(name)} ON ${quoted(table)} (${quotedList(on)})${where ? ` WHERE ${where}` : ''}`,
})

const columnsSql = (columns: Readonly<Record<string, Column>>) =>
  Object.entries(columns)
    .map(([name, column]) => columnSql(name, column))
    .join(', ')

const defaultSql = ({ type, initial }: Column): string => {
  if (initial === undefined) return ''
  if (type === 'json') return ` DEFAULT '${JSON.stringify(initial).replaceAll("'", "''")}'`
  if (typeof initial === 'string') return ` DEFAULT '${initial.replaceAll("'", "''")}'`
  return ` DEFAULT ${Number(initial)}`
}
