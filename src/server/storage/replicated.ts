import { Fault } from '../fault.ts'
import { DAY_MS, startOfDay, toInstant } from '../time.ts'
import { createDeferredJournal, createJournal } from './create-journal.ts'
import { createDeltaLedger, type DeltaLedger } from './delta/ledger.ts'
import { INGESTION_LEASE } from './delta/schema.ts'
import type { Warehouse } from './delta/warehouse.ts'
import { createFlush } from './flush.ts'
import type { Journal, Observation } from './journal.ts'
import { createLease } from './lease.ts'
import type { Local } from './local/open.ts'
import { createSync, type Sync } from './sync.ts'
import type { Table } from './table.ts'
import { tables as allTables } from './tables.ts'

export interface ReplicatedParts {
  local: Local
  warehouse: Warehouse
  /** This process; names it in the lease. */
  instance: string
  clock: () => number
  /** How often to look for what others wrote while somebody is looking. */
  syncEveryMs: number
  /** How often what was measured here is sent. */
  flushEveryMs: number
  /** Raw observations that this store holds, in whole UTC days. */
  resultsDays: number
  overlapMs?: number
  tables?: Readonly<Record<string, Table>>
  onObservations(fresh: readonly Observation[]): void
  onPull(failure: unknown): void
  onFlush(failure: unknown): void
}

/** A local store that follows a warehouse, and everything that is done to keep the two together. */
export interface Replicated {
  /** Durable before it answers: what people and machines write. */
  journal: Journal
  /** Written here at once, sent in bulk later: what this instance measures by itself. */
  deferred: Journal
  ledger: DeltaLedger
  sync: Sync
  /** This instance is the one that polls sources and runs timers. */
  readonly isLeader: boolean
  /** Sends all that the warehouse does not have yet. @throws what the ledger throws */
  flush(): Promise<void>
  /** Takes or prolongs the lease, then sends what was measured. Answers whether this instance leads. */
  turn(): Promise<boolean>
  /**
   * Begins to follow; retries until the first copy is here. `prepare` comes before anything is read; `onLeader` is
   * called when this instance begins to lead.
   */
  start(on: { prepare(): Promise<void>; onLeader(): void }): void
  /** Sends what is left and lets go of the lease, within the time given. */
  stop(withinMs: number): Promise<void>
}

/** Longer than the clocks of two commits that overlap may differ in the warehouse, and than a statement runs. */
const OVERLAP_MS = 5 * 60_000
const RETRY_MS = 2000

export function openReplicated(parts: ReplicatedParts): Replicated {
  const { local, warehouse, clock, flushEveryMs, tables = allTables } = parts
  // A midnight, so that no day is here in part and rolled up from that.
  const resultsFrom = () => toInstant(startOfDay(clock() - parts.resultsDays * DAY_MS))
  const ledger = createDeltaLedger(warehouse, {
    tables,
    resultsFrom,
    overlapMs: parts.overlapMs ?? OVERLAP_MS,
  })
  const { flush, isUnsent } = createFlush(local, ledger)
  const lease = createLease(warehouse, {
    name: INGESTION_LEASE,
    holder: parts.instance,
    seconds: Math.ceil((2 * flushEveryMs) / 1000) + 60,
  })
  const sync = createSync({
    ledger,
    local,
    clock,
    resultsFrom,
    everyMs: parts.syncEveryMs,
    onObservations: parts.onObservations,
    onPull: parts.onPull,
  })
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  const later = (act: () => void, ms: number) => {
    if (!isStopped) timer = setTimeout(act, ms).unref()
  }

  const turn = async () => {
    try {
      const isLeader = await lease.renew()
      if (local.unsent.count > 0) await flush()
      parts.onFlush(null)
      return isLeader
    } catch (error) {
      parts.onFlush(error)
      return lease.isHeld
    }
  }

  const written = createJournal(local, ledger, {
    settle: async (changes) => {
      if (changes.some(({ table, id }) => isUnsent(table, id))) await flush()
    },
  })
  const doubting = <T>(write: Promise<T>): Promise<T> =>
    write.catch((error: unknown) => {
      if (error instanceof Fault && error.code === 'warehouse_unavailable') sync.doubt()
      throw error
    })

  return {
    journal: {
      ...written,
      get revision() {
        return written.revision
      },
      commit: (changes, provenance) => doubting(written.commit(changes, provenance)),
      observe: (observations) => doubting(written.observe(observations)),
    },
    deferred: createDeferredJournal(local),
    ledger,
    sync,
    get isLeader() {
      return lease.isHeld
    },
    flush,
    turn,
    start({ prepare, onLeader }) {
      let [isPrepared, hasLed] = [false, false]
      const lead = async () => {
        if ((await turn()) && !hasLed) {
          hasLed = true
          onLeader()
        }
        later(lead, flushEveryMs)
      }
      const first = async () => {
        try {
          if (!isPrepared) await prepare()
          isPrepared = true
          if (!sync.isComplete) await sync.pull()
          await lead()
        } catch (error) {
          parts.onPull(error)
          later(first, RETRY_MS)
        }
      }
      void first()
    },
    async stop(withinMs) {
      isStopped = true
      clearTimeout(timer)
      const goodbye = async () => {
        if (local.unsent.count > 0) await flush()
        await lease.release()
      }
      const given = Promise.withResolvers<void>()
      const limit = setTimeout(given.resolve, withinMs)
      const left = goodbye().catch(parts.onFlush)
      await Promise.race([left, given.promise])
      clearTimeout(limit)
      await sync.stop()
    },
  }
}
