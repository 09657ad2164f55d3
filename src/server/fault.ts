import { type FaultCode, type FaultDetails, faultStatus } from '../contracts/fault.ts'

/**
 * The only thing thrown on purpose. The message goes to the person and tells them what to do next; the cause goes to
 * the log. Anything else that is thrown is a bug and reads as `internal_error`.
 */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly code: FaultCode
  readonly details: FaultDetails | undefined
  /** Seconds after which trying again makes sense. */
  readonly retryAfterSeconds: number | undefined

  constructor(
    code: FaultCode,
    message: string,
    more: { details?: FaultDetails; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? {} : { cause: more.cause })
    this.code = code
    this.details = more.details
    this.retryAfterSeconds = more.retryAfterSeconds
  }

  get status(): number {
    return faultStatus[this.code]
  }
}

/** The same words for what is not there and for what the caller may not see. */
export const notFound = () => new Fault('not_found', 'There is nothing here, or you may not see it.')

export const invalid = (fields: Record<string, string>) =>
  new Fault('validation_error', `Please correct: ${Object.keys(fields).join(', ')}.`, { details: { fields } })

export const versionConflict = (current: { version: number }) =>
  new Fault('version_conflict', 'Somebody changed this first. Look at the current record and save again.', {
    details: { current_version: current.version, current },
  })
