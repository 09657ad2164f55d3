import { historyOf } from '../ddl.ts'
import { tables } from '../tables.ts'
import type { Wire } from './bulk.ts'
import { isOfOrigin } from './record-sql.ts'
import { type Answer, type Statement, type Warehouse, WarehouseError } from './warehouse.ts'

type Stored = Record<string, Wire> & { committed_at: number }

/**
 * A warehouse in memory, for tests: it does what the statements of this folder mean and understands no SQL. Several
 * instances may share one. That the statements mean this on a real engine is shown by the tests under `tests/warehouse`.
 */
export function createWarehouseDouble() {
  const stored = new Map<string, Stored[]>()
  const rowsOf = (table: string) => {
    const rows = stored.get(table) ?? []
    stored.set(table, rows)
    return rows
  }
  const lease = { holder: '', until: 0 }
  const statements: string[] = []
  /** Microseconds. */
  let clock = Date.UTC(2026, 10, 22) * 1000
  let before: (statement: Statement) => Promise<void> | void = () => undefined
  let after: (statement: Statement) => Promise<void> | void = () => undefined

  const execute = async (statement: Statement): Promise<Answer> => {
    statements.push(statement.name)
    await before(statement)
    const answer = act(statement)
    await after(statement)
    return answer
  }

  const act = (statement: Statement): Answer => {
    const { sql, name } = statement
    const param = (key: string) => statement.params?.[key]?.value ?? null
    const given = () => JSON.parse(param('rows') ?? '[]') as Record<string, Wire>[]
    const table = /(?:INTO|UPDATE|FROM) `?(\w+)`?/.exec(sql)?.[1] ?? ''
    const current = () => rowsOf(table)
    const stamp = (row: Record<string, Wire>): Stored => ({ ...row, committed_at: clock })
    clock += 1
    switch (name) {
      case 'ping':
        return rows([{ one: 1 }])
      case 'keep_versions': {
        const kept = rowsOf(table.replace(/_history$/, '')).filter((row) =>
          given().some((key) => sameVersion(row, key)),
        )
        current().push(...kept)
        return affected(kept.length)
      }
      case 'write_versions': {
        const wanted = given()
        const currentOf = (row: Record<string, Wire>) => current().find(({ id }) => id === row.id)
        const fits = wanted.filter((row) => (currentOf(row)?.version ?? 0) === Number(row.version) - 1)
        if (fits.length < wanted.length) return affected(0)
        for (const row of fits) replace(current(), row, stamp)
        return affected(fits.length)
      }
      case 'find_versions':
        return json([
          ...rowsOf(table).filter((row) => given().some(({ id }) => id === row.id)),
          ...rowsOf(historyOf(table)).filter((row) => given().some((key) => sameVersion(row, key))),
        ])
      case 'put_older_versions':
        current().push(...given().map(stamp))
        return affected(given().length)
      case 'put_versions': {
        const newer = given().filter(
          (row) => !current().some((other) => other.id === row.id && Number(other.version) >= Number(row.version)),
        )
        for (const row of newer) replace(current(), row, stamp)
        return affected(newer.length)
      }
      case 'put_results':
      case 'put_rollups': {
        const keys = name === 'put_results' ? ['check_id', 'measured_at'] : ['subject_kind', 'subject_id', 'day']
        const isSame = (a: Record<string, Wire>, b: Record<string, Wire>) => keys.every((key) => a[key] === b[key])
        for (const row of given()) {
          const at = current().findIndex((other) => isSame(row, other))
          if (at === -1) current().push(stamp(row))
          else if (name === 'put_rollups' && String(current()[at]?.computed_at) <= String(row.computed_at))
            current()[at] = stamp(row)
        }
        return affected(given().length)
      }
      case 'pull':
        return pull(Number(param('at')), Number(param('source')), param('id') ?? '', Number(param('version')), {
          limit: Number(param('limit')),
          resultsFrom: param('results_from') ?? '',
        })
      case 'pull_pasts':
        return json(rowsOf('status_results').filter((row) => String(row.measured_at) < (param('results_from') ?? '')))
      case 'renew_lease': {
        const holder = param('holder') ?? ''
        if (lease.holder !== holder && lease.until >= clock) return affected(0)
        Object.assign(lease, { holder, until: clock + Number(param('seconds')) * 1e6 })
        return affected(1)
      }
      case 'release_lease':
        lease.until = lease.holder === param('holder') ? clock : lease.until
        return affected(1)
      default:
        throw new Error(`The double does not know the statement ${name}`)
    }
  }

  const pull = (
    at: number,
    source: number,
    id: string,
    version: number,
    { limit, resultsFrom }: { limit: number; resultsFrom: string },
  ): Answer => {
    const after = [at, source, id, version]
    const found = sources.flatMap((name, number) =>
      rowsOf(name).flatMap((row) => {
        if (name === 'status_results' && String(row.measured_at) < resultsFrom) return []
        const place =
          name === 'status_results'
            ? [String(row.check_id), Date.parse(String(row.measured_at))]
            : name === 'status_rollups'
              ? [`${row.subject_kind} ${row.subject_id} ${row.day}`, Date.parse(String(row.computed_at))]
              : [String(row.id), Number(row.version)]
        const key = [row.committed_at, number, ...place]
        return compare(key, after) > 0 ? [{ key, row }] : []
      }),
    )
    found.sort((a, b) => compare(a.key, b.key))
    return rows(
      found.slice(0, limit).map(({ key, row }) => ({
        at: Number(key[0]),
        source: Number(key[1]),
        id: String(key[2]),
        version: Number(key[3]),
        row: asJson(row),
      })),
    )
  }

  const gone = () => {
    throw new WarehouseError('unavailable', 'The warehouse could not be reached.', false)
  }

  return {
    warehouse: {
      execute,
      ping: async () => void (await execute({ name: 'ping', sql: 'SELECT 1', isIdempotent: true })),
      get interrupted() {
        return null
      },
    } satisfies Warehouse,
    /** Names of the statements so far. */
    statements,
    rowsOf,
    lease,
    /** Unreachable until the answer is called. */
    interrupt(): () => void {
      before = gone
      return () => {
        before = () => undefined
      }
    },
    /** Called before a statement is done; may throw or wait. */
    onStatement(hook: typeof before) {
      before = hook
    },
    /** Called when it is done and not yet answered. */
    onDone(hook: typeof after) {
      after = hook
    },
    /** Moves its clock. */
    tick(ms: number) {
      clock += ms * 1000
    },
  }
}

export type WarehouseDouble = ReturnType<typeof createWarehouseDouble>

const sources = [
  ...Object.values(tables).flatMap(({ name }) => [name, historyOf(name)]),
  'status_results',
  'status_rollups',
]

function replace(current: Stored[], row: Record<string, Wire>, stamp: (row: Record<string, Wire>) => Stored): void {
  const at = current.findIndex(({ id }) => id === row.id)
  const before = current[at]
  if (before === undefined) current.push(stamp(row))
  else {
    const origin = Object.fromEntries(Object.entries(before).filter(([name]) => isOfOrigin(name)))
    current[at] = stamp({ ...row, ...origin })
  }
}

const sameVersion = (a: Record<string, Wire>, b: Record<string, Wire>) => a.id === b.id && a.version === b.version

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (const [i, left] of a.entries()) {
    const right = b[i] ?? ''
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}

const rows = (found: Answer['rows']): Answer => ({ rows: found, affected: null, isTruncated: false })
const affected = (count: number): Answer => ({ rows: [], affected: count, isTruncated: false })
const json = (found: readonly Stored[]): Answer => rows(found.map((row) => ({ row: asJson(row) })))

/** Without what is null, as the engine writes it. */
const asJson = ({ committed_at, ...row }: Stored) =>
  JSON.stringify(Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)))
