import { setTimeout as wait } from 'node:timers/promises'
import { field } from './answer.ts'
import { type Ended, withDeadline } from './deadline.ts'
import { asCode, OutboundError, stopped } from './outbound-error.ts'

/** Larger answers are not read to their end. */
export const ANSWER_BYTES_MAX = 8 * 1024 * 1024
export const REQUEST_TIMEOUT_MS = 20_000

/** What asking needs from outside; injected, so that tests neither wait nor draw lots. */
export interface Transport {
  fetch: typeof fetch
  sleep(ms: number, signal: AbortSignal): Promise<void>
  random(): number
  /** Milliseconds since the epoch. */
  now(): number
  timeoutMs: number
}

export const transportWith = (injected: Partial<Transport>): Transport => ({
  fetch: globalThis.fetch,
  sleep: (ms, signal) => wait(ms, undefined, { signal }),
  random: Math.random,
  now: Date.now,
  timeoutMs: REQUEST_TIMEOUT_MS,
  ...injected,
})

export interface Call {
  /** Who is asked, for messages: "Power BI". */
  system: string
  url: string
  method: 'GET' | 'POST'
  headers: Record<string, string>
  body?: string
  /** Covers connecting, waiting and reading the whole body. */
  timeoutMs?: number
  /** Covers connecting and waiting for the answer to begin, where a long body is given more time. */
  beginTimeoutMs?: number
  bytesMax?: number
  signal: AbortSignal
}

export interface Exchange {
  status: number
  retryAfter: string | null
  body: Uint8Array
}

/**
 * Asks once. Follows no redirect, reads at most `bytesMax`.
 * @returns the answer, whatever its status
 * @throws OutboundError when there is no whole one
 */
export function exchange(call: Call, transport: Transport): Promise<Exchange> {
  return withDeadline(call.signal, call.timeoutMs ?? transport.timeoutMs, async (signal, endedBy) => {
    try {
      const response = await begin(call, transport, signal)
      const retryAfter = response.headers.get('retry-after')
      return { status: response.status, retryAfter, body: await readBody(call, response) }
    } catch (cause) {
      throw cause instanceof OutboundError ? cause : asOutboundError(call, cause, endedBy())
    }
  })
}

function begin(call: Call, transport: Transport, signal: AbortSignal): Promise<Response> {
  const request = (signal: AbortSignal) =>
    transport.fetch(call.url, {
      method: call.method,
      headers: { accept: 'application/json', 'user-agent': 'lakeport', ...call.headers },
      redirect: 'manual',
      signal,
      ...(call.body === undefined ? {} : { body: call.body }),
    })
  if (call.beginTimeoutMs === undefined) return request(signal)
  return withDeadline(signal, call.beginTimeoutMs, async (beginning, endedBy) => {
    try {
      // The body is read under the outer signal, which the inner one no longer follows once the answer has begun.
      return await request(AbortSignal.any([signal, beginning]))
    } catch (cause) {
      throw endedBy() === 'timeout' ? asOutboundError(call, cause, 'timeout') : cause
    }
  })
}

async function readBody(call: Call, response: Response): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array()
  const bytesMax = call.bytesMax ?? ANSWER_BYTES_MAX
  const parts: Uint8Array[] = []
  let size = 0
  // Leaving the loop early, by throwing too, cancels the stream and so closes the connection.
  for await (const part of response.body) {
    size += part.byteLength
    if (size > bytesMax)
      throw new OutboundError('bad_answer', `${call.system} answered with more than ${bytesMax >> 20} MiB.`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function asOutboundError(call: Call, cause: unknown, ended: Ended | null): OutboundError {
  if (ended === 'stopped') return stopped()
  const code = asCode(field(cause, 'cause', 'code') ?? field(cause, 'code'))
  const isUnsent = ended === null && code !== null && isBeforeSending(code)
  if (ended === 'timeout' || code?.endsWith('_TIMEOUT'))
    return new OutboundError('timeout', `${call.system} did not answer in time.`, { cause, isUnsent })
  return new OutboundError('unreachable', `${call.system} could not be reached${code === null ? '' : ` (${code})`}.`, {
    cause,
    isUnsent,
  })
}

const connecting: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/** There was no connection yet, or none that we trusted, so nothing of the question has left. */
const isBeforeSending = (code: string) => connecting.has(code) || /^(CERT_|ERR_TLS_CERT_)/.test(code)
