import { historyOf, rowColumns } from './ddl.ts'
import type { Series } from './series.ts'
import type { Column, ColumnType, Table } from './table.ts'

export const deltaTypes: Record<ColumnType, string> = {
  text: 'STRING',
  instant: 'TIMESTAMP',
  json: 'STRING',
  integer: 'BIGINT',
  boolean: 'BOOLEAN',
  real: 'DOUBLE',
}

/**
 * Writers of different rows do not conflict only with deletion vectors, row tracking and no partitions.
 * Both properties are the default on Unity Catalog; written out so that an older default cannot change behaviour.
 */
const properties = `TBLPROPERTIES (
  'delta.enableDeletionVectors' = 'true',
  'delta.enableRowTracking' = 'true'
)`

/**
 * When a row was written, by the warehouse's own clock: what pulling follows. `updated_at` would not do, because the
 * clocks of instances differ and an import dates what it brings as it was.
 */
export const COMMITTED_AT = 'committed_at'

/** All columns that a table has in Delta, in order. */
export const deltaColumns = (columns: Readonly<Record<string, Column>>): Record<string, Column> => ({
  ...columns,
  [COMMITTED_AT]: { type: 'instant' },
})

/** Statements, in order, that make a record's two tables where they do not exist. */
export const recordDelta = (table: Table): string[] => [
  createTable(table.name, table.comment, rowColumns(table), ['id']),
  createTable(
    historyOf(table.name),
    `Every older version of ${table.name}, where a version may be twice.`,
    rowColumns(table),
    ['id'],
  ),
]

export const seriesDelta = (series: Series): string[] => [
  createTable(series.name, series.comment, series.columns, series.key),
]

const createTable = (
  name: string,
  comment: string,
  columns: Readonly<Record<string, Column>>,
  clusterBy: readonly string[],
): string =>
  [
    `CREATE TABLE IF NOT EXISTS ${name} (`,
    Object.entries(deltaColumns(columns))
      .map(([column, definition]) => `  ${columnSql(column, definition)}`)
      .join(',\n'),
    ')',
    'USING DELTA',
    `COMMENT ${text(comment)}`,
    `CLUSTER BY (${clusterBy.join(', ')})`,
    properties,
  ].join('\n')

const columnSql = (name: string, { type, nullable }: Column): string => {
  const comment =
    name === COMMITTED_AT
      ? "When it was written, by the warehouse's clock"
      : type === 'json'
        ? 'JSON'
        : type === 'instant'
          ? 'UTC, milliseconds'
          : undefined
  return `\`${name}\` ${deltaTypes[type]}${nullable ? '' : ' NOT NULL'}${comment ? ` COMMENT ${text(comment)}` : ''}`
}

const text = (value: string) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
