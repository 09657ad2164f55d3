import type { DeltaLedger } from './delta/ledger.ts'
import type { Observation } from './journal.ts'
import type { Local } from './local/open.ts'

export interface SyncParts {
  ledger: Pick<DeltaLedger, 'pull' | 'pullPasts'>
  local: Local
  /** Milliseconds since the epoch. */
  clock: () => number
  /** Since when observations are pulled whole. */
  resultsFrom: () => string
  /** How often to pull while somebody is looking. */
  everyMs: number
  /** Told of observations that others made. */
  onObservations(fresh: readonly Observation[]): void
  /** Told of each pull: `null` when it went well. */
  onPull(failure: unknown): void
}

export interface Sync {
  /** Somebody is looking now. Pulls when the last pull is long enough ago; returns at once. */
  look(): void
  /** Pulls until nothing more is there. Concurrent calls share one pull. @throws what the ledger throws */
  pull(): Promise<void>
  /** Somebody else saw that the warehouse cannot be reached: what is here may be old until a pull goes well. */
  doubt(): void
  /** The first copy is complete: what is read here was once true. */
  readonly isComplete: boolean
  /** When this store was last known to be in step with the warehouse. Milliseconds; null when never. */
  readonly asOf: number | null
  /** What is here may be old: the last pull failed, or the one that goes on takes long, as a warehouse that wakes does. */
  readonly isBehind: boolean
  stop(): Promise<void>
}

const PAGE_ROWS = 20_000
/** Rows taken over in one transaction; between two of them requests are answered. */
const MERGE_ROWS = 500
/** How soon a pull that failed is tried again: those who look should see soon that the warehouse is back. */
const RETRY_MS = 4000
/** A pull that takes longer than this is worth telling those who look. */
const PATIENCE_MS = 5000
/** How often to look whether a pull is due: often enough that nobody waits, and nothing is sent by looking. */
const TICK_MS = 1000
/** Somebody who asked this many intervals ago is still looking: browsers with a page open ask about once a minute. */
const LOOKING_MS = 90_000

/**
 * Follows the warehouse. Nothing is asked of it while nobody looks, so that it may sleep; who comes back after a while
 * sees what was last known, and what is new a statement later.
 */
export function createSync({ ledger, local, clock, resultsFrom, everyMs, onObservations, onPull }: SyncParts): Sync {
  let running: Promise<void> | null = null
  let lookedAt = Number.NEGATIVE_INFINITY
  let attemptedAt = Number.NEGATIVE_INFINITY
  let hasFailed = false
  let { isComplete, at } = local.replica.read()
  let asOf = at === null ? null : Date.parse(at)
  let isStopped = false

  const isDue = () => {
    const sinceMs = clock() - attemptedAt
    return sinceMs < 0 || sinceMs >= (hasFailed ? Math.min(RETRY_MS, everyMs) : everyMs)
  }
  const begin = (): Promise<void> => {
    running ??= pullAll().finally(() => {
      running = null
    })
    return running
  }
  const pullQuietly = () => void begin().catch(() => undefined) // `onPull` has heard.
  const timer = setInterval(() => {
    if (clock() - lookedAt < LOOKING_MS && isDue()) pullQuietly()
  }, TICK_MS).unref()

  async function pullAll(): Promise<void> {
    attemptedAt = clock()
    try {
      const isFirst = !isComplete
      for (let isEnd = false; !isEnd && !isStopped; ) {
        const startedAt = clock()
        const { cursor } = local.replica.read()
        const pulled = await ledger.pull(cursor, PAGE_ROWS)
        isEnd = pulled.isEnd
        await take(pulled)
        if (isEnd && isFirst) {
          // Before that, only what the present stands on is here; the rest is told from roll-ups.
          local.expiry.keepResultsFrom(resultsFrom())
          await takeObservations(await ledger.pullPasts())
        }
        if (isStopped) return
        isComplete ||= isEnd
        if (isEnd) asOf = startedAt
        const at = new Date(asOf ?? startedAt).toISOString()
        if (cursor !== pulled.cursor || isEnd) local.replica.write({ cursor: pulled.cursor, isComplete, at })
      }
      hasFailed = false
      onPull(null)
    } catch (error) {
      hasFailed = true
      onPull(error)
      throw error
    }
  }

  async function take({ versions, observations, rollups }: Awaited<ReturnType<DeltaLedger['pull']>>): Promise<void> {
    for (let i = 0; i < versions.length && !isStopped; i += MERGE_ROWS) {
      local.merge(versions.slice(i, i + MERGE_ROWS), new Date(clock()).toISOString())
      await breath()
    }
    await takeObservations(observations)
    for (let i = 0; i < rollups.length && !isStopped; i += MERGE_ROWS) {
      local.rollups.merge(rollups.slice(i, i + MERGE_ROWS))
      await breath()
    }
  }

  async function takeObservations(observations: readonly Observation[]): Promise<void> {
    for (let i = 0; i < observations.length && !isStopped; i += MERGE_ROWS) {
      const { fresh } = local.observe(observations.slice(i, i + MERGE_ROWS))
      if (fresh.length > 0) onObservations(fresh)
      await breath()
    }
  }

  return {
    look() {
      lookedAt = clock()
      if (running === null && isDue()) pullQuietly()
    },
    pull: begin,
    doubt() {
      hasFailed = true
    },
    get isComplete() {
      return isComplete
    },
    get asOf() {
      return asOf
    },
    get isBehind() {
      return hasFailed || asOf === null || (running !== null && clock() - attemptedAt > PATIENCE_MS)
    },
    async stop() {
      isStopped = true
      clearInterval(timer)
      await running?.catch(() => undefined)
    },
  }
}

const breath = () => new Promise<void>((resolve) => setImmediate(resolve))
