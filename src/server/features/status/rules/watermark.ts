import type { Observed } from './observed.ts'

/** How far a time may be ahead of the clock that it is held against before one of the two is taken to be wrong. */
export const AHEAD_MAX_MS = 60_000

/** The data claims a time that it could not have when we looked. */
export const isFromTheFuture = ({ dataTime, measuredAt }: Observed): boolean =>
  dataTime !== null && dataTime > measuredAt + AHEAD_MAX_MS

/**
 * Newest time of the data itself over good observations. Only ever moves forward, so neither the order of arrival nor
 * a failed run changes it.
 */
export function moveWatermark(watermark: number | null, observed: Observed): number | null {
  if (observed.outcome !== 'ok' || observed.dataTime === null || isFromTheFuture(observed)) return watermark
  return watermark === null ? observed.dataTime : Math.max(watermark, observed.dataTime)
}
