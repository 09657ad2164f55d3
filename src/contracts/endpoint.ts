import type * as Type from 'typebox'
import type { Permission } from './permissions.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What a read depends on: a change to one of these topics gives it a new ETag. Named after the tables. */
export const topics = [
  'platforms',
  'status_checks',
  'status_results',
  'status_messages',
  'ingestion_runs',
  'role_bindings',
  'api_tokens',
  'directory_people',
  'work_items',
  'work_item_comments',
  'work_item_votes',
  'work_item_watches',
  'roadmap_items',
  'glossary_terms',
  'alerts',
  'webhook_deliveries',
] as const
export type Topic = (typeof topics)[number]

/**
 * One line of the API. Server mounting, the browser's client, OpenAPI, the access test and the API page are derived
 * from these. `public` is a permission only for what works with nobody signed in.
 */
export interface Endpoint {
  method: Method
  /** Fastify style, `/api/v1/platforms/:id`. */
  path: string
  permission: Permission | 'public'
  summary: string
  params?: Type.TObject
  query?: Type.TObject
  body?: Type.TSchema
  reply: Type.TSchema
  /** Status of success; 200 unless said. */
  status?: 200 | 201 | 202
  /** GET only: topics this reply is made of. Present: it has an ETag and is cached; absent: computed each time. */
  reads?: readonly Topic[]
  /** Cached per person rather than per set of permissions, because the reply names or concerns the caller. */
  personal?: boolean
  /** Which write limit counts it; `write` unless said. Reads have none. */
  limit?: 'create' | 'comment' | 'vote' | 'write'
  /** The reply holds a secret, so it is answered once and never kept for an Idempotency-Key. */
  isSecret?: boolean
  /** Largest body in bytes; 256 KiB unless said. */
  bodyBytesMax?: number
  /** The reply is a file in one of these media types, streamed as it is read. */
  media?: readonly string[]
  /** The reply is a text of this media type, tagged and kept as JSON is. */
  text?: string
  /** An image that pages of the same site may show, a wiki beside the portal for one. */
  isEmbeddable?: boolean
}

/** What a verb of an endpoint with `media` answers. */
export interface Download {
  contentType: string
  fileName: string
  chunks: AsyncIterable<string>
}

/** Keeps the literal types of an endpoint table; does nothing at run time. */
export const endpointTable = <const T extends Record<string, Endpoint>>(table: T): T => table

type StaticOr<S, Otherwise> = S extends Type.TSchema ? Type.Static<S> : Otherwise
export type ParamsOf<E extends Endpoint> = StaticOr<E['params'], Record<never, never>>
export type QueryOf<E extends Endpoint> = StaticOr<E['query'], Record<never, never>>
export type BodyOf<E extends Endpoint> = StaticOr<E['body'], undefined>
export type ReplyOf<E extends Endpoint> = Type.Static<E['reply']>
