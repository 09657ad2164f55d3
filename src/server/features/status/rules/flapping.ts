import type { Colour } from './colour.ts'

/** Changes of mind: the colour at each of the newest measurements, oldest first, before confirmation. Plain JSON. */
export interface Flapping {
  recent: readonly Colour['state'][]
  isUnstable: boolean
}

export const steady: Flapping = { recent: [], isUnstable: false }

const STATES = 20
/** Two limits, so that the mark itself does not flap. */
const MARK_ABOVE = 30
const CLEAR_AT = 25

/** Unknown is no opinion, so it is no change of mind either. */
export function addState(flapping: Flapping, state: Colour['state']): Flapping {
  if (state === 'unknown' || state === 'disabled') return flapping
  const recent = [...flapping.recent, state].slice(-STATES)
  const value = flapValue(recent)
  return { recent, isUnstable: flapping.isUnstable ? value > CLEAR_AT : value > MARK_ABOVE }
}

/** 0 to 95. The newest state has place 19 of 0 to 19, also when there are fewer: a recent change weighs more. */
export function flapValue(recent: readonly Colour['state'][]): number {
  const first = STATES - recent.length
  // In hundredths: whole numbers keep the limits exact.
  const weight = recent.reduce(
    (sum, state, index) => (index > 0 && state !== recent[index - 1] ? sum + 80 + 2 * (first + index) : sum),
    0,
  )
  return weight / STATES
}
