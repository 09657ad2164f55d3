/** Failures in a row after which nothing is sent for a while. */
export const FAILURES_MAX = 3
/** How long nothing is sent; then the next statement is the probe. Short, so that people write again soon after. */
export const PAUSE_MS = 3000

/** Keeps a dead warehouse from costing every caller a time-out. */
export type Breaker =
  | { is: 'closed'; failures: number }
  | { is: 'open'; since: number; until: number }
  /** One statement is on its way to find out; should it say nothing until then, another one may. */
  | { is: 'probing'; since: number; until: number }

/**
 * - `answered`: a statement came to an end that the warehouse decided.
 * - `accepted`: it took a statement, or told how one is doing.
 * - `strained`: it did not answer in time, broke off, or said that it is overloaded.
 * - `unreachable`: no connection came about.
 */
export type Sign = 'answered' | 'accepted' | 'strained' | 'unreachable'

export const CLOSED: Breaker = { is: 'closed', failures: 0 }

/** Null when a statement may not be sent now. */
export function admit(breaker: Breaker, now: number): { breaker: Breaker; isProbe: boolean } | null {
  if (breaker.is === 'closed') return { breaker, isProbe: false }
  if (now < breaker.until) return null
  return { breaker: { is: 'probing', since: breaker.since, until: now + PAUSE_MS }, isProbe: true }
}

export function afterSign(breaker: Breaker, sign: Sign, isProbe: boolean, now: number): Breaker {
  if (sign === 'answered') return CLOSED
  switch (breaker.is) {
    case 'closed':
      return whileClosed(breaker, sign, now)
    case 'open':
      // Stragglers from before it opened must not put the next probe off.
      return breaker
    case 'probing':
      return isProbe ? afterProbe(breaker.since, sign, now) : breaker
  }
}

function whileClosed(breaker: Breaker & { is: 'closed' }, sign: Exclude<Sign, 'answered'>, now: number): Breaker {
  if (sign === 'accepted') return breaker
  const failures = breaker.failures + 1
  if (sign === 'strained' && failures < FAILURES_MAX) return { is: 'closed', failures }
  return { is: 'open', since: now, until: now + PAUSE_MS }
}

function afterProbe(since: number, sign: Exclude<Sign, 'answered'>, now: number): Breaker {
  switch (sign) {
    case 'accepted':
      // A warehouse that is waking up takes the probe and ends it much later: others need not wait for that. It is on
      // its last chance, though.
      return { is: 'closed', failures: FAILURES_MAX - 1 }
    case 'strained':
    case 'unreachable':
      return { is: 'open', since, until: now + PAUSE_MS }
  }
}

/** Why nothing is sent at the moment; null when the next statement will be, be it as a probe. */
export const interruption = (breaker: Breaker, now: number): { since: number; until: number } | null =>
  breaker.is === 'closed' || now >= breaker.until ? null : { since: breaker.since, until: breaker.until }
