export interface Confirmed {
  /** When an answer was last received, by the portal's clock; 0 when never. */
  confirmedAt: number
  /** When the answer itself says that it may change; null when time alone cannot. */
  changesAt: string | null
  /** The newest attempt to ask failed. */
  hasFailed: boolean
  /** How often we ask anyway. */
  intervalMs: number
}

/** The question is on its way when the moment comes; this long it may take before anybody is told. */
const GRACE_MS = 10_000

/** May what is on the screen still be called the present? Never when in doubt. */
export function isStale({ confirmedAt, changesAt, hasFailed, intervalMs }: Confirmed, now: number): boolean {
  if (confirmedAt === 0 || hasFailed) return true
  if (now - confirmedAt > 2 * intervalMs) return true
  return changesAt !== null && now > Math.max(Date.parse(changesAt), confirmedAt) + GRACE_MS
}

const SOONEST_MS = 2000
const LONGEST_MS = 3_600_000

/** How long until the answer must be asked for again, just after it may have changed; null: not by time. */
export function askAgainIn(changesAt: string | null, now: number): number | null {
  if (changesAt === null) return null
  return Math.min(LONGEST_MS, Math.max(SOONEST_MS, Date.parse(changesAt) - now + 250))
}
