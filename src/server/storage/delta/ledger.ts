import { Fault, versionConflict } from '../../fault.ts'
import type { Change, Observation, Provenance } from '../journal.ts'
import type { Ledger } from '../ledger.ts'
import type { RowVersion } from '../local/commit.ts'
import type { RollupDay } from '../local/rollups.ts'
import { statusResults, statusRollups } from '../series.ts'
import type { Row, Table } from '../table.ts'
import type { RecordTopic } from '../tables.ts'
import { bulkParam, fromWire, inBulks, toWire } from './bulk.ts'
import { Overtaken } from './overtaken.ts'
import { isOfOrigin, keyColumns, recordSql } from './record-sql.ts'
import { putResultsSql, putRollupsSql } from './series-sql.ts'
import { createTail, type Pulled } from './tail.ts'
import { inTurns } from './turns.ts'
import { type Answer, type Statement, type Warehouse, WarehouseError } from './warehouse.ts'

/** Delta tables behind a SQL warehouse as the system of record. */
export type DeltaLedger = Extract<Ledger, { keepsLocalStore: false }> & {
  /** Everything that came after the cursor, of records and of time series; the cursor stays when that is nothing. */
  pull(cursor: string | null, limit: number): Promise<Pulled>
  /** What a check's state follows from, from before the window of observations that is pulled. */
  pullPasts(): Promise<Observation[]>
  /** Versions that were decided here, by the only instance that makes them. Repeating it changes nothing. */
  put(versions: readonly RowVersion[]): Promise<void>
  /** Versions of one table of which it is known which are the current ones. Repeating it changes nothing. */
  place(table: RecordTopic, versions: { older: readonly Row[]; current: readonly Row[] }): Promise<void>
  /** Replaces these days. */
  putRollups(days: readonly RollupDay[]): Promise<void>
}

export interface DeltaLedgerOptions {
  tables: Readonly<Record<string, Table>>
  /** Observations before this instant are not pulled; what is asked at each pull. */
  resultsFrom: () => string
  /** How far behind the newest row known a pull begins, for what was committed out of order. */
  overlapMs: number
}

const ROWS_MAX = 5000

export function createDeltaLedger(warehouse: Warehouse, options: DeltaLedgerOptions): DeltaLedger {
  const sql = new Map(Object.values(options.tables).map((table) => [table.name as string, recordSql(table)]))
  const sqlOf = (table: string) => {
    const found = sql.get(table)
    if (found === undefined) throw new Error(`There is no table ${table}`)
    return found
  }
  const tail = createTail(warehouse, options)
  const turns = inTurns()

  const run = async (statement: Statement): Promise<Answer> => {
    try {
      return await warehouse.execute(statement)
    } catch (error) {
      throw unavailable(error)
    }
  }

  /** The current versions of these records, and those of them that are wanted, wherever they are now. */
  const find = async (table: string, wanted: readonly Row[], requestId: string): Promise<Row[]> => {
    const { rows } = await run({
      name: 'find_versions',
      sql: sqlOf(table).find,
      params: { rows: bulkParam(wanted.map((row) => toWire(keyColumns, row))) },
      isIdempotent: true,
      requestId,
    })
    // A row has every column of its table: the query lists them.
    return rows.map(({ row }) => fromWire(sqlOf(table).columns, JSON.parse(String(row))) as unknown as Row)
  }

  /** Nothing was changed: because all of it is there already, after an answer that was lost, or somebody was first. */
  const settle = async (table: RecordTopic, wanted: readonly Row[], requestId: string): Promise<void> => {
    const found = await find(table, wanted, requestId)
    if (wanted.every((row) => found.some((other) => isSame(row, other)))) return
    const newest = wanted.map((row) => newestOf(found.filter(({ id }) => id === row.id)))
    const at = wanted.findIndex((row, i) => (newest[i]?.version ?? 0) !== row.version - 1)
    if (at === -1) throw busy()
    throw overtaken(table, newest[at], options.tables[table], found)
  }

  const write = async (table: RecordTopic, wanted: readonly Row[], requestId: string): Promise<void> => {
    const { keep, write, writeAll, columns } = sqlOf(table)
    const before = wanted.filter(({ version }) => version > 1)
    if (before.length > 0) {
      const keys = before.map(({ id, version }) => ({ id, version: version - 1 }))
      const { affected } = await run({
        name: 'keep_versions',
        sql: keep,
        params: { rows: bulkParam(keys) },
        isIdempotent: true,
        requestId,
      })
      if (affected !== null && affected < before.length) return settle(table, wanted, requestId)
    }
    try {
      const { affected } = await warehouse.execute({
        name: 'write_versions',
        sql: wanted.length === 1 ? write : writeAll,
        params: { rows: bulkParam(wanted.map((row) => toWire(columns, row))) },
        // It writes only where the version before is current, so a second run finds nothing to do.
        isIdempotent: true,
        requestId,
      })
      if ((affected ?? 0) < wanted.length) await settle(table, wanted, requestId)
    } catch (error) {
      if (!(error instanceof WarehouseError)) throw error
      if (error.kind === 'conflict') return settle(table, wanted, requestId)
      throw unavailable(error)
    }
  }

  const place: DeltaLedger['place'] = async (table, { older, current }) => {
    const { put, putOlder, columns } = sqlOf(table)
    const send = async (name: string, text: string, rows: readonly Row[]) => {
      for (const bulk of inBulks(rows, ROWS_MAX)) {
        await run({
          name,
          sql: text,
          params: { rows: bulkParam(bulk.map((row) => toWire(columns, row))) },
          isIdempotent: true,
        })
      }
    }
    await send('put_older_versions', putOlder, older)
    await send('put_versions', put, current)
  }

  return {
    keepsLocalStore: false,
    async append(changes, provenance) {
      const table = oneTable(changes)
      if (table === null) return
      await turns(
        changes.map(({ id }) => `${table} ${id}`),
        () =>
          write(
            table,
            changes.map((change) => nextVersion(change, provenance)),
            provenance.requestId,
          ),
      )
    },
    async observe(observations) {
      for (const bulk of inBulks(firstOfEach(observations), ROWS_MAX)) {
        const times = bulk.map(({ measured_at }) => measured_at).sort()
        await run({
          name: 'put_results',
          sql: putResultsSql,
          params: {
            rows: bulkParam(bulk.map((one) => toWire(statusResults.columns, { ...one }))),
            from: { type: 'TIMESTAMP', value: times[0] ?? null },
            to: { type: 'TIMESTAMP', value: times.at(-1) ?? null },
          },
          isIdempotent: true,
        })
      }
    },
    async put(versions) {
      for (const [table, of] of Map.groupBy(versions, ({ table }) => table)) {
        const rows = of.map(({ row }) => row)
        const newest = new Set([...Map.groupBy(rows, ({ id }) => id).values()].map(newestOf))
        await place(table, {
          older: rows.filter((row) => !newest.has(row)),
          current: rows.filter((row) => newest.has(row)),
        })
      }
    },
    place,
    async putRollups(days) {
      for (const bulk of inBulks(days, ROWS_MAX)) {
        await run({
          name: 'put_rollups',
          sql: putRollupsSql,
          params: { rows: bulkParam(bulk.map((day) => toWire(statusRollups.columns, { ...day }))) },
          isIdempotent: true,
        })
      }
    },
    pull: (cursor, limit) => orUnavailable(tail.pull(cursor, limit)),
    pullPasts: () => orUnavailable(tail.pullPasts()),
    async readAfter(cursor, limit) {
      let at = cursor
      for (;;) {
        const pulled = await orUnavailable(tail.pull(at, limit))
        if (pulled.versions.length > 0 || pulled.isEnd) return { versions: pulled.versions, cursor: pulled.cursor }
        at = pulled.cursor
      }
    },
    ping: () => orUnavailable(warehouse.ping()),
  }
}

const orUnavailable = <T>(promise: Promise<T>): Promise<T> =>
  promise.catch((error: unknown) => {
    throw unavailable(error)
  })

/** Delta commits one table at a time, so a commit that is all or nothing has one. */
function oneTable(changes: readonly Change[]): RecordTopic | null {
  const [first] = changes
  if (first === undefined) return null
  if (changes.some(({ table }) => table !== first.table)) throw new Error('A commit changes records of one table')
  return first.table
}

/** As it will be, but for where it came from when it is not new. */
const nextVersion = (change: Change, provenance: Provenance): Row => {
  const at = new Date(provenance.at).toISOString()
  return {
    ...change.fields,
    id: change.id,
    version: change.expectedVersion + 1,
    created_at: at,
    created_by: provenance.by,
    updated_at: at,
    updated_by: provenance.by,
    is_deleted: change.isDeleted ?? false,
    action: provenance.action,
    request_id: provenance.requestId,
    actor: provenance.actor,
  }
}

/** A MERGE compares with what was there before it, not with its own other rows. */
const firstOfEach = (observations: readonly Observation[]): Observation[] => {
  const first = new Map<string, Observation>()
  for (const one of observations) {
    const key = `${one.check_id} ${one.measured_at}`
    if (!first.has(key)) first.set(key, one)
  }
  return [...first.values()]
}

const isSame = (wanted: Row, found: Row): boolean =>
  Object.entries(wanted).every(
    ([name, value]) => isOfOrigin(name) || JSON.stringify(value ?? null) === JSON.stringify(found[name] ?? null),
  )

const newestOf = (rows: readonly Row[]): Row | undefined =>
  rows.reduce<Row | undefined>(
    (best, row) => (best === undefined || row.version > best.version ? row : best),
    undefined,
  )

function overtaken(
  table: RecordTopic,
  current: Row | undefined,
  definition: Table | undefined,
  found: readonly Row[],
): Fault {
  const cause = new Overtaken(found.map((row) => ({ table, row })))
  if (current === undefined)
    return new Fault('version_conflict', 'This record does not exist any more. Look at the list again.', {
      details: { current_version: 0, current: null },
      cause,
    })
  const shown = Object.fromEntries(Object.entries(current).filter(([name]) => !definition?.columns[name]?.secret))
  const { message, details } = versionConflict({ version: current.version, ...shown })
  return new Fault('version_conflict', message, { ...(details === undefined ? {} : { details }), cause })
}

const RETRY_AFTER_SECONDS = 5

const busy = () =>
  new Fault('warehouse_unavailable', 'Too many save this at once; nothing was changed. Try again shortly.', {
    retryAfterSeconds: 1,
  })

function unavailable(error: unknown): unknown {
  if (!(error instanceof WarehouseError)) return error
  const message = error.isOutcomeUnknown
    ? 'The warehouse stopped answering; it is not known whether this was saved. Look again before you repeat it.'
    : 'Nothing can be saved just now; nothing was changed. Try again shortly.'
  return new Fault('warehouse_unavailable', message, {
    retryAfterSeconds: error.details.retryAfterSeconds ?? RETRY_AFTER_SECONDS,
    cause: error,
  })
}
