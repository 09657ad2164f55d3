import { historyOf, rowColumns } from '../ddl.ts'
import { COMMITTED_AT } from '../delta-ddl.ts'
import type { Observation } from '../journal.ts'
import type { RowVersion } from '../local/commit.ts'
import type { RollupDay } from '../local/rollups.ts'
import { statusResults, statusRollups } from '../series.ts'
import type { Row, Table } from '../table.ts'
import type { RecordTopic } from '../tables.ts'
import { type Columns, fromWire } from './bulk.ts'
import { LOOKBACK } from './lookback.ts'
import { asJson } from './record-sql.ts'
import type { Param, Warehouse } from './warehouse.ts'

export interface Pulled {
  versions: RowVersion[]
  observations: Observation[]
  rollups: RollupDay[]
  cursor: string
  /** Nothing more is there now. */
  isEnd: boolean
}

/** Results above this are refused by the warehouse at 25 MiB; a page that is cut goes on after its last row. */
const PAGE_BYTES_MAX = 16 * 1024 * 1024

/** One of the tables that are pulled together, in one statement. */
interface Source {
  kind: 'record' | 'result' | 'rollup'
  name: string
  columns: Columns
  /** Together with when it was committed, an order without ties; names a row once. */
  id: string
  version: string
  where: string
}

interface Place {
  /** Microseconds since the epoch, by the clock of the warehouse. */
  at: number
  source: number
  id: string
  version: number
}

/** Serialised; opaque to whoever keeps it. */
interface Cursor {
  /** The newest row of the pulls that came to their end. Microseconds. */
  at: number
  /** Within a pull of several pages: the last row given. */
  place: Place | null
}

export interface TailOptions {
  tables: Readonly<Record<string, Table>>
  resultsFrom: () => string
  overlapMs: number
}

/**
 * What came after a cursor, of all tables in one statement. Each pull begins `overlapMs` before the newest row known, so
 * that what was committed out of order is not missed; who goes on with the cursors that this gave out hears of each row
 * once all the same.
 */
export function createTail(warehouse: Warehouse, { tables, resultsFrom, overlapMs }: TailOptions) {
  const sources = sourcesOf(tables)
  const overlap = overlapMs * 1000
  const statement = tailSql(sources)
  /** What was given within the overlap: row to when it was committed. Belongs to the cursor given last. */
  let given = new Map<string, number>()
  let last: string | null = null

  return {
    async pull(text: string | null, limit: number): Promise<Pulled> {
      if (text === null || text !== last) given = new Map()
      let cursor: Cursor = text === null ? { at: 0, place: null } : (JSON.parse(text) as Cursor) // As given out below.
      let newest = cursor.at
      for (const at of given.values()) newest = Math.max(newest, at)
      for (;;) {
        const place = cursor.place ?? { at: Math.max(0, cursor.at - overlap), source: -1, id: '', version: 0 }
        const { rows, isTruncated } = await warehouse.execute({
          name: 'pull',
          sql: statement,
          params: {
            ...placeParams(place),
            results_from: { type: 'TIMESTAMP', value: resultsFrom() },
            limit: { type: 'INT', value: String(limit) },
          },
          isIdempotent: true,
          isBackground: true,
          bytesMax: PAGE_BYTES_MAX,
        })
        const isEnd = rows.length < limit && !isTruncated
        const pulled: Pulled = { versions: [], observations: [], rollups: [], cursor: '', isEnd }
        let lastPlace = place
        for (const row of rows) {
          lastPlace = {
            at: Number(row.at),
            source: Number(row.source),
            id: String(row.id),
            version: Number(row.version),
          }
          newest = Math.max(newest, lastPlace.at)
          const key = keyOf(sources[lastPlace.source], lastPlace)
          if (given.has(key)) continue
          given.set(key, lastPlace.at)
          take(pulled, sources[lastPlace.source], String(row.row))
        }
        cursor = isEnd ? { at: newest, place: null } : { at: cursor.at, place: lastPlace }
        const fresh = pulled.versions.length + pulled.observations.length + pulled.rollups.length
        if (fresh === 0 && !isEnd) continue
        if (isEnd) for (const [key, at] of given) if (at < newest - overlap) given.delete(key)
        last = pulled.cursor = JSON.stringify(cursor)
        return pulled
      }
    },

    async pullPasts(): Promise<Observation[]> {
      const { rows } = await warehouse.execute({
        name: 'pull_pasts',
        sql: pastsSql,
        params: { results_from: { type: 'TIMESTAMP', value: resultsFrom() } },
        isIdempotent: true,
      })
      return rows.map(({ row }) => fromWire(statusResults.columns, JSON.parse(String(row))) as unknown as Observation) // Its columns.
    },
  }
}

const sourcesOf = (tables: Readonly<Record<string, Table>>): Source[] => [
  ...Object.values(tables).flatMap((table) =>
    [table.name, historyOf(table.name)].map(
      (name): Source => ({
        kind: 'record',
        name,
        columns: rowColumns(table),
        id: 'id',
        version: 'version',
        where: 'true',
      }),
    ),
  ),
  {
    kind: 'result',
    name: statusResults.name,
    columns: statusResults.columns,
    id: 'check_id',
    version: 'unix_millis(measured_at)',
    where: 'measured_at >= :results_from',
  },
  {
    kind: 'rollup',
    name: statusRollups.name,
    columns: statusRollups.columns,
    id: "concat_ws(' ', subject_kind, subject_id, day)",
    version: 'unix_millis(computed_at)',
    where: 'true',
  },
]

/** A version is the same in the table and in its history. */
const keyOf = (source: Source | undefined, { id, version }: Place) =>
  `${source?.name.replace(/_history$/, '')} ${id} ${version}`

const tailSql = (sources: readonly Source[]) => {
  const branches = sources.map(
    ({ name, columns, id, version, where }, source) =>
      `SELECT unix_micros(${COMMITTED_AT}) AS at, ${source} AS source, ${id} AS id, ${version} AS version, ${asJson(columns, 't')} AS row
FROM ${name} AS t WHERE ${COMMITTED_AT} >= timestamp_micros(:at) AND ${where}`,
  )
  return `SELECT * FROM (
${branches.join('\nUNION ALL\n')}
) WHERE at > :at OR (at = :at AND (source > :source OR (source = :source AND (id > :id OR (id = :id AND version > :version)))))
ORDER BY at, source, id, version LIMIT :limit`
}

const newestFirst = (by: string, which: string) =>
  `row_number() OVER (PARTITION BY check_id, ${which} ORDER BY ${by} DESC)`

/** The last observations of each check before the window, its last success and failure, and its newest data. */
const pastsSql = `SELECT ${asJson(statusResults.columns, 't')} AS row FROM (
SELECT *, ${newestFirst('measured_at', 'true')} AS nth, ${newestFirst('measured_at', 'outcome')} AS nth_of_outcome,
  ${newestFirst('data_time', "outcome = 'ok' AND data_time IS NOT NULL AND data_time <= measured_at + INTERVAL 60 SECONDS")} AS nth_of_data
FROM ${statusResults.name} WHERE measured_at < :results_from
) AS t WHERE nth <= ${LOOKBACK} OR nth_of_outcome = 1 OR nth_of_data = 1`

const placeParams = ({ at, source, id, version }: Place): Record<string, Param> => ({
  at: { type: 'BIGINT', value: String(at) },
  source: { type: 'INT', value: String(source) },
  id: { type: 'STRING', value: id },
  version: { type: 'BIGINT', value: String(version) },
})

function take(pulled: Pulled, source: Source | undefined, json: string): void {
  if (source === undefined) throw new Error('A pull answered a row of no table')
  const row = fromWire(source.columns, JSON.parse(json))
  // Each has the columns of its source: the query lists them.
  if (source.kind === 'result') pulled.observations.push(row as unknown as Observation)
  else if (source.kind === 'rollup') pulled.rollups.push(row as unknown as RollupDay)
  else pulled.versions.push({ table: source.name.replace(/_history$/, '') as RecordTopic, row: row as unknown as Row })
}
