import type { Observed } from './observed.ts'
import { isFromTheFuture, moveWatermark } from './watermark.ts'

/** All that is known of a check from its observations, whatever the time is now. Plain JSON. */
export interface Facts {
  newest: Observed | null
  /** The newest that did measure: outcome `ok` or `fail`. The state is read from this one. */
  measured: Observed | null
  watermark: number | null
  /** The newest good observation claimed data from the future. */
  claimsFuture: boolean
  lastSuccessAt: number | null
  lastFailureAt: number | null
  lastFailureMessage: string | null
}

export const noFacts: Facts = {
  newest: null,
  measured: null,
  watermark: null,
  claimsFuture: false,
  lastSuccessAt: null,
  lastFailureAt: null,
  lastFailureMessage: null,
}

/** `observed` must be newer than everything learnt so far. */
export function learn(facts: Facts, observed: Observed): Facts {
  switch (observed.outcome) {
    case 'error':
      return { ...facts, newest: observed }
    case 'fail':
      return {
        ...facts,
        newest: observed,
        measured: observed,
        lastFailureAt: observed.measuredAt,
        lastFailureMessage: observed.message,
      }
    case 'ok':
      return {
        ...facts,
        newest: observed,
        measured: observed,
        watermark: moveWatermark(facts.watermark, observed),
        claimsFuture: isFromTheFuture(observed),
        lastSuccessAt: observed.measuredAt,
      }
  }
}
