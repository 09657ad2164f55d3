import { invalid } from '../../fault.ts'
import { quoted, searchOf } from '../ddl.ts'
import { countsOf, sortedOf } from '../derived.ts'
import type { Codec } from './codec.ts'
import type { Database, SqlParams, SqlValue } from './database.ts'
import { type Keyset, type OrderTerm, type Page, readPage } from './page.ts'
import { isFound, matchOf } from './search.ts'

export interface ListQuery {
  /** On the table's own columns; deleted records are left out beside it. */
  where?: string
  /** The same said so that one row after another can be asked; used where most rows fit. */
  probe?: string
  params?: SqlParams
  /** Newest first unless said; the id always decides last. */
  order?: readonly OrderTerm[]
  limit: number
  cursor?: string | undefined
  /** `where` is about counted columns only, so the total comes from the counts. */
  isCounted?: boolean
  /** How many there are, where the caller can tell by less than counting them. */
  total?: number
  /**
   * Only what matches this text, see `matchOf`. Unless an order is said: first where every word is in the column that
   * search covers best, newest first. That depends on the row alone, so pages hold while others write.
   */
  match?: string
}

const NEWEST_FIRST: readonly OrderTerm[] = [{ column: 'created_at', direction: 'desc' }]

type Raw = Record<string, unknown>

/** One page of a table's live rows, by the way that reads least for as many as there are. */
export function listPage(database: Database, codec: Codec, query: ListQuery): Page<Raw> {
  const total = query.total ?? countRows(database, codec, query)
  const match = query.match === undefined ? undefined : matchOf(query.match)
  // With a cursor it is looked at all the same, so that a wrong one is told.
  if (match === null || (total === 0 && query.cursor === undefined)) return { rows: [], next_cursor: null, total: 0 }
  return match !== undefined && query.order === undefined
    ? rankedPage(database, codec, query, match, total)
    : onePage(database, codec, query, match, total)
}

/** How many live rows fit. */
export function countRows(database: Database, { table }: Codec, query: Omit<ListQuery, 'limit'>): number {
  const { where = 'true', params = {}, isCounted = false } = query
  const match = query.match === undefined ? undefined : matchOf(query.match)
  if (match === null) return 0
  const count = (sql: string, given: SqlParams) => database.get<{ n: number }>(sql, given)?.n ?? 0
  if (isCounted)
    return count(`SELECT coalesce(sum(n), 0) AS n FROM ${quoted(countsOf(table.name))} WHERE ${where}`, params)
  const from = `FROM ${quoted(table.name)} WHERE is_deleted = 0 AND (${where})`
  if (match === undefined) return count(`SELECT count(*) AS n ${from}`, params)
  const fts = quoted(searchOf(table.name))
  // The search index holds live rows only.
  if (where === 'true') return count(`SELECT count(*) AS n FROM ${fts} WHERE ${fts} MATCH :match`, { match })
  // The words first: what else is asked for is looked at only where they are.
  const sql = `SELECT count(*) AS n FROM ${fts} CROSS JOIN ${quoted(table.name)} ON seq = ${fts}.rowid WHERE ${fts} MATCH :match`
  return count(`${sql} AND is_deleted = 0 AND (${where})`, { ...named(params), match })
}

/** Where every word is in the best column, then the rest. The cursor begins with which of the two it is in. */
function rankedPage(database: Database, codec: Codec, query: ListQuery, match: string, total: number): Page<Raw> {
  const { name, search = [] } = codec.table
  const best = `{${search[0] ?? ''}} : (${match})`
  const [, tier = '0', rest = ''] = /^([01])(.*)$/s.exec(query.cursor ?? '0') ?? []
  if (query.cursor !== undefined && !/^[01]/.test(query.cursor))
    throw invalid({ 'query.cursor': 'is not a cursor of this list' })
  const inBest = isFound(name).replace(':match', ':best')
  const params = { ...named(query.params ?? {}), best }
  const bestTotal = countRows(database, codec, { where: `(${query.where ?? 'true'}) AND ${inBest}`, params })
  const tiers = [
    { where: inBest, total: bestTotal, match: undefined },
    { where: `NOT ${inBest}`, total: total - bestTotal, match },
  ]
  const rows: Raw[] = []
  let next: string | null = null
  for (const [i, one] of tiers.entries()) {
    const inner = i === Number(tier) && rest !== '' ? rest : undefined
    if (i < Number(tier) || (one.total === 0 && inner === undefined)) continue
    if (rows.length === query.limit) {
      next = String(i)
      break
    }
    const page = onePage(
      database,
      codec,
      {
        where: `(${query.where ?? 'true'}) AND ${one.where}`,
        probe: `(${query.probe ?? query.where ?? 'true'}) AND ${one.where}`,
        params,
        limit: query.limit - rows.length,
        cursor: inner,
      },
      one.match,
      one.total,
    )
    rows.push(...page.rows)
    if (page.next_cursor !== null) {
      next = `${i}${page.next_cursor}`
      break
    }
  }
  return { rows, next_cursor: next, total }
}

function onePage(
  database: Database,
  codec: Codec,
  { where = 'true', probe = where, params = {}, order = NEWEST_FIRST, limit, cursor }: ListQuery,
  match: string | undefined,
  total: number,
): Page<Raw> {
  const { name } = codec.table
  const index = sortIndexOf(database, codec, order, limit, total)
  const found = match === undefined ? '' : ` AND ${isFound(name)}`
  const list: Keyset = {
    select: index === null ? codec.selectTallied : `${codec.selectTallied} INDEXED BY ${quoted(index)}`,
    from: quoted(name),
    columns: codec.sortable,
    where: `is_deleted = 0 AND (${index === null ? where : probe})${found}`,
    params: match === undefined ? params : { ...named(params), match },
    order: order.some(({ column }) => column === 'id')
      ? order
      : [...order, { column: 'id', direction: order.at(-1)?.direction ?? 'desc' }],
    limit,
    cursor,
    total,
    isSorted: codec.table.counted !== undefined && index === null,
  }
  return readPage(database, list)
}

/**
 * The index that has the rows in the order asked for, when walking it until the page is full reads fewer rows than
 * taking all that fit and sorting them. Of n rows, t of which fit, a walk looks at about limit * n / t.
 */
function sortIndexOf(
  database: Database,
  { table }: Codec,
  order: readonly OrderTerm[],
  limit: number,
  total: number,
): string | null {
  const [first] = order
  if (table.counted === undefined || first === undefined || !(table.sorted ?? []).includes(first.column)) return null
  const all = database.get<{ n: number | null }>(`SELECT sum(n) AS n FROM ${quoted(countsOf(table.name))}`)?.n ?? 0
  return total * total > limit * all ? sortedOf(table.name, first.column) : null
}

const named = (params: SqlParams): Record<string, SqlValue> => {
  if (Array.isArray(params) && params.length > 0) throw new Error('A list with a text names its parameters')
  return { ...params } as Record<string, SqlValue> // Not a list, as just checked.
}
