import { field, textField } from './answer.ts'
import { type Call, type Exchange, exchange, type Transport } from './exchange.ts'
import { parseJson } from './json.ts'
import type { Tokens } from './oauth.ts'
import { asCode, OutboundError, stopped } from './outbound-error.ts'
import { isBusy, TRIES_MAX, waitMs } from './retry.ts'

/**
 * Asks once, and again while the other side is busy, at most `triesMax` times.
 * @returns the JSON of a 2xx answer
 * @throws OutboundError for everything else
 */
export async function ask(call: Call, transport: Transport, triesMax = TRIES_MAX): Promise<unknown> {
  for (let tries = 1; ; tries++) {
    const answer = await exchange(call, transport)
    if (!isBusy(answer.status) || tries === triesMax) return settle(call, answer)
    const wait = waitMs(answer.retryAfter, tries, transport.now(), transport.random)
    if (wait === null) return settle(call, answer)
    await transport.sleep(wait, call.signal).catch(() => {
      throw stopped()
    })
  }
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

/** Databricks Apps gives the host without a scheme. */
export const asOrigin = (host: string) => (/^https?:\/\//i.test(host) ? host : `https://${host}`).replace(/\/+$/, '')

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
