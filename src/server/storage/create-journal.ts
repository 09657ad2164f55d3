import type { Journal } from './journal.ts'
import type { Ledger } from './ledger.ts'
import type { Local } from './local/open.ts'

/** Ledger first, local store second; the local store announces what it applied, last. */
export const createJournal = (local: Local, ledger: Ledger): Journal => ({
  async commit(changes, provenance) {
    if (ledger.keepsLocalStore) return ledger.append(changes, provenance)
    await ledger.append(changes, provenance)
    return local.apply(changes, provenance, { strict: false })
  },
  async observe(observations) {
    if (ledger.keepsLocalStore) return ledger.observe(observations)
    await ledger.observe(observations)
    return local.observe(observations)
  },
  get revision() {
    return local.revision
  },
  revisionOf: local.revisionOf,
  epoch: local.epoch,
  changedSince: local.changedSince,
  subscribe: local.subscribe,
})
