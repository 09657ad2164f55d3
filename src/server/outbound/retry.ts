/** Tries of one question, the first included. */
export const TRIES_MAX = 4
/** Longest we wait because a system asked for it; a longer wish ends the question instead. */
export const RETRY_AFTER_MS_MAX = 30_000
const BACKOFF_MS = 500

export const isBusy = (status: number) => status === 429 || status === 503

/**
 * How long to wait before the next try, or null when the system wants more than we give. Never less than it asked for;
 * up to a quarter more, so that many askers do not come back together.
 */
export function waitMs(retryAfter: string | null, tries: number, now: number, random: () => number): number | null {
  const asked = askedMs(retryAfter, now)
  if (asked === null) return Math.round(BACKOFF_MS * 2 ** (tries - 1) * (0.5 + random() / 2))
  return asked > RETRY_AFTER_MS_MAX ? null : Math.round(asked * (1 + random() / 4))
}

/** `Retry-After` is seconds or a date; null when there is none or it cannot be read. */
export function askedMs(retryAfter: string | null, now: number): number | null {
  if (retryAfter === null) return null
  const text = retryAfter.trim()
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  const date = /[A-Za-z]{3}, /.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}
