import type { FastifyReply, FastifyRequest } from 'fastify'
import { RefusedPermission } from '../access/decide.ts'
import type { Fault } from '../fault.ts'
import type { Log } from '../observe/log.ts'
import type { Metrics } from '../observe/metrics.ts'

const securityEvents: Partial<Record<Fault['code'], string>> = {
  unauthenticated: 'authn_fail',
  forbidden: 'authz_fail',
  rate_limited: 'rate_limited',
  cross_site: 'cross_site',
}

export function logFault(fault: Fault, request: FastifyRequest, log: Log): void {
  const { requestId, actor } = request.portal
  const event = securityEvents[fault.code]
  const common = { request_id: requestId, user: actor?.id ?? null, route: routeOf(request) }
  if (event !== undefined) {
    const permission = fault.cause instanceof RefusedPermission ? { permission: fault.cause.permission } : {}
    log.warn({ event, ...common, ...permission }, fault.message)
  } else if (fault.code === 'internal_error')
    log.error({ event: 'bug', ...common, err: fault.cause }, 'A request failed for a reason nobody foresaw')
}

/** What a request is recorded as when its caller went away before an answer began; nginx's number. */
const CLIENT_CLOSED = 499

/**
 * One line and one measurement when the request is over, also when nobody waited for the answer: then Fastify's
 * `onResponse` does not run.
 */
export function follow(
  request: FastifyRequest,
  reply: FastifyReply,
  { requestLog, metrics }: { requestLog: Log; metrics: Metrics },
): void {
  metrics.requestBegan()
  reply.raw.once('close', () => {
    const isGone = !reply.raw.headersSent
    const status = isGone ? CLIENT_CLOSED : reply.raw.statusCode
    const durationMs = performance.now() - request.portal.startedAt
    metrics.requestEnded(request.method, seriesOf(request), status, durationMs / 1000)
    const { requestId, actor, errorCode } = request.portal
    const code = errorCode ?? (isGone ? 'client_closed' : null)
    requestLog.info(
      {
        event: 'http.request',
        request_id: requestId,
        method: request.raw.method,
        route: routeOf(request),
        path: pathOf(request.raw.url),
        status,
        duration_ms: Math.round(durationMs * 1000) / 1000,
        user: actor?.id ?? null,
        ...(code === null ? {} : { error_code: code }),
        ...subjectOf(request),
      },
      'request',
    )
  })
}

/** The same for what was refused before there was a request to read: too long, too slow, not HTTP. */
export function recordUnread(
  fault: Fault,
  requestId: string,
  { requestLog, metrics }: { requestLog: Log; metrics: Metrics },
): void {
  metrics.requestBegan()
  metrics.requestEnded('other', UNMATCHED, fault.status, 0)
  requestLog.info(
    {
      event: 'http.request',
      request_id: requestId,
      method: null,
      route: UNMATCHED,
      path: null,
      status: fault.status,
      duration_ms: 0,
      user: null,
      error_code: fault.code,
    },
    'request',
  )
}

const UNMATCHED = 'unmatched'
/** The template, so that no address is in a metric. */
export const routeOf = (request: FastifyRequest): string => request.routeOptions?.url ?? UNMATCHED

/** Files of the browser app have a route each, and other names with every build: together they are one series. */
function seriesOf(request: FastifyRequest): string {
  const { url, config } = request.routeOptions ?? {}
  if (url === undefined) return UNMATCHED
  return config?.endpoint !== undefined || config?.isPublic === true ? url : 'static'
}

/** The platform, ticket or roadmap item that the address names. */
function subjectOf(request: FastifyRequest): { platform_id?: string; item_id?: string } {
  const { id } = (request.params ?? {}) as { id?: string } // Our templates call it so.
  if (id === undefined) return {}
  const route = routeOf(request)
  if (route.startsWith('/api/v1/platforms/')) return { platform_id: id }
  return /^\/api\/v1\/(work-items|roadmap)\//.test(route) ? { item_id: id } : {}
}

const PATH_LENGTH_MAX = 300
const pathOf = (url = '') => {
  const end = url.indexOf('?')
  return (end === -1 ? url : url.slice(0, end)).slice(0, PATH_LENGTH_MAX)
}
