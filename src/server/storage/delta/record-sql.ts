import { historyOf, rowColumns } from '../ddl.ts'
import { COMMITTED_AT } from '../delta-ddl.ts'
import type { Table } from '../table.ts'
import { bulkSql, type Columns } from './bulk.ts'

/** What is done to one table of records, as SQL. Every bulk reads `:rows`; see `bulkSql`. */
export interface RecordSql {
  columns: Columns
  /** Copies the current versions that are about to be replaced to the history. Rows: `keyColumns`. */
  keep: string
  /** The next version of each row where the one before it is current. */
  write: string
  /** The same of several rows, of which all are written or none. */
  writeAll: string
  /** Versions as they are: the newest of each becomes current, unless a newer one is. */
  put: string
  /** Versions as they are, into the history. */
  putOlder: string
  /** `row` as JSON: the current version of each, and of each the version asked for when it is history. */
  find: string
}

export const keyColumns: Columns = { id: { type: 'text' }, version: { type: 'integer' } }

export function recordSql(table: Table): RecordSql {
  const columns = rowColumns(table)
  const names = Object.keys(columns)
  const [current, history] = [table.name, historyOf(table.name)]
  const list = listed(names)
  const bulk = bulkSql(columns)
  const kept = names.filter((name) => !isOfOrigin(name))
  const update = `UPDATE SET ${kept.map((name) => `${tick(name)} = s.${tick(name)}`).join(', ')}, ${COMMITTED_AT} = current_timestamp()`
  const insert = `INSERT (${list}, ${COMMITTED_AT}) VALUES (${listed(names, 's.')}, current_timestamp())`
  const merge = (source: string) =>
    `MERGE INTO ${current} AS t USING (${source}) AS s ON t.id = s.id
WHEN MATCHED AND t.version = s.version - 1 THEN ${update}
WHEN NOT MATCHED AND s.version = 1 THEN ${insert}`
  return {
    columns,
    keep: `INSERT INTO ${history} (${list}, ${COMMITTED_AT})
SELECT ${listed(names, 't.')}, t.${COMMITTED_AT} FROM ${current} AS t JOIN (${bulkSql(keyColumns)}) AS s ON t.id = s.id AND t.version = s.version`,
    write: merge(bulk),
    writeAll: merge(`SELECT ${list} FROM (
  SELECT w.*, sum(IF(coalesce(c.version, 0) = w.version - 1, 0, 1)) OVER () AS misfits
  FROM (${bulk}) AS w LEFT JOIN (SELECT id, max(version) AS version FROM ${current} GROUP BY id) AS c ON c.id = w.id
) WHERE misfits = 0`),
    put: `MERGE INTO ${current} AS t USING (${bulk}) AS s ON t.id = s.id
WHEN MATCHED AND t.version < s.version THEN ${update}
WHEN NOT MATCHED THEN ${insert}`,
    putOlder: `INSERT INTO ${history} (${list}, ${COMMITTED_AT}) SELECT ${list}, current_timestamp() FROM (${bulk})`,
    find: `SELECT ${asJson(columns, 't')} AS row FROM ${current} AS t JOIN (${bulkSql(keyColumns)}) AS s ON t.id = s.id
UNION ALL
SELECT ${asJson(columns, 't')} AS row FROM ${history} AS t JOIN (${bulkSql(keyColumns)}) AS s ON t.id = s.id AND t.version = s.version`,
  }
}

/** A row as JSON; what is null is left out. */
export const asJson = (columns: Columns, alias: string) =>
  `to_json(struct(${listed(Object.keys(columns), `${alias}.`)}))`

export const tick = (name: string) => `\`${name}\``
const listed = (names: readonly string[], prefix = '') => names.map((name) => prefix + tick(name)).join(', ')

/** Where a record came from stays, also when a deleted one is made again. */
export const isOfOrigin = (name: string) => name === 'created_at' || name === 'created_by'
