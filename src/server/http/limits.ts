import { Fault } from '../fault.ts'

export type LimitClass = 'create' | 'comment' | 'vote' | 'write'

export interface LimitState {
  limit: number
  remaining: number
  resetSeconds: number
}

const WINDOW_MS = 60_000
const CALLERS_MAX = 50_000

/**
 * Writes per caller and class in a fixed minute that begins with the first one. Per process: several instances each
 * allow as many. Keyed by who it is, so no forwarded address evades it.
 */
export function createWriteLimits(limits: Record<LimitClass, number>) {
  const windows = new Map<string, { startedAt: number; count: number }>()

  /** @throws Fault `rate_limited` */
  return function count(caller: string, limitClass: LimitClass, now: number): LimitState {
    const key = `${limitClass}\n${caller}`
    let window = windows.get(key)
    if (window === undefined || now - window.startedAt >= WINDOW_MS || now < window.startedAt) {
      if (windows.size >= CALLERS_MAX) prune(windows, now)
      window = { startedAt: now, count: 0 }
      windows.set(key, window)
    }
    const limit = limits[limitClass]
    const resetSeconds = Math.max(1, Math.ceil((window.startedAt + WINDOW_MS - now) / 1000))
    if (window.count >= limit) {
      throw new Fault('rate_limited', `That is more than ${limit} a minute. Try again in ${resetSeconds} s.`, {
        retryAfterSeconds: resetSeconds,
      })
    }
    window.count += 1
    return { limit, remaining: limit - window.count, resetSeconds }
  }
}

function prune(windows: Map<string, { startedAt: number }>, now: number): void {
  for (const [key, window] of windows) if (now - window.startedAt >= WINDOW_MS) windows.delete(key)
}

/** draft-ietf-httpapi-ratelimit-headers-10 */
export const limitHeaders = (limitClass: LimitClass, state: LimitState) => ({
  'ratelimit-policy': `"${limitClass}";q=${state.limit};w=${WINDOW_MS / 1000}`,
  ratelimit: `"${limitClass}";r=${state.remaining};t=${state.resetSeconds}`,
})
