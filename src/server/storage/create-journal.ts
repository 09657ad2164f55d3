import { Fault } from '../fault.ts'
import { Overtaken } from './delta/overtaken.ts'
import type { Change, Journal } from './journal.ts'
import type { Ledger } from './ledger.ts'
import type { Local } from './local/open.ts'

export interface JournalOptions {
  /** Sends what the ledger has not been told yet of these records, before it is asked to change them. */
  settle?: (changes: readonly Change[]) => Promise<void>
}

/** Ledger first, local store second; the local store announces what it applied, last. */
export const createJournal = (local: Local, ledger: Ledger, { settle }: JournalOptions = {}): Journal => ({
  async commit(changes, provenance) {
    if (ledger.keepsLocalStore) return ledger.append(changes, provenance)
    await settle?.(changes)
    try {
      await ledger.append(changes, provenance)
    } catch (error) {
      // What stood in the way is newer than what is here: taken over, so that looking again shows it.
      if (error instanceof Fault && error.cause instanceof Overtaken)
        local.merge(error.cause.versions, new Date(provenance.at).toISOString())
      throw error
    }
    return local.apply(changes, provenance, { strict: false })
  },
  async observe(observations) {
    if (ledger.keepsLocalStore) return ledger.observe(observations)
    await ledger.observe(observations)
    const { accepted, repeated } = local.observe(observations)
    return { accepted, repeated }
  },
  ...announcements(local),
  get revision() {
    return local.revision
  },
})

/**
 * For what this instance decides by itself and measures again if it is lost: written here at once, and told to the
 * system of record in bulk, later.
 */
export const createDeferredJournal = (local: Local): Journal => ({
  commit: async (changes, provenance) => local.apply(changes, provenance, { strict: true, isUnsent: true }),
  async observe(observations) {
    const { accepted, repeated } = local.observe(observations, { isUnsent: true })
    return { accepted, repeated }
  },
  ...announcements(local),
  get revision() {
    return local.revision
  },
})

const announcements = ({ revisionOf, epoch, changedSince, subscribe }: Local) => ({
  revisionOf,
  epoch,
  changedSince,
  subscribe,
})
