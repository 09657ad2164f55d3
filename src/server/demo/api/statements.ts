import { randomUUID } from 'node:crypto'
import { warehouseIdOf } from '../estate.ts'
import { runSql } from '../wire/sql.ts'
import { asChunk, asPending, asStatement, type Outcome, unavailable } from '../wire/statements.ts'
import { databricksError, invalidParameter } from './databricks-error.ts'
import { type Asked, type Reply, thingsOf, type World } from './exchange.ts'

/** Results are kept for an hour, and no more of them than this. */
const KEPT_MS = 3_600_000
const KEPT_MAX = 500

interface Kept {
  outcome: Outcome
  at: number
}

/** `/api/2.0/sql/statements` and what hangs below it. */
export function createStatements(world: () => World) {
  const kept = new Map<string, Kept>()

  function submit({ body, at }: Asked): Reply {
    const wanted = parse(body)
    if (wanted === null) return databricksError(400, 'MALFORMED_REQUEST', 'Could not parse request object.')
    const problem = problemOf(wanted)
    if (problem !== null) return invalidParameter(problem)
    const { story } = world()
    if (!thingsOf(world(), 'warehouse').some(({ key }) => warehouseIdOf(key) === wanted.warehouse_id))
      return databricksError(404, 'RESOURCE_DOES_NOT_EXIST', `SQL warehouse ${wanted.warehouse_id} does not exist`)
    const isBlind = story.blindAt('table', at) !== null
    const outcome = isBlind ? unavailable : runSql(story, thingsOf(world(), 'table'), String(wanted.statement), at)
    const id = randomUUID()
    forgetOld(kept, at)
    kept.set(id, { outcome, at })
    return { status: 200, json: wanted.wait_timeout === '0s' ? asPending(id) : asStatement(id, outcome) }
  }

  return {
    answer(asked: Asked, id: string | null, below: string | null): Reply {
      if (id === null) return asked.method === 'POST' ? submit(asked) : notAllowed
      const statement = kept.get(id)
      if (statement === undefined || asked.at - statement.at > KEPT_MS)
        return databricksError(404, 'RESOURCE_DOES_NOT_EXIST', `The statement ${id} was not found.`)
      if (below === '/cancel') return asked.method === 'POST' ? { status: 200, json: {} } : notAllowed
      if (asked.method !== 'GET') return notAllowed
      if (below === null) return { status: 200, json: asStatement(id, statement.outcome) }
      return below.endsWith('/0') && statement.outcome.state === 'SUCCEEDED'
        ? { status: 200, json: asChunk(statement.outcome) }
        : invalidParameter('There is no such chunk.')
    },
  }
}

export type Statements = ReturnType<typeof createStatements>

const notAllowed = databricksError(405, 'METHOD_NOT_ALLOWED', 'The method is not allowed here.')

function parse(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null // An object, as just seen.
  } catch {
    return null
  }
}

function problemOf(wanted: Record<string, unknown>): string | null {
  if (typeof wanted.statement !== 'string' || wanted.statement.trim() === '') return 'statement must be specified'
  if (typeof wanted.warehouse_id !== 'string') return 'warehouse_id must be specified'
  if (!['JSON_ARRAY', undefined].includes(wanted.format as string | undefined))
    return 'INLINE disposition supports only the JSON_ARRAY format'
  const seconds = /^(\d{1,3})s$/.exec(String(wanted.wait_timeout ?? '10s'))?.[1]
  if (seconds === undefined || (seconds !== '0' && (Number(seconds) < 5 || Number(seconds) > 50)))
    return 'wait_timeout must be 0s, or between 5s and 50s'
  return null
}

function forgetOld(kept: Map<string, Kept>, at: number): void {
  for (const [id, statement] of kept) {
    if (kept.size < KEPT_MAX && at - statement.at <= KEPT_MS) return
    kept.delete(id)
  }
}
