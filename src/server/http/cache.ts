import { createHash } from 'node:crypto'

export interface CachedReply {
  body: Buffer
  contentType: string
  /** Those that every reply of this kind has, name after value. */
  headers: readonly string[]
  etag: string
  /** Revision of the topics it was made from. */
  revision: number
  /** When time alone makes it wrong; Infinity when never. Milliseconds. */
  expiresAt: number
}

const BYTES_MAX = 32 * 1024 * 1024

/**
 * Serialised replies by route, URL and what the caller may see. An entry is used only while its revision is the
 * current one, so nothing has to be invalidated; the oldest go when it is full.
 */
export function createReplyCache(bytesMax = BYTES_MAX) {
  const entries = new Map<string, CachedReply>()
  let bytes = 0

  const drop = (key: string) => {
    bytes -= entries.get(key)?.body.length ?? 0
    entries.delete(key)
  }

  return {
    get(key: string, revision: number, now: number): CachedReply | undefined {
      const entry = entries.get(key)
      return entry !== undefined && entry.revision === revision && now < entry.expiresAt ? entry : undefined
    },
    put(key: string, entry: CachedReply): void {
      drop(key)
      if (entry.body.length > bytesMax / 8) return
      entries.set(key, entry)
      bytes += entry.body.length
      for (const oldest of entries.keys()) {
        if (bytes <= bytesMax) break
        drop(oldest)
      }
    },
  }
}

export type ReplyCache = ReturnType<typeof createReplyCache>

/** Equal bytes have equal tags, whoever made them; so a restart or a change that changed nothing is still a 304. */
export const etagOf = (body: Buffer, visibility: string) =>
  `"${createHash('sha256').update(visibility).update(body).digest('base64url').slice(0, 22)}"`

export const matches = (ifNoneMatch: string | undefined, etag: string) =>
  ifNoneMatch !== undefined &&
  (ifNoneMatch === etag || ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag))
