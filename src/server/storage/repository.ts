import { LIMIT_DEFAULT, type Page } from '../../contracts/primitives.ts'
import { Fault } from '../fault.ts'
import { idOf, newId } from './ids.ts'
import type { Journal } from './journal.ts'
import type { SqlParams, SqlValue } from './local/database.ts'
import type { Local } from './local/open.ts'
import { type Doing, provenanceOf } from './provenance.ts'
import { fieldsOf } from './record.ts'
import type { VersionFields } from './table.ts'
import { type Records, type RecordTopic, type RowOf, tables } from './tables.ts'

type Hidden = Exclude<keyof VersionFields, 'id' | 'version' | 'created_at' | 'created_by' | 'updated_at' | 'updated_by'>

/** A record as it crosses the wire: without what only the journal needs. */
export type RecordOf<N extends RecordTopic> = Omit<RowOf<N>, Hidden>

export interface Limits {
  limit?: number
  cursor?: string
}

/** The parts of a `where`, with their parameters; parts that do not apply are `null`. */
export type Condition = {
  sql: string
  params?: Record<string, SqlValue>
  /** The same for asking one row after another, where that is said otherwise. */
  probe?: string
} | null

/** What every feature's store does with a table of records; its own SQL goes beside it. */
export interface Repository<N extends RecordTopic> {
  /** Null when it is not there or deleted. */
  find(id: string): RecordOf<N> | null
  /** Also a deleted one: what a record with a natural key is made again on top of. */
  version(id: string): { version: number; is_deleted: boolean } | null
  /** `tail` follows `WHERE is_deleted = 0`. */
  all(tail?: string, params?: SqlParams): RecordOf<N>[]
  /** Newest first. */
  page(limits: Limits, ...conditions: Condition[]): Page<RecordOf<N>>
  create(
    doing: Doing,
    action: string,
    fields: Records[N],
    natural?: { id: string; expectedVersion: number },
  ): Promise<RecordOf<N>>
  /** Whether this create was done before, under the same key: what is taken is then taken by itself. */
  isRepeated(doing: Doing): boolean
  /** A change that changes nothing makes no version. */
  update(
    doing: Doing,
    action: string,
    current: { id: string; version: number },
    changes: Partial<Records[N]>,
  ): Promise<RecordOf<N>>
  remove(doing: Doing, action: string, current: { id: string; version: number }): Promise<RecordOf<N>>
}

export function createRepository<N extends RecordTopic>(table: N, local: Local, journal: Journal): Repository<N> {
  const recordOf = (row: RowOf<N>): RecordOf<N> => {
    const { is_deleted, action, request_id, actor, ...record } = row
    return record
  }
  const save = async (
    doing: Doing,
    action: string,
    id: string,
    expectedVersion: number,
    fields: Records[N],
    isDeleted = false,
  ) => {
    await journal.commit(
      [{ table, id, expectedVersion, fields: { ...fields }, isDeleted }],
      provenanceOf(doing, action),
    )
    return recordOf(currentRow(id))
  }
  const idFromKey = ({ actor, idempotencyKey }: Doing) =>
    typeof idempotencyKey === 'string' ? idOf('create', table, actor.id, idempotencyKey) : null
  const currentRow = (id: string): RowOf<N> => {
    const row = local.row(table, id)
    if (row === undefined) throw new Error(`${table} ${id} was read or written a moment ago and is not there`)
    return row
  }

  return {
    find(id) {
      const row = local.row(table, id)
      return row === undefined || row.is_deleted ? null : recordOf(row)
    },
    version(id) {
      const row = local.row(table, id)
      return row === undefined ? null : { version: row.version, is_deleted: row.is_deleted }
    },
    all: (tail = '', params = []) => local.rows(table, `WHERE is_deleted = 0 ${tail}`, params).map(recordOf),
    page({ limit = LIMIT_DEFAULT, cursor }, ...conditions) {
      const { rows, ...rest } = local.page({ table, ...together(conditions), limit, cursor })
      return { items: rows.map(recordOf), ...rest }
    },
    async create(doing, action, fields, natural) {
      if (natural !== undefined) return save(doing, action, natural.id, natural.expectedVersion, fields)
      const id = idFromKey(doing)
      if (id === null) return save(doing, action, newId(doing.now), 0, fields)
      const before = () => local.history(table, id)[0]
      const first = before()
      if (first !== undefined) return recordOf(sameCreate(table, first, fields))
      return save(doing, action, id, 0, fields).catch((error: unknown) => {
        // Another instance did this create; what it made came here with the conflict.
        const made = before()
        if (made === undefined) throw error
        return recordOf(sameCreate(table, made, fields))
      })
    },
    isRepeated(doing) {
      const id = idFromKey(doing)
      return id !== null && local.row(table, id) !== undefined
    },
    async update(doing, action, current, changes) {
      const before = fieldsOf(table, currentRow(current.id))
      const after = { ...before, ...changes }
      if (JSON.stringify(before) === JSON.stringify(after)) return recordOf(currentRow(current.id))
      return save(doing, action, current.id, current.version, after)
    },
    remove: async (doing, action, current) =>
      save(doing, action, current.id, current.version, fieldsOf(table, currentRow(current.id)), true),
  }
}

/** The first version again, if it is what is asked for; times that the portal set itself may differ. */
function sameCreate<N extends RecordTopic>(table: N, first: RowOf<N>, fields: Records[N]): RowOf<N> {
  const columns: Record<string, { type: string }> = tables[table].columns
  const told = (record: Records[N]) =>
    JSON.stringify(
      Object.keys(columns).map((name) => columns[name]?.type !== 'instant' && record[name as keyof Records[N]]),
    ) // The columns are its keys.
  if (told(fieldsOf(table, first)) === told(fields)) return first
  throw new Fault('idempotency_mismatch', 'This Idempotency-Key was used for something else. Take a new one.')
}

/** All of these conditions at once. */
export function together(conditions: readonly Condition[]): {
  where: string
  probe: string
  params: Record<string, SqlValue>
} {
  const applying = conditions.filter((condition) => condition !== null)
  return {
    where: applying.map(({ sql }) => `(${sql})`).join(' AND ') || 'true',
    probe: applying.map(({ sql, probe = sql }) => `(${probe})`).join(' AND ') || 'true',
    params: Object.assign({}, ...applying.map(({ params }) => params ?? {})),
  }
}

/** Rows whose column holds one of these; `all` is no condition. */
export const among = (column: string, values: 'all' | readonly string[], name = 'among'): Condition =>
  values === 'all'
    ? null
    : { sql: `${column} IN (SELECT value FROM json_each(:${name}))`, params: { [name]: JSON.stringify(values) } }

/** Rows whose column equals the value, when one was asked for. */
export const equals = (column: string, value: SqlValue | undefined): Condition =>
  value === undefined ? null : { sql: `${column} = :${column}`, params: { [column]: value } }
