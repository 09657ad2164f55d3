import { textField } from '../../outbound/answer.ts'
import { asCode, type OutboundError } from '../../outbound/outbound-error.ts'
import type { Reply, Sent } from './statement-http.ts'
import type { Ended } from './statement-wire.ts'
import { WarehouseError } from './warehouse.ts'

/** It says no for now, not to the statement. */
const overloaded: ReadonlySet<string> = new Set([
  'RESOURCE_EXHAUSTED',
  'TEMPORARILY_UNAVAILABLE',
  'WORKSPACE_TEMPORARILY_UNAVAILABLE',
  'SERVICE_UNDER_MAINTENANCE',
])
/** Insufficient privilege, among SQL states. */
const NOT_ALLOWED = '42501'
const CONFLICT = '2D521'

/**
 * What a statement that ended as FAILED means. Nothing of it was committed. The server's message may quote statement
 * and parameters, so only its codes are kept.
 */
export function failureOf(ended: Ended & { is: 'failed' }): WarehouseError {
  const { errorCode, sqlState } = { errorCode: asCode(ended.errorCode), sqlState: asSqlState(ended.sqlState) }
  const errorClass = /^\[([A-Z][A-Z0-9_]{2,99}(?:\.[A-Z][A-Z0-9_]{0,99})*)\]/.exec(ended.message)?.[1] ?? null
  const details = {
    ...(sqlState === null ? {} : { sqlState }),
    ...(errorCode === null ? {} : { errorCode }),
    ...(errorClass === null ? {} : { errorClass }),
  }
  const saw = [errorClass, sqlState, errorCode].filter((word) => word !== null).join(', ') || 'no code'
  if (sqlState === CONFLICT || /\bDELTA_CONCURRENT_/.test(ended.message))
    return new WarehouseError('conflict', `Other writers were first, over and over (${saw}).`, false, details)
  if (errorCode !== null && overloaded.has(errorCode))
    return new WarehouseError('unavailable', `The warehouse is overloaded or being serviced (${saw}).`, false, details)
  if (sqlState === NOT_ALLOWED || errorCode === 'UNAUTHENTICATED')
    return new WarehouseError('refused', `The warehouse does not let us do this (${saw}).`, false, details)
  return new WarehouseError('failed', `The warehouse refused the statement (${saw}).`, false, details)
}

const asSqlState = (text: string | null) => (text !== null && /^[0-9A-Z]{5}$/.test(text) ? text : null)

/** It said that it takes nothing now, so what was sent did not run. */
export const isTurnedAway = ({ status }: Reply) => status === 429 || status === 503

/** What an answer outside 2xx means. Past 500 it was perhaps a gateway that gave up on the warehouse, not the statement. */
export function refusalOf(reply: Reply, isOutcomeUnknown: boolean): WarehouseError {
  const errorCode = asCode(textField(reply.answer, 'error_code'))
  const { status } = reply
  const details = { status, ...(errorCode === null ? {} : { errorCode }) }
  const saw = errorCode === null ? `${status}` : `${status} ${errorCode}`
  const error = (kind: WarehouseError['kind'], message: string) =>
    new WarehouseError(kind, `${message} (${saw}).`, isOutcomeUnknown, details)
  if (status === 401) return error('refused', 'The warehouse refused our credentials')
  if (status === 403) return error('refused', 'The warehouse does not let us in')
  if (status === 429 || (errorCode !== null && overloaded.has(errorCode)))
    return error('unavailable', 'The warehouse is overloaded or being serviced')
  if (status >= 500) return error('unavailable', 'The warehouse failed to answer')
  if (status >= 400) return error('failed', 'The warehouse rejected the request')
  return error('unavailable', 'The warehouse answered with something that is not followed')
}

/** No answer came. */
export function lossOf(
  { error, mayHaveArrived }: Sent & { is: 'lost' },
  isOutcomeUnknown = mayHaveArrived,
): WarehouseError {
  const details = error.status === null ? {} : { status: error.status }
  return new WarehouseError(kindOf(error), error.message, isOutcomeUnknown, details, { cause: error })
}

const kindOf = (error: OutboundError) => (error.kind === 'auth_failed' ? 'refused' : 'unavailable')

export const unreadable = (isOutcomeUnknown: boolean) =>
  new WarehouseError('unavailable', 'The warehouse answered with something that cannot be read.', isOutcomeUnknown)

/** The same failure, but an earlier sending of the statement may have run. */
export const withUnknownOutcome = (error: WarehouseError) =>
  new WarehouseError(error.kind, error.message, true, error.details, { cause: error.cause })

export const late = (isOutcomeUnknown: boolean) =>
  new WarehouseError('unavailable', 'The statement did not end in its time.', isOutcomeUnknown)

export const forgotten = () =>
  new WarehouseError('unavailable', 'The warehouse does not know the statement any more.', true)

/** It was cancelled by somebody else, or its result is no more. */
export const gone = (state: string) =>
  new WarehouseError('unavailable', `The statement was ended by somebody else (${state}).`, true)

/** It ran, and its result did not come over whole. */
export const incomplete = () => new WarehouseError('unavailable', 'The result of the statement is not complete.', false)
