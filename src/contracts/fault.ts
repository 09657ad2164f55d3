import * as Type from 'typebox'
import { closed } from './primitives.ts'

/** Every code an error can carry, with its HTTP status. */
export const faultStatus = {
  bad_request: 400,
  invalid_transition: 400,
  unauthenticated: 401,
  forbidden: 403,
  cross_site: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  version_conflict: 409,
  duplicate: 409,
  last_admin: 409,
  voting_closed: 409,
  idempotency_mismatch: 409,
  payload_too_large: 413,
  uri_too_long: 414,
  unsupported_media_type: 415,
  validation_error: 422,
  rate_limited: 429,
  headers_too_large: 431,
  internal_error: 500,
  warehouse_unavailable: 503,
  overloaded: 503,
  draining: 503,
} as const

export type FaultCode = keyof typeof faultStatus

export interface FaultDetails {
  /** Path of the offending input (`body.source.job_id`) to what is wrong with it. */
  fields?: Record<string, string>
  /** With `version_conflict`: the record as it now is. */
  current_version?: number
  current?: unknown
}

export const ErrorBody = closed({
  error: closed({
    code: Type.String({ maxLength: 64 }),
    message: Type.String({ maxLength: 1000 }),
    request_id: Type.String({ maxLength: 36 }),
    details: Type.Optional(Type.Object({}, { additionalProperties: true })),
  }),
})
export type ErrorBody = {
  error: { code: FaultCode; message: string; request_id: string; details?: FaultDetails }
}
