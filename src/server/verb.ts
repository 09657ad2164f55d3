import type { BodyOf, EndpointName, Endpoints, ParamsOf, QueryOf, ReplyOf } from '../contracts/index.ts'
import type { Actor } from './access/actor.ts'

/** What every act is given: who, when, and under which request. Clock and identity are never ambient. */
export interface Ctx {
  actor: Actor
  /** Milliseconds since the epoch, UTC. */
  now: number
  requestId: string
  /** What the caller named this create by; null when it did not, or for anything but a create. */
  idempotencyKey: string | null
  /** Aborted when the caller has gone or the deadline has passed. */
  signal: AbortSignal
  /** Tells the cache that time alone changes this answer at `at` (milliseconds); the earliest told counts. */
  changesAt(at: number): void
}

export interface Input<N extends EndpointName> {
  params: ParamsOf<Endpoints[N]>
  query: QueryOf<Endpoints[N]>
  body: BodyOf<Endpoints[N]>
}

/** One endpoint's behaviour. Throws `Fault` to refuse. */
export type Verb<N extends EndpointName> = (
  ctx: Ctx,
  input: Input<N>,
) => ReplyOf<Endpoints[N]> | Promise<ReplyOf<Endpoints[N]>>

export type Verbs<N extends EndpointName = EndpointName> = { [K in N]: Verb<K> }
