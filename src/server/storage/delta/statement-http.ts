import { withDeadline } from '../../outbound/deadline.ts'
import { exchange, type Transport } from '../../outbound/exchange.ts'
import type { Tokens } from '../../outbound/oauth.ts'
import { OutboundError } from '../../outbound/outbound-error.ts'

/** A result may have 25 MiB, and JSON puts quotes and escapes around it. */
const BYTES_MAX = 64 * 1024 * 1024

export interface Asked {
  method: 'GET' | 'POST'
  path: string
  body?: string
  /** Covers the token, connecting and waiting for the answer to begin. */
  timeoutMs: number
  /** Covers all of it, for answers that may be long. */
  wholeTimeoutMs?: number
}

export interface Reply {
  status: number
  retryAfter: string | null
  /** Undefined when it is not JSON. */
  answer: unknown
}

export type Sent =
  | { is: 'reply'; reply: Reply }
  | {
      is: 'lost'
      error: OutboundError
      /** It was on its way, so it may have arrived although nothing came back. */
      mayHaveArrived: boolean
    }

/** Asks once; a refused token is renewed once. Never throws. */
export type StatementHttp = (asked: Asked) => Promise<Sent>

export function createStatementHttp(
  { host, tokens, closing }: { host: string; tokens: Tokens; closing: AbortSignal },
  transport: Transport,
): StatementHttp {
  const once = async (asked: Asked, token: string, signal: AbortSignal): Promise<Sent> => {
    const wholeTimeoutMs = asked.wholeTimeoutMs ?? asked.timeoutMs
    try {
      const { status, retryAfter, body } = await exchange(
        {
          system: 'The warehouse',
          url: `${host}${asked.path}`,
          method: asked.method,
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          ...(asked.body === undefined ? {} : { body: asked.body }),
          beginTimeoutMs: asked.timeoutMs,
          timeoutMs: wholeTimeoutMs,
          bytesMax: BYTES_MAX,
          signal,
        },
        transport,
      )
      return { is: 'reply', reply: { status, retryAfter, answer: parse(body) } }
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error
      return { is: 'lost', error, mayHaveArrived: !error.isUnsent }
    }
  }
  const token = (signal: AbortSignal) =>
    tokens.get(signal).catch((error: unknown) => {
      if (!(error instanceof OutboundError)) throw error
      return error
    })

  const renewingOnce = async (asked: Asked, signal: AbortSignal): Promise<Sent> => {
    const first = await token(signal)
    if (first instanceof OutboundError) return { is: 'lost', error: first, mayHaveArrived: false }
    const sent = await once(asked, first, signal)
    if (sent.is === 'lost' || sent.reply.status !== 401) return sent
    tokens.forget(first)
    const renewed = await token(signal)
    if (renewed instanceof OutboundError) return { is: 'lost', error: renewed, mayHaveArrived: false }
    return once(asked, renewed, signal)
  }

  return (asked) =>
    withDeadline(closing, asked.wholeTimeoutMs ?? asked.timeoutMs, async (signal, endedBy) => {
      const sent = await renewingOnce(asked, signal)
      // Inside it looks as if somebody had stopped it.
      return sent.is === 'lost' && endedBy() === 'timeout' ? { ...sent, error: late(sent.error) } : sent
    })
}

const late = (cause: OutboundError) => new OutboundError('timeout', 'The warehouse did not answer in time.', { cause })

/** Every cell is text on this wire, so no long number needs care. */
function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8').decode(body))
  } catch {
    return undefined
  }
}
