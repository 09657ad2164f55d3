import { COMMITTED_AT } from '../delta-ddl.ts'
import { type Series, statusResults, statusRollups } from '../series.ts'
import { bulkSql } from './bulk.ts'
import { tick } from './record-sql.ts'

const keysMatch = ({ key }: Series) => key.map((name) => `t.${tick(name)} = s.${tick(name)}`).join(' AND ')

const insert = ({ columns }: Series) => {
  const names = Object.keys(columns)
  return `INSERT (${names.map(tick).join(', ')}, ${COMMITTED_AT}) VALUES (${names.map((name) => `s.${tick(name)}`).join(', ')}, current_timestamp())`
}

/** Adds what is not there yet, of rows of which none is twice. `:from` and `:to` span the rows, so that files of other times are not read. */
export const putResultsSql = `MERGE INTO ${statusResults.name} AS t
USING (${bulkSql(statusResults.columns)}) AS s
ON ${keysMatch(statusResults)} AND t.measured_at >= :from AND t.measured_at <= :to
WHEN NOT MATCHED THEN ${insert(statusResults)}`

/** Replaces days, unless what is there was computed later. */
export const putRollupsSql = `MERGE INTO ${statusRollups.name} AS t
USING (${bulkSql(statusRollups.columns)}) AS s
ON ${keysMatch(statusRollups)}
WHEN MATCHED AND t.computed_at <= s.computed_at THEN UPDATE SET ${Object.keys(statusRollups.columns)
  .map((name) => `${tick(name)} = s.${tick(name)}`)
  .join(', ')}, ${COMMITTED_AT} = current_timestamp()
WHEN NOT MATCHED THEN ${insert(statusRollups)}`
