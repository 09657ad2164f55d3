import { deltaTypes } from '../delta-ddl.ts'
import type { Column } from '../table.ts'
import type { Param } from './warehouse.ts'

export type Columns = Readonly<Record<string, Column>>

/** A column's value as JSON has it, and as it comes back. */
export type Wire = string | number | boolean | null

/** Larger bulks are sent in parts: the whole statement may have 16 MiB, and JSON inside JSON grows. */
export const BULK_BYTES_MAX = 6 * 1024 * 1024

/** Rows as the one JSON parameter that every bulk statement reads: `:rows`. */
export const bulkParam = (rows: readonly Record<string, Wire>[]): Param => ({
  type: 'STRING',
  value: JSON.stringify(rows),
})

/**
 * A query that gives the rows of the parameter `:rows`, typed. Times travel as text, because what JSON makes of them
 * depends on settings of the session.
 */
export function bulkSql(columns: Columns): string {
  const entries = Object.entries(columns)
  const shape = entries.map(([name, { type }]) => `\`${name}\`: ${type === 'instant' ? 'STRING' : deltaTypes[type]}`)
  const picked = entries.map(([name, { type }]) =>
    type === 'instant' ? `CAST(r.\`${name}\` AS TIMESTAMP) AS \`${name}\`` : `r.\`${name}\``,
  )
  return `SELECT ${picked.join(', ')} FROM (SELECT explode(from_json(:rows, 'ARRAY<STRUCT<${shape.join(', ')}>>')) AS r)`
}

/** Lists and objects travel as the text that the column holds. */
export const toWire = (columns: Columns, row: Readonly<Record<string, unknown>>): Record<string, Wire> =>
  Object.fromEntries(
    Object.entries(columns).map(([name, { type }]) => {
      const value = row[name] ?? null
      // Every other column type is one of JSON's own.
      return [name, type === 'json' && value !== null ? JSON.stringify(value) : (value as Wire)]
    }),
  )

/** From the JSON of a row, in which what is null is absent and times are as the session writes them. */
export function fromWire(columns: Columns, raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  for (const [name, { type, nullable, initial }] of Object.entries(columns)) {
    const value = raw[name] ?? null
    // A column that was added is empty until the command that adds it has filled it.
    if (value === null) row[name] = nullable === true ? null : (initial ?? null)
    else if (type === 'instant') row[name] = new Date(String(value)).toISOString()
    else row[name] = type === 'json' ? JSON.parse(String(value)) : value
  }
  return row
}

/** Parts of at most so many bytes of JSON and so many rows each, in order. */
export function inBulks<T>(rows: readonly T[], rowsMax: number, bytesMax = BULK_BYTES_MAX): T[][] {
  const bulks: T[][] = []
  let bytes = 0
  for (const row of rows) {
    const size = Buffer.byteLength(JSON.stringify(row))
    const last = bulks.at(-1)
    if (last === undefined || last.length >= rowsMax || bytes + size > bytesMax) {
      bulks.push([row])
      bytes = size
    } else {
      last.push(row)
      bytes += size
    }
  }
  return bulks
}
