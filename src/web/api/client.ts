import {
  type BodyOf,
  type EndpointName,
  type Endpoints,
  endpoints,
  type ParamsOf,
  type QueryOf,
  type ReplyOf,
} from '../../contracts/index.ts'
import { AS_OF_HEADER } from '../../contracts/operations.ts'
import { addressOf } from './address.ts'
import { noteAsOf } from './as-of.ts'
import { noteServerTime } from './clock.ts'
import { ApiFault, faultFrom, unreachable } from './fault.ts'
import { personaHeader } from './persona.ts'

type Loose<T> = { [K in keyof T]: T[K] | (undefined extends T[K] ? undefined : never) }
type Part<Key extends string, T> = [T] extends [undefined]
  ? unknown
  : [keyof T] extends [never]
    ? unknown
    : Record<never, never> extends T
      ? { [K in Key]?: Loose<T> | undefined }
      : { [K in Key]: Loose<T> }

/** What an endpoint wants, by its schemas: `params`, `query` and `body`, each only where it has one. */
export type InputOf<N extends EndpointName> = Part<'params', ParamsOf<Endpoints[N]>> &
  Part<'query', QueryOf<Endpoints[N]>> &
  Part<'body', BodyOf<Endpoints[N]>>
export type Reply<N extends EndpointName> = ReplyOf<Endpoints[N]>

export interface CallOptions {
  signal?: AbortSignal
  /** For creates: the same key twice makes one record. */
  idempotencyKey?: string
}

const TIMEOUT_MS = 20_000

/** @throws ApiFault, always; an abort by the caller passes as it is */
export async function call<N extends EndpointName>(
  name: N,
  input: InputOf<N>,
  options: CallOptions = {},
): Promise<Reply<N>> {
  const { params, query, body } = input as { params?: Fields; query?: Fields; body?: unknown } // By InputOf's definition.
  const { method, path } = endpoints[name]
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  const signal = options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout])
  const headers: Record<string, string> = { accept: 'application/json', ...personaHeader() }
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (options.idempotencyKey !== undefined) headers['idempotency-key'] = options.idempotencyKey

  const { status, text, retryAfter } = await send(addressOf(path, params, query), {
    method,
    headers,
    signal,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    throw options.signal?.aborted === true ? error : unreachable()
  })
  if (status < 200 || status > 299) throw faultFrom(status, text, retryAfter)
  try {
    return JSON.parse(text)
  } catch {
    throw new ApiFault('unreachable', 'The answer could not be read.', { status })
  }
}

type Fields = Record<string, unknown>

async function send(url: string, init: RequestInit) {
  const response = await fetch(url, init)
  noteServerTime(response.headers.get('date'), Date.now())
  noteAsOf(response.headers.get(AS_OF_HEADER))
  return { status: response.status, text: await response.text(), retryAfter: response.headers.get('retry-after') }
}
