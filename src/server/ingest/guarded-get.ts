import { lookup as dnsLookup } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { TLSSocket } from 'node:tls'
import { field } from '../outbound/answer.ts'
import { withDeadline } from '../outbound/deadline.ts'
import { asCode } from '../outbound/outbound-error.ts'
import { isRefusedAddress } from './addresses.ts'

export interface GuardedAnswer {
  status: number
  body: Uint8Array
  /** False when the body was longer than we read. */
  isWhole: boolean
  /** From asking to the last byte we read. */
  latencyMs: number
  /** Null without TLS. */
  certificateEndsAt: number | null
}

/**
 * `unreachable` and `certificate` are the other side's fault; with `refused`, `untrusted` and `our_side` it could not
 * be asked from here; `stopped` ends with the run.
 */
export type GuardedReason = 'timeout' | 'unreachable' | 'certificate' | 'refused' | 'untrusted' | 'our_side' | 'stopped'

export class GuardedError extends Error {
  override readonly name = 'GuardedError'
  readonly reason: GuardedReason

  constructor(reason: GuardedReason, message: string) {
    super(message)
    this.reason = reason
  }
}

export interface GuardedOptions {
  signal: AbortSignal
  timeoutMs: number
  bytesMax: number
  allowPrivate: boolean
  /** Milliseconds on a clock that never jumps. */
  clock(): number
  /** Resolver; the system's unless a test brings its own. */
  lookup?: typeof dnsLookup
  /** Certificate authorities instead of the system's, for tests. */
  ca?: string
}

/**
 * GETs a URL that a person typed in. Node's own client rather than fetch, because the address is judged inside the
 * connection's own look-up: what was judged is what is connected to, so DNS cannot answer differently the second time.
 * Follows no redirect, sends no credentials, opens a fresh connection.
 * @throws GuardedError
 */
export const guardedGet = (url: string, options: GuardedOptions): Promise<GuardedAnswer> => guarded(url, null, options)

export interface Post {
  headers: Record<string, string>
  body: string
}

/**
 * POSTs to a URL that an operator configured, under the same guard.
 * @throws GuardedError
 */
export const guardedPost = (url: string, post: Post, options: GuardedOptions): Promise<GuardedAnswer> =>
  guarded(url, post, options)

function guarded(url: string, post: Post | null, options: GuardedOptions): Promise<GuardedAnswer> {
  return withDeadline(options.signal, options.timeoutMs, async (signal, endedBy) => {
    try {
      return await exchange(new URL(url), post, options, signal)
    } catch (error) {
      if (endedBy() === 'stopped') throw new GuardedError('stopped', 'The run was stopped before this was measured.')
      if (endedBy() === 'timeout') throw new GuardedError('timeout', `No whole answer within ${options.timeoutMs} ms.`)
      throw error instanceof GuardedError ? error : classify(error)
    }
  })
}

async function exchange(
  url: URL,
  post: Post | null,
  options: GuardedOptions,
  signal: AbortSignal,
): Promise<GuardedAnswer> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // An address in the URL is connected to without any look-up.
  if (isIP(host) !== 0 && isRefusedAddress(host, options.allowPrivate)) throw refusedAddress()
  const begun = options.clock()
  const response = await respond(url, post, options, signal)
  const certificateEndsAt = response.socket instanceof TLSSocket ? endOf(response.socket) : null
  const parts: Uint8Array[] = []
  let size = 0
  let isWhole = true
  for await (const part of response as AsyncIterable<Uint8Array>) {
    size += part.byteLength
    if (size > options.bytesMax) {
      isWhole = false
      break // Leaving the loop destroys the connection.
    }
    parts.push(part)
  }
  return {
    status: response.statusCode ?? 0,
    body: Buffer.concat(parts),
    isWhole,
    latencyMs: Math.max(0, Math.round(options.clock() - begun)),
    certificateEndsAt,
  }
}

function respond(
  url: URL,
  post: Post | null,
  options: GuardedOptions,
  signal: AbortSignal,
): Promise<http.IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>()
  const client = url.protocol === 'https:' ? https : http
  client
    .request(url, {
      agent: false,
      signal,
      lookup: guardedLookup(options),
      method: post === null ? 'GET' : 'POST',
      headers: { 'user-agent': 'lakeport', 'accept-encoding': 'identity', ...post?.headers },
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    })
    .on('response', resolve)
    .on('error', reject)
    .end(post?.body)
  return promise
}

function guardedLookup({ allowPrivate, lookup = dnsLookup }: GuardedOptions): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? []
      if (error !== null || first === undefined) return callback(error ?? new Error('no address'), '', 4)
      // One refused address among several is enough: which one is connected to is not ours to choose.
      if (addresses.some(({ address }) => isRefusedAddress(address, allowPrivate))) {
        return callback(refusedAddress(), '', 4)
      }
      return options.all === true ? callback(null, addresses) : callback(null, first.address, first.family)
    })
  }
}

const refusedAddress = () =>
  new GuardedError(
    'refused',
    'The address is not one this portal may ask (link-local, metadata, or private where those are off).',
  )

function endOf(socket: TLSSocket): number | null {
  const end = Date.parse(socket.getPeerCertificate().valid_to)
  return Number.isNaN(end) ? null : end
}

const certificateFaults: ReadonlyMap<string, GuardedReason> = new Map([
  ['CERT_HAS_EXPIRED', 'certificate'],
  ['CERT_NOT_YET_VALID', 'certificate'],
  ['CERT_REVOKED', 'certificate'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'untrusted'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'untrusted'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'untrusted'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'untrusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'untrusted'],
])
/** Our resolver or our network, not theirs. */
const ourSide: ReadonlySet<string> = new Set(['EAI_AGAIN', 'ENETDOWN', 'ENETUNREACH', 'EMFILE', 'ENFILE'])

function classify(error: unknown): GuardedError {
  const code = asCode(field(error, 'code')) ?? 'no code'
  const fault = certificateFaults.get(code)
  if (fault === 'certificate') return new GuardedError(fault, `The certificate is not valid (${code}).`)
  if (fault === 'untrusted') {
    return new GuardedError(fault, `The certificate's issuer is not known here (${code}); see NODE_EXTRA_CA_CERTS.`)
  }
  if (ourSide.has(code)) return new GuardedError('our_side', `The network failed on this side (${code}).`)
  if (code === 'ETIMEDOUT') return new GuardedError('timeout', 'No connection in time (ETIMEDOUT).')
  return new GuardedError('unreachable', `No whole answer (${code}).`)
}
