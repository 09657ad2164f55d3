import { createHash } from 'node:crypto'
import { invalid } from '../../fault.ts'
import { quoted } from '../ddl.ts'
import type { Column } from '../table.ts'
import type { Database, SqlParams, SqlValue } from './database.ts'

export interface OrderTerm {
  column: string
  direction: 'asc' | 'desc'
  /** What is not known comes after everything else, whichever the direction; otherwise SQLite sorts it first. */
  nulls?: 'last'
}

export interface Page<R> {
  rows: R[]
  next_cursor: string | null
  total: number
}

export interface Keyset {
  /** `SELECT … FROM …`, and the same table for counting. */
  select: string
  from: string
  columns: Readonly<Record<string, Column>>
  where: string
  params: SqlParams
  /** Ends in columns that together are unique, so that no two rows share a place. */
  order: readonly OrderTerm[]
  limit: number
  cursor: string | undefined
  /** Few rows fit: take them all and sort them, rather than walk an index in the order asked for. */
  isSorted?: boolean
  /** How many rows there are over all pages; counted by reading them when it is not given. */
  total?: number
}

/**
 * One page of a list. The cursor holds the last row's place in the order, not a count, so that rows which come or go
 * while somebody pages neither repeat nor hide others.
 * @throws Fault `validation_error` when the cursor is not one that this list gave out
 */
export const readPage = (database: Database, list: Keyset): Page<Record<string, unknown>> => {
  const terms = list.order.map((term) => ({ ...term, is: columnOf(list, term.column) }))
  const tag = tagOf(list)
  // A plus sign keeps SQLite from using an index for the column behind it.
  const named = (column: string) => (list.isSorted === true ? `+${quoted(column)}` : quoted(column))
  const after = list.cursor === undefined ? null : placeAfter(terms, decode(list.cursor, tag, terms), named)

  const order = terms
    .map(({ column, direction, nulls }) => `${named(column)} ${direction}${nulls === 'last' ? ' NULLS LAST' : ''}`)
    .join(', ')
  const found = database.all(
    `${list.select} WHERE (${list.where})${after ? ` AND ${after.sql}` : ''} ORDER BY ${order} LIMIT :page_limit`,
    list.params,
    { ...after?.params, page_limit: list.limit + 1 },
  )
  const total = list.total ?? countOf(database, list)
  const rows = found.slice(0, list.limit)
  const last = found.length > list.limit ? rows.at(-1) : undefined
  return {
    rows,
    next_cursor: last
      ? encode(
          tag,
          terms.map(({ column }) => last[column]),
        )
      : null,
    total,
  }
}

const countOf = (database: Database, { from, where, params }: Keyset): number =>
  database.get<{ total: number }>(`SELECT count(*) AS total FROM ${from} WHERE ${where}`, params)?.total ?? 0

type Term = OrderTerm & { is: Column }

const columnOf = ({ columns, from }: Keyset, name: string): Column => {
  const column = columns[name]
  if (!column) throw new Error(`${from} has no column ${name} to sort by`)
  return column
}

/** The rows that come after a place in the order. */
const placeAfter = (terms: readonly Term[], keys: readonly SqlValue[], named: (column: string) => string) => {
  const params = Object.fromEntries(keys.map((key, i) => [`page_key_${i}`, key]))
  const first = terms[0]
  if (first && terms.every(({ is, direction }) => !is.nullable && direction === first.direction)) {
    // One comparison of rows, which an index answers.
    const names = terms.map(({ column }) => named(column))
    const marks = terms.map((_, i) => `:page_key_${i}`)
    return { sql: `(${names}) ${first.direction === 'asc' ? '>' : '<'} (${marks})`, params }
  }
  const cases = terms.map((term, i) => {
    const same = terms.slice(0, i).map(({ column }, j) => `${quoted(column)} IS :page_key_${j}`)
    return [...same, follows(term, `:page_key_${i}`)].join(' AND ')
  })
  return { sql: `(${cases.map((sql) => `(${sql})`).join(' OR ')})`, params }
}

/** SQLite sorts nulls before everything else. */
const follows = ({ column, direction, is, nulls }: Term, key: string): string => {
  const name = quoted(column)
  if (is.nullable && nulls === 'last')
    return `(${name} ${direction === 'asc' ? '>' : '<'} ${key} OR (${key} IS NOT NULL AND ${name} IS NULL))`
  if (direction === 'asc')
    return is.nullable ? `(${name} > ${key} OR (${key} IS NULL AND ${name} IS NOT NULL))` : `${name} > ${key}`
  return is.nullable ? `(${name} < ${key} OR (${key} IS NOT NULL AND ${name} IS NULL))` : `${name} < ${key}`
}

/** Tells one list's cursors from another's. */
const tagOf = ({ from, order }: Keyset) =>
  createHash('sha256')
    .update(JSON.stringify([from, order]))
    .digest('base64url')
    .slice(0, 6)

const encode = (tag: string, keys: readonly unknown[]) =>
  Buffer.from(JSON.stringify([tag, ...keys])).toString('base64url')

const decode = (cursor: string, tag: string, terms: readonly Term[]): SqlValue[] => {
  const [itsTag, ...keys] = parse(cursor)
  const fits = (key: unknown, { is }: Term): key is SqlValue =>
    key === null ? is.nullable === true : typeof key === keyType(is)
  const isOurs = itsTag === tag && keys.length === terms.length
  const values = terms.flatMap((term, i) => (fits(keys[i], term) ? [keys[i]] : []))
  if (!isOurs || values.length !== terms.length) throw invalid({ 'query.cursor': 'is not a cursor of this list' })
  return values as SqlValue[]
}

const keyType = ({ type }: Column) =>
  type === 'integer' || type === 'real' || type === 'boolean' ? 'number' : 'string'

const parse = (cursor: string): unknown[] => {
  const bytes = Buffer.from(cursor, 'base64url')
  if (bytes.toString('base64url') !== cursor) return []
  try {
    const value: unknown = JSON.parse(bytes.toString())
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}
