import { historyOf, quoted, quotedList, rowColumns, tallyColumns } from '../ddl.ts'
import type { Column, Row, Table } from '../table.ts'
import type { SqlValue } from './database.ts'

/** Between a row version and its columns in SQLite. */
export interface Codec {
  table: Table
  columns: Readonly<Record<string, Column>>
  /** What to select from the current rows, and from the history. */
  select: string
  selectHistory: string
  /** The current rows with what is counted beside them. */
  selectTallied: string
  /** What a list may be sorted by: the row's columns and its tallies. */
  sortable: Readonly<Record<string, Column>>
  /** One value per column, in their order; refuses what does not fit the definition, which is a bug of the caller. */
  encode(row: Row): SqlValue[]
  decode(raw: Record<string, unknown>): Row
}

export const codecOf = (table: Table): Codec => {
  const columns = rowColumns(table)
  const names = Object.keys(columns)
  const known = new Set(names)
  const [current, history] = [quoted(table.name), quoted(historyOf(table.name))]
  return {
    table,
    columns,
    select: `SELECT ${quotedList(names, `${current}.`)} FROM ${current}`,
    selectTallied: `SELECT ${quotedList([...names, ...Object.keys(tallyColumns(table))], `${current}.`)} FROM ${current}`,
    sortable: { ...columns, ...tallyColumns(table) },
    selectHistory: `SELECT ${quotedList(names, `${history}.`)} FROM ${history}`,
    encode(row) {
      const unknown = Object.keys(row).find((name) => !known.has(name))
      if (unknown) throw new Error(`${table.name} has no column ${unknown}`)
      // A row has every column of its table; the index signature only widens the value.
      return encodeColumns(table.name, columns, row as Record<string, unknown>)
    },
    // True by construction: every column is set.
    decode: (raw) => decodeColumns(columns, raw) as Row,
  }
}

export type Columns = Readonly<Record<string, Column>>

/** One value per column, in their order. @throws Error when a value does not fit its column */
export const encodeColumns = (table: string, columns: Columns, values: Record<string, unknown>): SqlValue[] =>
  Object.entries(columns).map(([name, column]) => encodeValue(`${table}.${name}`, column, values[name]))

export const decodeColumns = (columns: Columns, raw: Record<string, unknown>): Record<string, unknown> => {
  const decoded: Record<string, unknown> = {}
  for (const name in columns) {
    const value = raw[name]
    const type = columns[name]?.type
    decoded[name] = type === 'boolean' ? value === 1 : type === 'json' ? fromJson(value) : value
  }
  return decoded
}

const fromJson = (value: unknown) => (typeof value === 'string' ? JSON.parse(value) : null)

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

const encodeValue = (name: string, { type, nullable }: Column, value: unknown): SqlValue => {
  if (value === null && nullable) return null
  switch (type) {
    case 'text':
      if (typeof value === 'string') return value
      break
    case 'instant':
      if (typeof value === 'string' && INSTANT.test(value)) return value
      break
    case 'integer':
      if (Number.isSafeInteger(value)) return Number(value)
      break
    case 'real':
      if (Number.isFinite(value)) return Number(value)
      break
    case 'boolean':
      if (typeof value === 'boolean') return Number(value)
      break
    case 'json':
      if (value !== undefined && value !== null) return JSON.stringify(value)
      break
  }
  throw new Error(`${name} needs ${type}${nullable ? ' or null' : ''}, not ${value === null ? 'null' : typeof value}`)
}
