import { randomUUID } from 'node:crypto'

/** The server under `tests/warehouse/server`, started by `npm run test:warehouse`. */
const url = process.env.WAREHOUSE_TEST_URL ?? ''

export type FaultKind =
  /** Answers late, by `ms`. */
  | 'slow'
  /** Says PENDING for so many `polls`. */
  | 'pending'
  /** Answers so many `rows` at a time. */
  | 'chunked'
  /** Refuses, and asks to come again in so many `seconds`. */
  | 'reject-429'
  | 'reject-503'
  /** Fails with SQLSTATE 2D521 without running. */
  | 'conflict'
  /** The connection is reset before the statement runs, or after. */
  | 'drop-before'
  | 'drop-after'
  /** Accepted, and ended before it ran, or after. */
  | 'kill'
  | 'kill-after'

export interface EngineFault {
  kind: FaultKind
  schema: string
  /** Only statements of this name; any unless given. */
  statement?: string
  /** How many statements; one unless given. */
  count?: number
  ms?: number
  polls?: number
  rows?: number
  seconds?: number
}

async function control<T>(what: string, body: unknown): Promise<T> {
  const answer = await fetch(`${url}/control/${what}`, { method: 'POST', body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`The engine answered ${answer.status}`)
  return (await answer.json()) as T
}

export const engine = {
  url,
  /** A schema that nobody else uses. */
  async newSchema(): Promise<string> {
    const name = `t_${randomUUID().replaceAll('-', '')}`
    await control('schema', { name })
    return name
  },
  dropSchema: (name: string) => control('drop', { name }),
  fault: (fault: EngineFault) => control('fault', fault),
  /** Resets every connection that asks about this schema. */
  die: (schema: string) => control('dead', { schema }),
  /** Nothing goes wrong any more. */
  lift: () => control('lift', {}),
  /** Names of the statements that arrived for this schema, answered or not. */
  async statements(schema: string): Promise<(string | null)[]> {
    const { statements } = await control<{ statements: { name: string | null }[] }>('log', { schema })
    return statements.map(({ name }) => name)
  },
}
