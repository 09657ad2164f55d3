import { type Transport, transportWith } from '../../outbound/exchange.ts'
import type { Tokens } from '../../outbound/oauth.ts'
import { admit, afterSign, type Breaker, CLOSED, interruption, PAUSE_MS, type Sign } from './breaker.ts'
import type { Means } from './errand.ts'
import { createPlaces, type Places } from './places.ts'
import { createStatementHttp } from './statement-http.ts'
import { run } from './statement-run.ts'
import type { Place } from './statement-wire.ts'
import { type Answer, type Statement, type Warehouse, WarehouseError, type WarehouseFailure } from './warehouse.ts'

/** Longest wait for a place; past it the warehouse is too slow for what is asked of it. */
export const PLACE_WAIT_MS_MAX = 10_000

export interface WarehouseSettings {
  /** A whole statement that names no time of its own. */
  timeoutMs: number
  /** One exchange over HTTP. */
  httpTimeoutMs: number
  /** Statements at once. */
  concurrency: number
}

/** How a statement ended; one per `execute`, those that were never sent (`tries: 0`) included. */
export interface StatementEnd {
  name: string
  outcome: 'ok' | WarehouseFailure
  durationMs: number
  tries: number
}

export interface WarehouseOptions extends Place {
  /** With its scheme. */
  host: string
  tokens: Tokens
  settings: WarehouseSettings
  transport?: Partial<Transport>
  onStatement?(end: StatementEnd): void
}

export interface WarehouseClient extends Warehouse {
  readonly load: Places['load']
  /** Ends what is in flight, and waits for nothing. */
  close(): void
}

/** The warehouse over its REST API. Nothing is sent that nobody asked for: no timer, no probe of its own. */
export function createWarehouse(options: WarehouseOptions): WarehouseClient {
  const { settings, host, tokens, onStatement } = options
  const transport = transportWith(options.transport ?? {})
  const places = createPlaces(settings.concurrency, transport.sleep)
  const closing = new AbortController()
  const means: Means = {
    http: createStatementHttp({ host, tokens, closing: closing.signal }, transport),
    transport,
    place: options,
    httpTimeoutMs: settings.httpTimeoutMs,
    closing: closing.signal,
  }
  let breaker: Breaker = CLOSED

  const execute = async (statement: Statement): Promise<Answer> => {
    const begunAt = transport.now()
    const deadline = begunAt + (statement.timeoutMs ?? settings.timeoutMs)
    let tries = 0
    let outcome: StatementEnd['outcome'] = 'failed'
    try {
      const interrupted = interruption(breaker, begunAt)
      if (interrupted !== null) throw untilLater(interrupted.until - begunAt)
      const leave = await places.enter(statement.isBackground ?? false, Math.min(PLACE_WAIT_MS_MAX, deadline - begunAt))
      try {
        const answer = await runAdmitted(statement, deadline, () => tries++)
        outcome = 'ok'
        return answer
      } finally {
        leave()
      }
    } catch (error) {
      if (error instanceof WarehouseError) outcome = error.kind
      throw error
    } finally {
      onStatement?.({ name: statement.name, outcome, durationMs: transport.now() - begunAt, tries })
    }
  }

  /** Admitted only in its place, because the warehouse may have died while it waited for that. */
  const runAdmitted = async (statement: Statement, deadline: number, onTry: () => void): Promise<Answer> => {
    const admitted = admit(breaker, transport.now())
    if (admitted === null) throw untilLater(PAUSE_MS)
    breaker = admitted.breaker
    const sign = (sign: Sign) => {
      breaker = afterSign(breaker, sign, admitted.isProbe, transport.now())
    }
    try {
      const answer = await run({ statement, deadline, onTry, sign }, means)
      sign('answered')
      return answer
    } catch (error) {
      if (error instanceof WarehouseError && error.kind !== 'unavailable') sign('answered')
      throw error
    }
  }

  return {
    execute,
    async ping() {
      await execute({ name: 'ping', sql: 'SELECT 1 AS one', isIdempotent: true })
    },
    get interrupted() {
      return interruption(breaker, transport.now())
    },
    get load() {
      return places.load
    },
    close() {
      places.close()
      closing.abort()
    },
  }
}

const untilLater = (ms: number) =>
  new WarehouseError('unavailable', 'The warehouse is not asked just now, because it did not answer.', false, {
    retryAfterSeconds: Math.max(1, Math.ceil(ms / 1000)),
  })
