import { quoted, quotedList } from '../ddl.ts'
import type { RecordTopic, RowOf } from '../tables.ts'
import type { Codec } from './codec.ts'
import type { Database, SqlParams } from './database.ts'
import { countRows, type ListQuery, listPage } from './list.ts'
import type { Page } from './page.ts'
import { type SearchOptions, searchIds } from './search.ts'
import { type Similar, type SimilarOptions, similarIds } from './similar.ts'

export interface PageQuery<N extends RecordTopic> extends ListQuery {
  table: N
}

/** What features read with. Every answer is exact as of the last commit. */
export interface Reads {
  /** A feature's own SQL, which must only read. The caller names the columns and so knows the type. */
  all<R = Record<string, unknown>>(sql: string, params?: SqlParams): R[]
  get<R = Record<string, unknown>>(sql: string, params?: SqlParams): R | undefined
  /** `tail` is what follows `FROM <table>`: join, where, order, limit. Deleted ones too unless it says `is_deleted = 0`. */
  rows<N extends RecordTopic>(table: N, tail?: string, params?: SqlParams): RowOf<N>[]
  /** The current version, also of a deleted record: look at `is_deleted`. */
  row<N extends RecordTopic>(table: N, id: string): RowOf<N> | undefined
  /** Every version there is, oldest first, the current one last. */
  history<N extends RecordTopic>(table: N, id: string): RowOf<N>[]
  /** One version that is known to have been made. */
  version<N extends RecordTopic>(table: N, id: string, version: number): RowOf<N>
  /** @throws Fault `validation_error` for a cursor that this list did not give out */
  page<N extends RecordTopic>(query: PageQuery<N>): Page<RowOf<N>>
  /** How many of it a list would show over all its pages. */
  count(query: Omit<PageQuery<RecordTopic>, 'limit'>): number
  /** What is counted beside each of these rows, by tally. */
  tallies(table: RecordTopic, ids: readonly string[]): Map<string, Record<string, number>>
  /** What resembles this text, best first. See `similarIds`. */
  similar(table: RecordTopic, text: string, options?: SimilarOptions): Similar[]
  /** Ids of what is not deleted and matches, best first. See `matchOf` for what the text means. */
  search(table: RecordTopic, text: string, options?: SearchOptions): string[]
}

export const openReads = (database: Database, codecs: ReadonlyMap<string, Codec>): Reads => {
  const codecFor = (table: string): Codec => {
    const codec = codecs.get(table)
    if (!codec) throw new Error(`There is no table ${table}`)
    return codec
  }
  // A table's codec gives the fields of its record type: `tables` is checked against it.
  const decoded = <N extends RecordTopic>(codec: Codec, raw: Record<string, unknown>[]) =>
    raw.map((one) => codec.decode(one) as unknown as RowOf<N>)

  return {
    all(sql, params) {
      database.assertReads(sql)
      return database.all(sql, params)
    },
    get(sql, params) {
      database.assertReads(sql)
      return database.get(sql, params)
    },
    rows(table, tail = '', params = []) {
      const codec = codecFor(table)
      return decoded(codec, database.all(`${codec.select} ${tail}`, params))
    },
    row(table, id) {
      const codec = codecFor(table)
      return decoded<typeof table>(codec, database.all(`${codec.select} WHERE id = ?`, [id]))[0]
    },
    history(table, id) {
      const codec = codecFor(table)
      // UNION ALL, then by version: a version that is in the history and current at once is given once, as current.
      const raw = database.all<Record<string, unknown> & { version: number }>(
        `${codec.select} WHERE id = :id UNION ALL ${codec.selectHistory} WHERE id = :id`,
        { id },
      )
      const byVersion = new Map(raw.toReversed().map((one) => [one.version, one]))
      return decoded(
        codec,
        [...byVersion.values()].sort((a, b) => a.version - b.version),
      )
    },
    version(table, id, version) {
      const codec = codecFor(table)
      const where = 'WHERE id = :id AND version = :version'
      const sql = `${codec.select} ${where} UNION ALL ${codec.selectHistory} ${where} LIMIT 1`
      const [row] = decoded<typeof table>(codec, database.all(sql, { id, version }))
      if (!row) throw new Error(`Version ${version} of ${table} ${id} is not there`)
      return row
    },
    page({ table, ...query }) {
      const codec = codecFor(table)
      const page = listPage(database, codec, query)
      return { ...page, rows: decoded(codec, page.rows) }
    },
    count({ table, ...query }) {
      return countRows(database, codecFor(table), query)
    },
    tallies(table, ids) {
      const names = Object.keys(codecFor(table).table.tallies ?? {})
      const rows = database.all<{ id: string } & Record<string, number>>(
        `SELECT ${quotedList(['id', ...names])} FROM ${quoted(table)} WHERE id IN (SELECT value FROM json_each(?))`,
        [JSON.stringify(ids)],
      )
      return new Map(rows.map(({ id, ...tallies }) => [id, tallies]))
    },
    similar: (table, text, options) => similarIds(database, codecFor(table).table, text, options),
    search: (table, text, options) => searchIds(database, codecFor(table).table, text, options),
  }
}
