import type { ErrorBody, FaultCode, FaultDetails } from '../../contracts/fault.ts'

/** What the portal said, or `unreachable` when it said nothing that we understand. */
export class ApiFault extends Error {
  override readonly name = 'ApiFault'
  readonly code: FaultCode | 'unreachable'
  readonly status: number
  readonly requestId: string | null
  readonly details: FaultDetails
  /** Seconds, when the portal named them. */
  readonly retryAfter: number | null

  constructor(
    code: ApiFault['code'],
    message: string,
    rest: Partial<Pick<ApiFault, 'status' | 'requestId' | 'details' | 'retryAfter'>> = {},
  ) {
    super(message)
    this.code = code
    this.status = rest.status ?? 0
    this.requestId = rest.requestId ?? null
    this.details = rest.details ?? {}
    this.retryAfter = rest.retryAfter ?? null
  }
}

export const unreachable = () => new ApiFault('unreachable', 'The portal cannot be reached. Check your connection.')

/** Reads an answer that is not a success. A proxy's own page has no code of ours and reads as unreachable. */
export function faultFrom(status: number, text: string, retryAfter: string | null): ApiFault {
  const seconds = /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) : null
  const error = parse(text)?.error
  if (typeof error?.code !== 'string') {
    return new ApiFault('unreachable', `Something before the portal answered with status ${status}.`, {
      status,
      retryAfter: seconds,
    })
  }
  return new ApiFault(error.code, error.message, {
    status,
    requestId: error.request_id,
    details: error.details ?? {},
    retryAfter: seconds,
  })
}

function parse(text: string): Partial<ErrorBody> | null {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** May the same read be tried again without asking anybody? */
export const isWorthRepeating = (fault: unknown) =>
  fault instanceof ApiFault &&
  (fault.code === 'unreachable' || fault.status === 503 || fault.code === 'request_timeout')
