import * as Type from 'typebox'
import { endpointTable } from './endpoint.ts'
import { closed, Instant, oneOf } from './primitives.ts'

export const componentStates = ['ok', 'degraded', 'down'] as const
export const componentReasons = [
  'timeout',
  'unreachable',
  'auth_failed',
  'stale',
  'never_ran',
  'failing',
  'draining',
] as const

/**
 * On answers from a copy of the system of record: `current`, or, when the copy may be behind, the instant (ISO 8601) at
 * which what is answered was so. Always there, because a 304 that left it out would leave the old one standing.
 */
export const AS_OF_HEADER = 'lakeport-as-of'

export const Healthz = closed({ status: Type.Literal('ok'), version: Type.String({ maxLength: 64 }) })
export const Readyz = closed({
  status: oneOf(componentStates),
  components: Type.Array(
    closed({
      name: Type.String({ maxLength: 64 }),
      status: oneOf(componentStates),
      latency_ms: Type.Number({ minimum: 0 }),
      checked_at: Instant,
      reason: Type.Optional(oneOf(componentReasons)),
    }),
    { maxItems: 50 },
  ),
})
export type Readyz = Type.Static<typeof Readyz>

/** One event of the stream: the revision reached and the topics that changed on the way. */
export const StreamEvent = closed({
  revision: Type.Integer({ minimum: 0 }),
  topics: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 50 }),
})
export type StreamEvent = Type.Static<typeof StreamEvent>

export const operationsEndpoints = endpointTable({
  healthz: {
    method: 'GET',
    path: '/api/v1/healthz',
    permission: 'public',
    summary: 'The process is alive',
    reply: Healthz,
  },
  readyz: {
    method: 'GET',
    path: '/api/v1/readyz',
    permission: 'public',
    summary: 'Each component with its latency; 503 when down',
    reply: Readyz,
  },
  openapi: {
    method: 'GET',
    path: '/api/v1/openapi.json',
    permission: 'openapi.read',
    summary: 'This API as OpenAPI 3.1',
    reply: Type.Object({}, { additionalProperties: true }),
    reads: [],
  },
  metrics: {
    method: 'GET',
    path: '/metrics',
    permission: 'metrics.read',
    summary: 'Metrics in the text format of Prometheus',
    reply: Type.String(),
    text: 'text/plain',
  },
  stream: {
    method: 'GET',
    path: '/api/v1/stream',
    permission: 'self.read',
    summary: 'Server-sent events: revision and topics that changed',
    reply: StreamEvent,
  },
})
