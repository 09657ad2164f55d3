import { field, textField } from './answer.ts'
import { type Ended, withDeadline } from './deadline.ts'
import { parseJson } from './json.ts'
import type { Tokens } from './oauth.ts'
import { asCode, OutboundError, stopped } from './outbound-error.ts'
import { isBusy, TRIES_MAX, waitMs } from './retry.ts'

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

export interface Call {
  /** Who is asked, for messages: "Power BI". */
  system: string
  url: string
  method: 'GET' | 'POST'
  headers: Record<string, string>
  body?: string
  /** Covers connecting, waiting and reading the whole body. */
  timeoutMs?: number
  signal: AbortSignal
}

interface Exchange {
  status: number
  retryAfter: string | null
  body: Uint8Array
}

/**
 * Asks once, and again while the other side is busy. Follows no redirect, reads at most `ANSWER_BYTES_MAX`.
 * @returns the JSON of a 2xx answer
 * @throws OutboundError for everything else
 */
export async function ask(call: Call, transport: Transport): Promise<unknown> {
  for (let tries = 1; ; tries++) {
    const answer = await exchange(call, transport)
    if (!isBusy(answer.status) || tries === TRIES_MAX) return settle(call, answer)
    const wait = waitMs(answer.retryAfter, tries, transport.now(), transport.random)
    if (wait === null) return settle(call, answer)
    await transport.sleep(wait, call.signal).catch(() => {
      throw stopped()
    })
  }
}

function exchange(call: Call, transport: Transport): Promise<Exchange> {
  return withDeadline(call.signal, call.timeoutMs ?? transport.timeoutMs, async (signal, endedBy) => {
    try {
      const response = await transport.fetch(call.url, {
        method: call.method,
        headers: { accept: 'application/json', 'user-agent': 'lakeport', ...call.headers },
        redirect: 'manual',
        signal,
        ...(call.body === undefined ? {} : { body: call.body }),
      })
      const retryAfter = response.headers.get('retry-after')
      return { status: response.status, retryAfter, body: await readBody(call, response) }
    } catch (cause) {
      throw cause instanceof OutboundError ? cause : asOutboundError(call, cause, endedBy())
    }
  })
}

async function readBody(call: Call, response: Response): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array()
  const parts: Uint8Array[] = []
  let size = 0
  // Leaving the loop early, by throwing too, cancels the stream and so closes the connection.
  for await (const part of response.body) {
    size += part.byteLength
    if (size > ANSWER_BYTES_MAX)
      throw new OutboundError('bad_answer', `${call.system} answered with more than ${ANSWER_BYTES_MAX >> 20} MiB.`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function asOutboundError(call: Call, cause: unknown, ended: Ended | null): OutboundError {
  if (ended === 'stopped') return stopped()
  const code = asCode(field(cause, 'cause', 'code') ?? field(cause, 'code'))
  if (ended === 'timeout' || code?.endsWith('_TIMEOUT'))
    return new OutboundError('timeout', `${call.system} did not answer in time.`, { cause })
  return new OutboundError('unreachable', `${call.system} could not be reached${code === null ? '' : ` (${code})`}.`, {
    cause,
  })
}

function settle(call: Call, { status, body }: Exchange): unknown {
  const answer = parse(body)
  if (status >= 200 && status < 300) {
    if (answer === undefined)
      throw new OutboundError('bad_answer', `${call.system} answered with something else than JSON.`)
    return answer
  }
  throw refusal(call.system, status, codeOf(answer))
}

/** Undefined when it is not JSON. */
function parse(body: Uint8Array): unknown {
  try {
    return parseJson(new TextDecoder('utf-8').decode(body))
  } catch {
    return undefined
  }
}

/** Databricks says `error_code`, Fabric `errorCode`, Power BI `error.code`, OAuth `error` and an AADSTS number. */
function codeOf(answer: unknown): string | null {
  const entra = /\bAADSTS\d{1,10}\b/.exec(textField(answer, 'error_description') ?? '')?.[0]
  return (
    entra ??
    asCode(field(answer, 'error_code')) ??
    asCode(field(answer, 'errorCode')) ??
    asCode(field(answer, 'error', 'code')) ??
    asCode(field(answer, 'error'))
  )
}

function refusal(system: string, status: number, code: string | null): OutboundError {
  const saw = code === null ? `${status}` : `${status} ${code}`
  const more = { status }
  if (status === 401) return new OutboundError('auth_failed', `${system} refused our credentials (${saw}).`, more)
  if (status === 403) return new OutboundError('auth_failed', `${system} does not let us see this (${saw}).`, more)
  if (status === 404) return new OutboundError('not_found', `${system} does not know this (${saw}).`, more)
  if (status === 429) return new OutboundError('rate_limited', `${system} wants to be asked less often (${saw}).`, more)
  if (status >= 500) return new OutboundError('server_error', `${system} failed to answer (${saw}).`, more)
  if (status >= 300 && status < 400)
    return new OutboundError('bad_answer', `${system} answered with a redirect, which is not followed (${saw}).`, more)
  return new OutboundError('bad_answer', `${system} rejected the question (${saw}).`, more)
}

export type Query = Record<string, string>

/** One system behind one base URL, asked with one kind of token. */
export interface Outbound {
  get(path: string, query: Query, signal: AbortSignal): Promise<unknown>
  post(path: string, body: unknown, signal: AbortSignal, timeoutMs?: number): Promise<unknown>
}

/** A refused token is renewed once; a second refusal is the source's fault as a whole. */
export function createOutbound(
  { system, baseUrl, tokens }: { system: string; baseUrl: string; tokens: Tokens },
  transport: Transport,
): Outbound {
  const authorised = async (call: Omit<Call, 'system'>) => {
    const withToken = (token: string) =>
      ask({ ...call, system, headers: { ...call.headers, authorization: `Bearer ${token}` } }, transport)
    const token = await tokens.get(call.signal)
    try {
      return await withToken(token)
    } catch (error) {
      if (!isRefusedToken(error)) throw error
      tokens.forget(token)
    }
    const renewed = await tokens.get(call.signal)
    return withToken(renewed).catch((error: unknown) => {
      if (!isRefusedToken(error)) throw error
      throw new OutboundError('auth_failed', error.message, { status: 401, isSourceWide: true, cause: error })
    })
  }
  return {
    get: (path, query, signal) => {
      const search = new URLSearchParams(query).toString()
      const url = `${baseUrl}${path}${search === '' ? '' : `?${search}`}`
      return authorised({ url, method: 'GET', headers: {}, signal })
    },
    post: (path, body, signal, timeoutMs) =>
      authorised({
        url: `${baseUrl}${path}`,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal,
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      }),
  }
}

const isRefusedToken = (error: unknown): error is OutboundError =>
  error instanceof OutboundError && error.status === 401
