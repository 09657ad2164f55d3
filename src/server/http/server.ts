import type { IncomingMessage, ServerResponse } from 'node:http'
import underPressure from '@fastify/under-pressure'
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import { type EndpointName, endpoints } from '../../contracts/index.ts'
import { AS_OF_HEADER } from '../../contracts/operations.ts'
import type { Actor } from '../access/actor.ts'
import { RefusedPermission } from '../access/decide.ts'
import { Fault } from '../fault.ts'
import type { Log } from '../observe/log.ts'
import type { Metrics } from '../observe/metrics.ts'
import { createReplyCache } from './cache.ts'
import { refuseCrossSite } from './cross-site.ts'
import { errorBody, faultHeaders, faultOf } from './faults.ts'
import { apiHeaders, securityHeaders } from './headers.ts'
import { authorise, BODY_BYTES_MAX, type MountParts, mountVerbs, newState } from './mount.ts'
import { mountOperations, type OperationsParts } from './operations.ts'
import { readOn, refuseSocket } from './refuse-socket.ts'
import { requestIdOf } from './request-id.ts'
import { follow, logFault, recordUnread, routeOf } from './request-log.ts'
import { mountSpa } from './spa.ts'
import { createTurn } from './turn.ts'

export interface ServerParts extends Omit<MountParts, 'cache'>, OperationsParts {
  log: Log
  /** For the one line per request. */
  requestLog: Log
  publicOrigin: string
  /** Folder of the built browser app. */
  webRoot: string
  identify(request: IncomingMessage, now: number): Actor | null
  /** The store is a copy of a system of record elsewhere; null when it is that itself. */
  replica: ReplicaGate | null
  isTrustedPeer(request: IncomingMessage): boolean
  /** Event-loop delay past which requests are shed; the work of one turn is half of it. Milliseconds; 500 unless said. */
  eventLoopDelayMsMax?: number
  timeouts?: Timeouts
}

/** Milliseconds. */
export interface Timeouts {
  /** In which a request's headers, and the whole of it, must have come. */
  headersMs: number
  requestMs: number
  checkEveryMs: number
  /** How long a connection that we have ended may stay half open, so that its client reads why. */
  lingerMs: number
}

export interface ReplicaGate {
  /** Called for every request for something: the copy is brought up to date while it is looked at. */
  look(): void
  /** Why nothing can be answered: there is no copy yet. Not even who asks is known then. */
  refusal(): Fault | null
  /** Set when the copy may be behind: what is answered was so at this instant. ISO 8601. */
  asOf(): string | null
}

/** Milliseconds. */
export const EVENT_LOOP_DELAY_MS_MAX = 500
const HEADER_BYTES_MAX = 16 * 1024
const PARAM_LENGTH_MAX = 128
const DEFAULT_TIMEOUTS: Timeouts = { headersMs: 10_000, requestMs: 15_000, checkEveryMs: 1_000, lingerMs: 2_000 }

/** The HTTP server, whole but not listening. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const timeouts = parts.timeouts ?? DEFAULT_TIMEOUTS
  const app = fastify({
    logger: false,
    requestTimeout: timeouts.requestMs,
    bodyLimit: BODY_BYTES_MAX,
    routerOptions: { maxParamLength: PARAM_LENGTH_MAX },
    // The default answers 503 in a shape that is not ours; draining is told by /readyz instead.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    http: {
      // Shorter than the request's: Node swaps the two otherwise and a slow body never ends.
      headersTimeout: timeouts.headersMs,
      connectionsCheckingInterval: timeouts.checkEveryMs,
      maxHeaderSize: HEADER_BYTES_MAX,
      // A missing Host is refused by us, in our shape.
      requireHostHeader: false,
    },
    frameworkErrors: (error, request, reply) => {
      request.portal ??= newState(requestIdOf(request.raw, false))
      follow(request as FastifyRequest, reply as FastifyReply, parts)
      readOnAfter(reply as FastifyReply)
      refuse(error, request as FastifyRequest, reply as FastifyReply, parts.log)
    },
    clientErrorHandler: (error, socket) => refuseSocket(error, socket, timeouts.lingerMs, parts),
  })
  // An expectation that is not 100-continue would get an empty answer from Node itself.
  app.server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    const fault = new Fault('bad_request', 'Send the request without an Expect header.')
    const requestId = requestIdOf(request, parts.isTrustedPeer(request))
    const body = JSON.stringify(errorBody(fault, requestId))
    const headers = { ...apiHeaders, ...faultHeaders(fault), 'x-request-id': requestId }
    response.once('finish', () => readOn(request))
    response.writeHead(fault.status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body)
    recordUnread(fault, requestId, parts)
  })
  app.decorateRequest('portal')
  refuseUndeclaredRoutes(app)
  readJsonOnly(app)

  app.addHook('onRequest', (request, reply, done) => {
    request.portal = newState(requestIdOf(request.raw, parts.isTrustedPeer(request.raw)))
    reply.header('x-request-id', request.portal.requestId)
    follow(request, reply, parts)
    readOnAfter(reply)
    done()
  })
  const delayMsMax = parts.eventLoopDelayMsMax ?? EVENT_LOOP_DELAY_MS_MAX
  // Half of it: past the delay everything is refused for a while, so a turn has to end well before.
  const turn = createTurn(delayMsMax / 2)
  app.addHook('onRequest', (request, _reply, done) => {
    if (turn.isSpent() && mayShed(request)) throw overloaded()
    done()
  })
  await app.register(underPressure, {
    maxEventLoopDelay: delayMsMax,
    exposeStatusRoute: false,
    pressureHandler: (request, _reply, _type, value) => {
      // What it says when it has measured nothing, just after a reset; that is no reason to refuse anybody.
      if (value === Number.POSITIVE_INFINITY) return
      if (mayShed(request)) throw overloaded()
    },
  })
  app.addHook('onRequest', (request, reply, done) => {
    if (request.raw.headers.host === undefined && request.raw.httpVersion === '1.1')
      throw new Fault('bad_request', 'A Host header is needed.')
    const { endpoint } = request.routeOptions.config
    if (endpoint === undefined && !isApi(request.raw.url)) {
      reply.headers(securityHeaders)
      return done()
    }
    if (endpoint !== undefined && endpoints[endpoint].permission === 'public') return done()
    refuseCrossSite(request.raw, parts.publicOrigin)
    if (parts.replica !== null) lookAtReplica(parts.replica, request, reply)
    request.portal.actor = parts.identify(request.raw, parts.clock())
    if (endpoint !== undefined) {
      const { permission } = endpoints[endpoint]
      authorise(endpoints[endpoint], request.portal.actor)
      parts.metrics.decided(permission, true)
    } else if (request.portal.actor === null) throw new Fault('unauthenticated', 'Sign in first.')
    done()
  })
  app.addHook('preParsing', (_request, reply, _payload, done) => {
    // Not before: an answer from the cache brings its own headers, all at once.
    if (!reply.hasHeader('x-content-type-options')) reply.headers(apiHeaders)
    done()
  })
  app.setErrorHandler((error, request, reply) => {
    const fault = faultOf(error)
    countRefusal(fault, request, parts.metrics)
    // Since the request came it has become known that what is read here may be old.
    if (fault.code === 'warehouse_unavailable' && parts.replica?.asOf() != null)
      reply.header(AS_OF_HEADER, parts.replica.asOf())
    refuse(error, request, reply, parts.log)
  })

  mountVerbs(app, { ...parts, cache: createReplyCache() })
  mountOperations(app, parts)
  const sendPage = await mountSpa(app, parts.webRoot)
  app.setNotFoundHandler((request, reply) => {
    const allowed = allowedMethods(request.url)
    if (allowed.length > 0) {
      reply.header('allow', allowed.join(', '))
      throw new Fault('method_not_allowed', `Use ${allowed.join(' or ')} here.`)
    }
    const wantsPage =
      request.method === 'GET' && (request.headers.accept ?? '').includes('text/html') && !isApi(request.raw.url)
    if (sendPage !== null && wantsPage && !/\.[a-z0-9]+$/i.test(request.url.split('?')[0] ?? ''))
      return sendPage(request, reply)
    throw new Fault('not_found', 'There is nothing at this address.')
  })
  return app
}

const readOnAfter = ({ raw, request }: FastifyReply) => raw.once('finish', () => readOn(request.raw))

function lookAtReplica(replica: ReplicaGate, request: FastifyRequest, reply: FastifyReply): void {
  replica.look()
  const refusal = replica.refusal()
  if (refusal !== null) throw refusal
  request.portal.asOf = replica.asOf() ?? 'current'
  reply.header(AS_OF_HEADER, request.portal.asOf)
}

function countRefusal(fault: Fault, request: FastifyRequest, metrics: Metrics): void {
  if (fault.code === 'rate_limited') metrics.limited(routeOf(request))
  if (fault.code === 'overloaded') metrics.shed('overloaded')
  if (fault.cause instanceof RefusedPermission) metrics.decided(fault.cause.permission, false)
}

/**
 * Health is asked by what would end the process, and a page that lacks one of its files is broken for good; both cost
 * next to nothing. Everything else may be asked again.
 */
const mayShed = ({ raw, routeOptions: { config } }: FastifyRequest) =>
  config.endpoint === undefined ? isApi(raw.url) : config.endpoint !== 'healthz' && config.endpoint !== 'readyz'

const overloaded = () => new Fault('overloaded', 'The portal is busy. Try again in a moment.', { retryAfterSeconds: 2 })

const isApi = (url: string | undefined) =>
  url !== undefined && /^\/api(\/|\?|$)/.test(url) && !/^\/api\/docs(\?|$)/.test(url)

/** A route that does not say what it needs does not boot. */
function refuseUndeclaredRoutes(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const { endpoint, isPublic } = route.config ?? {}
    if (endpoint !== undefined && endpoints[endpoint as EndpointName] !== undefined) return
    if (isPublic === true || isStaticFile(route.url)) return
    throw new Error(
      `The route ${String(route.method)} ${route.url} names no endpoint, so nobody decided who may call it.`,
    )
  })
}

/** The files of the browser app, one route each, all of them public. */
const isStaticFile = (url: string) => !url.startsWith('/api') && /\.[a-z0-9]+$/i.test(url)

function readJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, JSON.parse(body as string))
    } catch {
      done(new Fault('bad_request', 'The body is not JSON.'))
    }
  })
}

function allowedMethods(url: string): string[] {
  const path = url.split('?')[0] ?? '/'
  return ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => matchesTable(method, path))
}

const PAGES = ['/', '/api/docs', '/healthz', '/readyz'].map((path) => ({ method: 'GET', path }))
const table = [...Object.values(endpoints), ...PAGES].map(({ method, path }) => ({
  method: method as string,
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`),
}))

const matchesTable = (method: string, path: string) =>
  table.some(
    (entry) => (entry.method === method || (method === 'HEAD' && entry.method === 'GET')) && entry.pattern.test(path),
  )

function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Log): void {
  const fault = faultOf(error)
  const { requestId } = request.portal
  request.portal.errorCode = fault.code
  logFault(fault, request, log)
  // Fastify's, where it did not read the body: the connection goes on once `readOn` has.
  if (!request.raw.complete && request.server.server.listening) reply.removeHeader('connection')
  reply
    .status(fault.status)
    .headers({ ...apiHeaders, ...faultHeaders(fault), 'x-request-id': requestId })
    .send(JSON.stringify(errorBody(fault, requestId)))
}
