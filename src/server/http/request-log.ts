import type { FastifyReply, FastifyRequest } from 'fastify'
import { RefusedPermission } from '../access/decide.ts'
import type { Fault } from '../fault.ts'
import type { Log } from '../observe/log.ts'

const securityEvents: Partial<Record<Fault['code'], string>> = {
  unauthenticated: 'authn_fail',
  forbidden: 'authz_fail',
  rate_limited: 'rate_limited',
  cross_site: 'cross_site',
}

export function logFault(fault: Fault, request: FastifyRequest, log: Log): void {
  const { requestId, actor } = request.portal
  const event = securityEvents[fault.code]
  const common = { request_id: requestId, user: actor?.id ?? null, route: request.routeOptions.url ?? null }
  if (event !== undefined) {
    const permission = fault.cause instanceof RefusedPermission ? { permission: fault.cause.permission } : {}
    log.warn({ event, ...common, ...permission }, fault.message)
  } else if (fault.code === 'internal_error')
    log.error({ event: 'bug', ...common, err: fault.cause }, 'A request failed for a reason nobody foresaw')
}

export function logRequest(request: FastifyRequest, reply: FastifyReply, log: Log): void {
  const { requestId, startedAt, actor, errorCode } = request.portal
  const { endpoint } = request.routeOptions.config
  const params = request.params as { id?: string } | undefined
  log.info(
    {
      event: 'http.request',
      request_id: requestId,
      method: request.raw.method,
      route: request.routeOptions.url ?? 'unmatched',
      path: pathOf(request.raw.url),
      status: reply.raw.statusCode,
      duration_ms: Math.round((performance.now() - startedAt) * 1000) / 1000,
      user: actor?.id ?? null,
      ...(errorCode === null ? {} : { error_code: errorCode }),
      ...(params?.id !== undefined && endpoint?.startsWith('platform') ? { platform_id: params.id } : {}),
    },
    'request',
  )
}

const PATH_LENGTH_MAX = 300
const pathOf = (url = '') => {
  const end = url.indexOf('?')
  return (end === -1 ? url : url.slice(0, end)).slice(0, PATH_LENGTH_MAX)
}
