import { oneLine } from './one-line.ts'

/** Every way in which asking another system can go wrong. */
export const outboundKinds = [
  'timeout',
  'unreachable',
  'auth_failed',
  'not_found',
  'rate_limited',
  'bad_answer',
  'server_error',
] as const
export type OutboundKind = (typeof outboundKinds)[number]

/** The message is safe to store and to show: it holds neither URL nor header nor body, only names and codes. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError'
  readonly kind: OutboundKind
  readonly status: number | null
  /** No question to this system can be answered (token refused), not only this one. */
  readonly isSourceWide: boolean
  /** No connection came about, so the other side cannot have seen the question. */
  readonly isUnsent: boolean

  constructor(
    kind: OutboundKind,
    message: string,
    more: { status?: number; isSourceWide?: boolean; isUnsent?: boolean; cause?: unknown } = {},
  ) {
    super(oneLine(message, 400), more.cause === undefined ? {} : { cause: more.cause })
    this.kind = kind
    this.status = more.status ?? null
    this.isSourceWide = more.isSourceWide ?? false
    this.isUnsent = more.isUnsent ?? false
  }
}

export const stopped = () => new OutboundError('timeout', 'The run was stopped before this was measured.')

/** A code such as `PERMISSION_DENIED`: the only part of a vendor's error answer that goes into our message. */
export const asCode = (value: unknown): string | null =>
  typeof value === 'string' && /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/.test(value) ? value : null
