import type { Outcome } from '../../../../contracts/status.ts'
import type { Observation } from '../../../storage/journal.ts'
import { fromInstant } from '../../../time.ts'

/** An observation as the rules see it: times are milliseconds since the epoch. Plain JSON. */
export interface Observed {
  /** When we looked. */
  measuredAt: number
  /** How fresh the data itself is; null when the source has no such time. */
  dataTime: number | null
  outcome: Outcome
  reading: 'green' | 'yellow' | null
  message: string | null
}

export const observed = (observation: Observation): Observed => ({
  measuredAt: fromInstant(observation.measured_at),
  dataTime: observation.data_time === null ? null : fromInstant(observation.data_time),
  outcome: observation.outcome,
  reading: observation.reading,
  message: observation.message,
})

/** Ascending, once per instant. An observation is immutable, so of two with the same instant the first one given stays. */
export function inOrder(observations: readonly Observed[]): Observed[] {
  const sorted = [...observations].sort((a, b) => a.measuredAt - b.measuredAt)
  return sorted.filter(({ measuredAt }, index) => measuredAt !== sorted[index - 1]?.measuredAt)
}
