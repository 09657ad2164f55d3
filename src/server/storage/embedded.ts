import { Fault } from '../fault.ts'
import type { Ledger } from './ledger.ts'
import type { Local } from './local/open.ts'

/** The local store as its own system of record: a laptop, a test, a portal without a warehouse. */
export const embeddedLedger = (local: Local): Ledger => ({
  keepsLocalStore: true,
  append: async (changes, provenance) => orUnavailable(() => local.apply(changes, provenance, { strict: true })),
  async observe(observations) {
    const { accepted, repeated } = orUnavailable(() => local.observe(observations))
    return { accepted, repeated }
  },
  async readAfter(cursor, limit) {
    const found = local.versionsAfter(cursor === null ? 0 : Number(cursor), limit)
    return { versions: found.map(({ version }) => version), cursor: String(found.at(-1)?.seq ?? cursor ?? 0) }
  },
  ping: async () => orUnavailable(() => local.ping()),
})

/** SQLite's codes for a file that cannot be written now: busy, locked, read-only, I/O error, full, cannot open. */
const UNAVAILABLE = new Set([5, 6, 8, 10, 13, 14])
const RETRY_AFTER_SECONDS = 5

const orUnavailable = <T>(write: () => T): T => {
  try {
    return write()
  } catch (cause) {
    // The low byte is the kind of error; what is above tells variants of it apart.
    const code = cause instanceof Error && 'errcode' in cause ? Number(cause.errcode) & 0xff : 0
    if (!UNAVAILABLE.has(code)) throw cause
    throw new Fault('warehouse_unavailable', 'Nothing can be saved just now; nothing was changed. Try again shortly.', {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
      cause,
    })
  }
}
