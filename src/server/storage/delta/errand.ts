import type { Transport } from '../../outbound/exchange.ts'
import type { Sign } from './breaker.ts'
import { stopping } from './places.ts'
import type { StatementHttp } from './statement-http.ts'
import type { Place } from './statement-wire.ts'
import type { Statement, WarehouseError } from './warehouse.ts'

/** What running statements needs. */
export interface Means {
  http: StatementHttp
  transport: Transport
  place: Place
  /** Longest one exchange may take to begin its answer. */
  httpTimeoutMs: number
  closing: AbortSignal
}

/** One statement on its way. */
export interface Errand {
  statement: Statement
  /** Milliseconds since the epoch. */
  deadline: number
  /** It is about to be sent, not for the first time perhaps. */
  onTry(): void
  /** What may have arrived is about to be sent again: from here on the outcome of a failure is unknown. */
  onAstray(): void
  sign(sign: Sign): void
}

/**
 * Waits before something is tried again.
 * @throws `failure` instead when the time would be over by then
 */
export async function pause(ms: number, { deadline }: Errand, means: Means, failure: WarehouseError): Promise<void> {
  if (means.transport.now() + ms >= deadline) throw failure
  await nap(ms, means, failure.isOutcomeUnknown)
}

export async function nap(ms: number, { transport, closing }: Means, isOutcomeUnknown: boolean): Promise<void> {
  await transport.sleep(Math.round(ms), closing).catch(() => {
    throw stopping(isOutcomeUnknown)
  })
}
