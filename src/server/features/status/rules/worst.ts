import { type State, states } from '../../../../contracts/status.ts'

/** The worst of these, in the order red, yellow, unknown, green; null of none. */
export const worstState = (among: Iterable<State>): State | null => {
  let worst: State | null = null
  for (const state of among) if (worst === null || isWorse(state, worst)) worst = state
  return worst
}

export const isWorse = (a: State, b: State): boolean => states.indexOf(a) < states.indexOf(b)

export type StateCounts = Record<State, number>

export function countStates(among: Iterable<State>): StateCounts {
  const counts: StateCounts = { red: 0, yellow: 0, unknown: 0, green: 0 }
  for (const state of among) counts[state] += 1
  return counts
}
