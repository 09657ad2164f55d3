/** Milliseconds since the epoch to the one spelling of an instant: `2026-11-22T01:02:03.004Z`. */
export const toInstant = (ms: number): string => new Date(ms).toISOString()

export const fromInstant = (instant: string): number => Date.parse(instant)

export const DAY_MS = 86_400_000

/** First instant of the UTC day that `ms` lies in. */
export const startOfDay = (ms: number): number => Math.floor(ms / DAY_MS) * DAY_MS

/** `2026-11-22` */
export const toDay = (ms: number): string => toInstant(ms).slice(0, 10)
