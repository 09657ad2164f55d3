import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { recordSchema, seriesSchema } from '../ddl.ts'
import type { Observation } from '../journal.ts'
import { series } from '../series.ts'
import type { Table } from '../table.ts'
import { tables as allTables } from '../tables.ts'
import { codecOf } from './codec.ts'
import { type Commit, openCommit } from './commit.ts'
import { openDatabase } from './database.ts'
import { type Expiry, openExpiry } from './expiry.ts'
import { type Idempotency, openIdempotency } from './idempotency.ts'
import { migrate } from './migrate.ts'
import { ownTables } from './own-tables.ts'
import { openReads, type Reads } from './read.ts'
import { openReplica, type Replica } from './replica.ts'
import { insertResults, openResults, type Results } from './results.ts'
import { openRevisions, type Revisions } from './revisions.ts'
import { openRollups, type Rollups } from './rollups.ts'
import type { Step } from './steps.ts'
import { openUnsent, type Unsent } from './unsent.ts'
import { openVersionLog, type VersionLog } from './version-log.ts'

/** The local store: SQLite in this process. Everything is synchronous; a write is on disk when its call returns. */
export interface Local
  extends Reads,
    Commit,
    VersionLog,
    Pick<Revisions, 'revision' | 'revisionOf' | 'changedSince' | 'subscribe' | 'notice'> {
  /** Differs between two stores. */
  readonly epoch: string
  /** Adds what is not there yet. */
  observe(
    observations: readonly Observation[],
    how?: { isUnsent: boolean },
  ): { accepted: number; repeated: number; fresh: Observation[] }
  readonly results: Results
  readonly rollups: Rollups
  readonly idempotency: Idempotency
  readonly unsent: Unsent
  readonly replica: Replica
  readonly expiry: Expiry
  /** Looks at how values are spread, so that lists take the index that fits; cheap, to be called now and then. */
  optimize(): void
  /** A real write and a real read; throws when either fails. */
  ping(): void
  close(): void
}

export interface LocalOptions {
  /** Dates what carries no time of its own: the journal's entry for observations, idempotency keys. */
  now?: () => number
  /** How long a write waits for another process that holds the file. */
  busyTimeoutMs?: number
  /** A warehouse is the system of record: it is to be told what is computed here. */
  isReplica?: boolean
  tables?: Readonly<Record<string, Table>>
  steps?: readonly Step[]
}

export const STORE_FILE = 'lakeport.db'

/** Everything in the file: what is recorded, what follows from it, and what the store keeps about itself. */
export const schemaOf = (tables: Readonly<Record<string, Table>>) => [
  ...Object.values(tables).flatMap(recordSchema),
  ...[...series, ...ownTables].flatMap(seriesSchema),
]

/**
 * Opens or makes the store in this folder, or one in memory.
 * @throws Error of one line when the file is a newer Lakeport's, or the disk cannot keep writes safe
 */
export const openLocal = (dir: string | ':memory:', options: LocalOptions = {}): Local => {
  const { now = Date.now, busyTimeoutMs = 1000, isReplica = false, tables = allTables, steps } = options
  if (dir !== ':memory:') mkdirSync(dir, { recursive: true, mode: 0o700 })
  const database = openDatabase(dir === ':memory:' ? dir : join(dir, STORE_FILE), busyTimeoutMs)
  try {
    const epoch = migrate(database, schemaOf(tables), steps)
    database.exec('PRAGMA analysis_limit = 1000; PRAGMA optimize = 0x10002')
    const codecs = new Map(Object.values(tables).map((table) => [table.name as string, codecOf(table)]))
    const revisions = openRevisions(database)
    const reads = openReads(database, codecs)
    const unsent = openUnsent(database)

    const observe: Local['observe'] = (observations, { isUnsent } = { isUnsent: false }) => {
      const { fresh, announcement } = database.transaction(() => {
        const fresh = insertResults(database, observations)
        if (isUnsent) for (const one of fresh) unsent.add('result', [one.check_id, one.measured_at])
        const at = new Date(now()).toISOString()
        return { fresh, announcement: fresh.length > 0 ? revisions.count(at, ['status_results']) : null }
      })
      if (announcement) revisions.announce(announcement)
      return { accepted: fresh.length, repeated: observations.length - fresh.length, fresh }
    }

    return {
      ...reads,
      ...openCommit(database, codecs, revisions, unsent),
      ...openVersionLog(database, codecs, reads),
      epoch,
      get revision() {
        return revisions.revision
      },
      revisionOf: revisions.revisionOf,
      changedSince: revisions.changedSince,
      subscribe: revisions.subscribe,
      notice: () => revisions.notice(),
      observe,
      results: openResults(database),
      rollups: openRollups(database, isReplica ? unsent : null),
      unsent,
      replica: openReplica(database),
      idempotency: openIdempotency(database, now),
      expiry: openExpiry(database, revisions),
      optimize: () => database.exec('PRAGMA optimize'),
      ping() {
        const pings = () => database.get<{ pings: number }>('SELECT pings FROM store')?.pings ?? 0
        const next = pings() + 1
        database.run('UPDATE store SET pings = ?', [next])
        if (pings() !== next) throw new Error('The store does not read what it wrote')
      },
      close: database.close,
    }
  } catch (error) {
    database.close()
    throw error
  }
}
