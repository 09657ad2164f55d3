import type { CheckRule } from './check.ts'
import { type Colour, healthy } from './colour.ts'

/** The other side from the one that counts: since when, and for how long so far without the time that was unknown. */
interface Pending {
  since: number
  lastedMs: number
}

/**
 * Which side counts now, good or bad, and what speaks for the other. Plain JSON.
 *
 * - Green is good; yellow and red are bad. Within bad every colour shows at once.
 * - A side that does not count yet must last `forMs` (bad) or `recoverMs` (good). Unknown shows at once and moves
 *   neither timer; a moment of the side that counts sets the other's timer back to nothing.
 * - Once confirmed, a side is dated from its first instant, not from its confirmation: bad from the first bad instant,
 *   good from the first good one.
 * - The first side ever seen counts at once, since there is nothing else to show. Being disabled forgets everything.
 */
export type Confirmation =
  | { counts: null; pending: null }
  | { counts: 'good'; pending: Pending | null }
  /** `held` is the bad colour that shows until good is confirmed. */
  | { counts: 'bad'; pending: Pending | null; held: Colour }

export const unconfirmed: Confirmation = { counts: null, pending: null }

export interface Confirmed {
  confirmation: Confirmation
  shown: Colour
  /** Confirmed just now: what was shown since this instant is replaced by what was seen. */
  datedFrom: number | null
  /** How much longer the colour must last to be confirmed; Infinity when nothing is pending or time does not move it. */
  remainingMs: number
}

/** What shows when the check has this colour at `at`. */
export function confirm(rule: CheckRule, confirmation: Confirmation, colour: Colour, at: number): Confirmed {
  const settled = { datedFrom: null, remainingMs: Number.POSITIVE_INFINITY }
  if (colour.state === 'disabled') return { confirmation: unconfirmed, shown: colour, ...settled }
  const side = sideOf(colour)
  if (side === null) return { confirmation, shown: colour, ...settled }
  if (confirmation.counts === null || confirmation.counts === side) {
    return { confirmation: counting(side, colour), shown: colour, ...settled }
  }

  const pending = confirmation.pending ?? { since: at, lastedMs: 0 }
  const remainingMs = (side === 'bad' ? rule.forMs : rule.recoverMs) - pending.lastedMs
  if (remainingMs <= 0) {
    return { confirmation: counting(side, colour), shown: colour, ...settled, datedFrom: pending.since }
  }
  const shown = confirmation.counts === 'bad' ? confirmation.held : healthy
  return { confirmation: { ...confirmation, pending }, shown, datedFrom: null, remainingMs }
}

/** The same after `ms` of this colour. */
export function elapse(confirmation: Confirmation, colour: Colour, ms: number): Confirmation {
  const { pending } = confirmation
  if (pending === null || sideOf(colour) === null) return confirmation
  return { ...confirmation, pending: { since: pending.since, lastedMs: pending.lastedMs + ms } }
}

function counting(side: 'good' | 'bad', colour: Colour): Confirmation {
  return side === 'good' ? { counts: 'good', pending: null } : { counts: 'bad', pending: null, held: colour }
}

function sideOf({ state }: Colour): 'good' | 'bad' | null {
  switch (state) {
    case 'green':
      return 'good'
    case 'yellow':
    case 'red':
      return 'bad'
    case 'unknown':
    case 'disabled':
      return null
  }
}
