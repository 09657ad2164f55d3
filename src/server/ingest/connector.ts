import type { ConnectorName, SourceOf } from '../../contracts/sources.ts'
import type { StatusCheck } from '../../contracts/status.ts'
import type { Observation } from '../storage/journal.ts'

/** What a connector found out about one check; the run adds when it was measured and by which run. */
export type Reading = Omit<Observation, 'check_id' | 'measured_at' | 'run_id'>

export interface CheckToPoll<N extends ConnectorName = ConnectorName> {
  id: string
  kind: StatusCheck['kind']
  source: SourceOf<N>
}

export interface PollContext {
  /** Milliseconds since the epoch. */
  now: number
  signal: AbortSignal
}

/**
 * Pulls facts from one kind of system, outside any request.
 *
 * `poll` answers one reading per check, by check id. It never throws for a single check: what could not be measured is a
 * reading with outcome `error` and a message without secrets. It throws only when the source as a whole cannot be asked
 * (no credentials, token refused), which fails the run.
 */
export interface Connector<N extends ConnectorName = ConnectorName> {
  name: N
  poll(checks: readonly CheckToPoll<N>[], context: PollContext): Promise<Map<string, Reading>>
}
