import { createHmac } from 'node:crypto'
import type { lookup as dnsLookup } from 'node:dns'
import { GuardedError, guardedPost } from '../../ingest/guarded-get.ts'

export interface WebhookSettings {
  /** May hold a token, so it is never logged: `host` is. */
  url: string
  /** `whsec_` and the key in base64, after Standard Webhooks. */
  secret: string
  timeoutMs: number
  /** Milliseconds on a clock that never jumps. */
  steadyClock(): number
  /** Resolver and authorities of tests. */
  lookup?: typeof dnsLookup
  ca?: string
}

export interface Outgoing {
  id: string
  /** Milliseconds since the epoch, of this try. */
  at: number
  /** Under which request what is told was done. */
  requestId: string
  body: string
}

/** Null when it was accepted, else why not, in words that hold neither address nor secret. */
export type Send = (outgoing: Outgoing, signal: AbortSignal) => Promise<string | null>

const ANSWER_BYTES_MAX = 4096

/**
 * One POST. Any 2xx is accepted; everything else, a redirect too, is not. The address comes from the operator's own
 * environment, and receivers inside the network are the rule, so private ones are allowed; link-local and metadata
 * addresses are refused whatever a name resolves to.
 */
export function createWebhook(settings: WebhookSettings): { host: string; send: Send } {
  const { url, timeoutMs, steadyClock, lookup, ca } = settings
  return {
    host: new URL(url).host,
    async send({ id, at, requestId, body }, signal) {
      const timestamp = Math.floor(at / 1000)
      const headers = {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        'x-request-id': requestId,
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signatureOf(settings.secret, id, timestamp, body),
      }
      try {
        const { status } = await guardedPost(
          url,
          { headers, body },
          {
            signal,
            timeoutMs,
            bytesMax: ANSWER_BYTES_MAX,
            allowPrivate: true,
            clock: steadyClock,
            ...(lookup === undefined ? {} : { lookup }),
            ...(ca === undefined ? {} : { ca }),
          },
        )
        return status >= 200 && status < 300 ? null : `It answered ${status}.`
      } catch (error) {
        if (error instanceof GuardedError) return error.message
        throw error
      }
    },
  }
}

/** @param secret `whsec_` and base64 */
export function signatureOf(secret: string, id: string, timestampSeconds: number, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${timestampSeconds}.${body}`).digest('base64')}`
}
