import type { Database } from './database.ts'

export interface FirstAnswer {
  bodyHash: string
  status: number
  /** The reply as it was sent. */
  body: string
}

/** What creates with an `Idempotency-Key` answered, so that a repeated one answers the same. Kept for a day, here only. */
export interface Idempotency {
  get(actor: string, route: string, key: string): FirstAnswer | null
  /** The first answer stays; a later one for the same key is dropped. */
  put(actor: string, route: string, key: string, answer: FirstAnswer): void
  /** Answers how many were too old. */
  prune(): number
}

const KEPT_MS = 24 * 60 * 60 * 1000

export const openIdempotency = (database: Database, now: () => number): Idempotency => {
  const oldest = () => new Date(now() - KEPT_MS).toISOString()
  return {
    get: (actor, route, key) =>
      database.get<FirstAnswer>(
        `SELECT body_hash AS bodyHash, status, body FROM idempotency_keys
         WHERE actor = ? AND route = ? AND key = ? AND at > ?`,
        [actor, route, key, oldest()],
      ) ?? null,
    put(actor, route, key, { bodyHash, status, body }) {
      database.run(
        `INSERT INTO idempotency_keys (actor, route, key, body_hash, status, body, at) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET body_hash = excluded.body_hash, status = excluded.status, body = excluded.body,
           at = excluded.at WHERE idempotency_keys.at <= ?`,
        [actor, route, key, bodyHash, status, body, new Date(now()).toISOString(), oldest()],
      )
    },
    prune: () => database.run('DELETE FROM idempotency_keys WHERE at <= ?', [oldest()]).changes,
  }
}
