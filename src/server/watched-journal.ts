import type { Change, Journal, Observation, Provenance } from './storage/journal.ts'

export interface Watching {
  /** What is older than results are kept is left out: it would stay behind alone, in a day that is told from its roll-up. */
  keeps(observation: Observation): boolean
  /** Told of what was observed here, once it is written. */
  arrived(observations: readonly Observation[]): void
  /** Told of what was changed here, once it is written. */
  committed(changes: readonly Change[], provenance: Provenance): void
}

export const watchedJournal = (stored: Journal, { keeps, arrived, committed }: Watching): Journal => ({
  ...stored,
  get revision() {
    return stored.revision
  },
  async commit(changes, provenance) {
    const rows = await stored.commit(changes, provenance)
    committed(changes, provenance)
    return rows
  },
  async observe(given) {
    const observations = given.filter(keeps)
    const answer = await stored.observe(observations)
    arrived(observations)
    return answer
  },
})
