import type { FastifyError } from 'fastify'
import { type ErrorBody, type FaultCode, faultStatus } from '../../contracts/fault.ts'
import { Fault } from '../fault.ts'

/** What Fastify and Node refuse by themselves, in our codes. */
const foreign: Record<string, FaultCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'bad_request',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'bad_request',
  FST_ERR_BAD_URL: 'bad_request',
  FST_ERR_ASYNC_CONSTRAINT: 'bad_request',
  FST_ERR_MAX_PARAM_LENGTH: 'uri_too_long',
  FST_UNDER_PRESSURE: 'overloaded',
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
}

const words: Partial<Record<FaultCode, string>> = {
  payload_too_large: 'The body is too large.',
  unsupported_media_type: 'Send JSON, with Content-Type: application/json.',
  bad_request: 'This is not a request we can read.',
  uri_too_long: 'The address is too long.',
  overloaded: 'The portal is busy. Try again in a moment.',
  headers_too_large: 'The headers are too large.',
  request_timeout: 'The request took too long to arrive.',
}

/** One mapper for whatever was thrown. What nobody meant to throw is an `internal_error` that shows nothing. */
export function faultOf(error: unknown): Fault {
  if (error instanceof Fault) return error
  const { code = '', statusCode } = (error ?? {}) as Partial<FastifyError>
  const known = foreign[code] ?? codeForStatus(statusCode)
  if (known === undefined) {
    return new Fault('internal_error', 'Something broke on our side. Tell us the request id.', { cause: error })
  }
  const retry = faultStatus[known] === 503 ? { retryAfterSeconds: 2 } : {}
  return new Fault(known, words[known] ?? 'This is not a request we can read.', { cause: error, ...retry })
}

const codeForStatus = (status: number | undefined): FaultCode | undefined =>
  status !== undefined && status >= 400 && status < 500 ? 'bad_request' : undefined

export function errorBody(fault: Fault, requestId: string): ErrorBody {
  return {
    error: {
      code: fault.code,
      message: fault.message,
      request_id: requestId,
      ...(fault.details === undefined ? {} : { details: fault.details }),
    },
  }
}

export function faultHeaders(fault: Fault): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  }
  if (fault.retryAfterSeconds !== undefined)
    headers['retry-after'] = String(Math.max(1, Math.ceil(fault.retryAfterSeconds)))
  if (fault.code === 'unauthenticated') headers['www-authenticate'] = 'Bearer'
  return headers
}
