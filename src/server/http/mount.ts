import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Download, Endpoint } from '../../contracts/endpoint.ts'
import { type EndpointName, endpoints } from '../../contracts/index.ts'
import { AS_OF_HEADER } from '../../contracts/operations.ts'
import type { Actor } from '../access/actor.ts'
import { forbidden } from '../access/decide.ts'
import { Fault, invalid } from '../fault.ts'
import type { Journal } from '../storage/journal.ts'
import type { Ctx, Verbs } from '../verb.ts'
import { type CachedReply, etagOf, matches, type ReplyCache } from './cache.ts'
import { apiHeaders, embeddable } from './headers.ts'
import type { createIdempotency } from './idempotency.ts'
import { type createWriteLimits, limitHeaders } from './limits.ts'
import { type Check, compileCheck, nothing, readQuery } from './validate.ts'

/** What a request carries from the first hook to the last. */
export interface RequestState {
  requestId: string
  startedAt: number
  actor: Actor | null
  errorCode: string | null
  /** When time alone makes the answer wrong; Infinity when never. Milliseconds. */
  changesAt: number
  /** What the answer says of its age; null where the store is no copy. See `AS_OF_HEADER`. */
  asOf: string | null
}

export const newState = (requestId: string): RequestState => ({
  requestId,
  startedAt: performance.now(),
  actor: null,
  errorCode: null,
  changesAt: Number.POSITIVE_INFINITY,
  asOf: null,
})

declare module 'fastify' {
  interface FastifyRequest {
    portal: RequestState
  }
  interface FastifyContextConfig {
    endpoint?: EndpointName
    /** Not an endpoint, and meant for people who are not signed in: pages and their files. */
    isPublic?: boolean
  }
}

/** Endpoints that are HTTP itself and answer by other means than a verb. */
export type HttpEndpoint = 'healthz' | 'readyz' | 'openapi' | 'metrics' | 'stream'
export type VerbName = Exclude<EndpointName, HttpEndpoint>

export interface MountParts {
  verbs: Verbs<VerbName>
  journal: Journal
  cache: ReplyCache
  clock: () => number
  countWrite: ReturnType<typeof createWriteLimits>
  once: ReturnType<typeof createIdempotency>
}

export const BODY_BYTES_MAX = 256 * 1024
const DEADLINE_MS = 30_000

/** Mounts every endpoint that has a verb: authorise, answer from cache, validate, act, reply. */
export function mountVerbs(app: FastifyInstance, parts: MountParts): void {
  for (const name of Object.keys(parts.verbs) as VerbName[]) mountVerb(app, name, parts)
}

function mountVerb(app: FastifyInstance, name: VerbName, parts: MountParts): void {
  const endpoint: Endpoint = endpoints[name]
  const read = readerOf(endpoint)
  const act = parts.verbs[name] as (ctx: Ctx, input: unknown) => unknown // Input was validated by this endpoint's own schemas.
  const answer = (request: FastifyRequest, reply: FastifyReply) =>
    act(ctxOf(request, reply, parts.clock()), read(request))

  app.route({
    method: endpoint.method,
    url: endpoint.path,
    config: { endpoint: name },
    bodyLimit: endpoint.bodyBytesMax ?? BODY_BYTES_MAX,
    onRequest: (request, reply, done) => {
      if (endpoint.method === 'GET') {
        if (endpoint.reads !== undefined && replyFromCache(request, reply, name, endpoint, parts)) return
      } else {
        const limitClass = endpoint.limit ?? 'write'
        reply.headers(limitHeaders(limitClass, parts.countWrite(actorOf(request).id, limitClass, parts.clock())))
      }
      done()
    },
    handler: async (request, reply) => {
      if (endpoint.method === 'GET') {
        // Taken before the verb reads: a change that lands meanwhile makes the entry old at once, never wrongly new.
        const revision = parts.journal.revisionOf(endpoint.reads ?? [])
        const value = await answer(request, reply)
        if (endpoint.media !== undefined) return sendDownload(reply, value as Download) // What endpoints with media answer.
        return endpoint.reads === undefined
          ? value
          : sendRead(
              request,
              reply,
              endpoint,
              cacheKey(name, endpoint, request, actorOf(request)),
              revision,
              value,
              parts,
            )
      }
      reply.status(endpoint.status ?? 200)
      if (endpoint.status !== 201 || endpoint.isSecret === true) return answer(request, reply)
      return parts.once(
        {
          actor: actorOf(request).id,
          route: name,
          key: idempotencyKeyOf(request),
          // The same words about another record are another create.
          body: [request.params, request.body],
          status: endpoint.status,
        },
        async () => answer(request, reply),
      )
    },
  })
}

function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const header = request.headers['idempotency-key']
  return Array.isArray(header) ? header.join(',') : header
}

/** @throws Fault `unauthenticated` or `forbidden`: the gate that every endpoint passes before its body is read */
export function authorise(endpoint: Endpoint, actor: Actor | null): void {
  if (endpoint.permission === 'public') return
  if (actor === null) throw new Fault('unauthenticated', 'Sign in first.')
  if (!actor.scopes.has(endpoint.permission)) {
    throw forbidden(endpoint.permission, `You need the permission ${endpoint.permission}.`)
  }
}

export function actorOf(request: FastifyRequest): Actor {
  const { actor } = request.portal
  if (actor === null) throw new Fault('unauthenticated', 'Sign in first.')
  return actor
}

function readerOf(endpoint: Endpoint): (request: FastifyRequest) => unknown {
  const checkParams: Check = compileCheck(endpoint.params ?? nothing)
  const querySchema = endpoint.query ?? nothing
  const checkQuery: Check = compileCheck(querySchema)
  const checkBody: Check | null = endpoint.body === undefined ? null : compileCheck(endpoint.body)

  return (request) => {
    const params = { ...(request.params as Record<string, unknown>) }
    try {
      checkParams(params, 'params')
    } catch {
      throw new Fault('not_found', 'There is nothing here, or you may not see it.')
    }
    const query = readQuery(request.query as Record<string, unknown>, querySchema)
    checkQuery(query, 'query')
    if (checkBody !== null) {
      if (request.body === undefined) throw invalid({ body: 'is required' })
      checkBody(request.body, 'body')
    } else if (request.body !== undefined && request.body !== null) throw invalid({ body: 'is not known here' })
    return { params, query, body: request.body }
  }
}

function ctxOf(request: FastifyRequest, reply: FastifyReply, now: number): Ctx {
  const controller = new AbortController()
  const deadline = setTimeout(
    () => controller.abort(new Fault('overloaded', 'This took too long. Try again.', { retryAfterSeconds: 5 })),
    DEADLINE_MS,
  )
  reply.raw.once('close', () => {
    clearTimeout(deadline)
    if (!reply.raw.writableFinished) controller.abort()
  })
  const changesAt = (at: number) => {
    request.portal.changesAt = Math.min(request.portal.changesAt, at)
  }
  return {
    actor: actorOf(request),
    now,
    requestId: request.portal.requestId,
    idempotencyKey: (request.method === 'POST' && idempotencyKeyOf(request)) || null,
    signal: controller.signal,
    changesAt,
  }
}

const cacheKey = (name: string, endpoint: Endpoint, request: FastifyRequest, actor: Actor) =>
  `${name}\n${request.raw.url}\n${endpoint.personal === true ? personOf(actor) : ''}\n${actor.visibility}`

/** With the groups, which a header may change or age may end without anything being written. */
const personOf = ({ id, email, name, groups }: Actor) => JSON.stringify([id, email, name, groups])

/** True when the answer has been sent, without touching the body parser or the verb. */
function replyFromCache(
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  endpoint: Endpoint,
  parts: MountParts,
): boolean {
  const actor = actorOf(request)
  const key = cacheKey(name, endpoint, request, actor)
  const entry = parts.cache.get(key, parts.journal.revisionOf(endpoint.reads ?? []), parts.clock())
  if (entry === undefined) return false
  reply.hijack()
  sendCached(request, reply, entry)
  return true
}

function sendRead(
  request: FastifyRequest,
  reply: FastifyReply,
  endpoint: Endpoint,
  key: string,
  revision: number,
  value: unknown,
  parts: MountParts,
): FastifyReply {
  const { text } = endpoint
  const body = Buffer.from(text === undefined ? JSON.stringify(value) : String(value))
  const entry: CachedReply = {
    body,
    contentType: `${text ?? 'application/json'}; charset=utf-8`,
    headers: endpoint.isEmbeddable === true ? embeddableHeaders : headers,
    etag: etagOf(body, actorOf(request).visibility),
    revision,
    expiresAt: request.portal.changesAt,
  }
  parts.cache.put(key, entry)
  reply.hijack()
  sendCached(request, reply, entry)
  return reply
}

/** Streamed as it is read; a reader who goes away ends the reading. */
const sendDownload = (reply: FastifyReply, { contentType, fileName, chunks }: Download): FastifyReply =>
  reply
    .header('content-type', contentType)
    .header('content-disposition', `attachment; filename="${fileName}"`)
    .send(Readable.from(chunks))

const headers = Object.entries(apiHeaders).flat()
const embeddableHeaders = Object.entries({ ...apiHeaders, ...embeddable }).flat()

function sendCached(request: FastifyRequest, reply: FastifyReply, entry: CachedReply): void {
  const { raw } = reply
  const { requestId: id, asOf } = request.portal
  const headers = asOf === null ? entry.headers : [...entry.headers, AS_OF_HEADER, asOf]
  if (matches(request.raw.headers['if-none-match'], entry.etag)) {
    raw.writeHead(304, [...headers, 'etag', entry.etag, 'x-request-id', id])
    raw.end()
    return
  }
  raw.writeHead(200, [
    ...headers,
    'content-type',
    entry.contentType,
    'content-length',
    String(entry.body.length),
    'etag',
    entry.etag,
    'x-request-id',
    id,
  ])
  raw.end(request.raw.method === 'HEAD' ? undefined : entry.body)
}
