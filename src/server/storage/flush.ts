import type { DeltaLedger } from './delta/ledger.ts'
import type { Observation } from './journal.ts'
import type { RowVersion } from './local/commit.ts'
import type { Local } from './local/open.ts'
import type { RollupDay } from './local/rollups.ts'
import type { UnsentEntry, UnsentKind } from './local/unsent.ts'
import type { RecordTopic } from './tables.ts'

export interface Flush {
  /** Sends all that the warehouse does not have yet. Concurrent calls share one. @throws what the ledger throws */
  flush(): Promise<void>
  /** Whether any of these records has versions that the warehouse does not have yet. */
  isUnsent(table: RecordTopic, id: string): boolean
}

const ENTRIES_MAX = 5000

/** Sends in bulk what was decided or measured here. Each kind is repeatable, so a lost answer is sent again. */
export function createFlush(local: Local, ledger: Pick<DeltaLedger, 'put' | 'observe' | 'putRollups'>): Flush {
  let running: Promise<void> | null = null

  const sendAll = async <T>(
    kind: UnsentKind,
    read: (key: string) => readonly T[],
    send: (things: readonly T[]) => Promise<void>,
  ) => {
    for (let entries = next(kind); entries.length > 0; entries = next(kind)) {
      const things = entries.flatMap(({ key }) => read(key))
      if (things.length > 0) await send(things)
      local.unsent.sent(kind, entries)
    }
  }
  const next = (kind: UnsentKind): UnsentEntry[] => local.unsent.take(kind, ENTRIES_MAX)

  const flushAll = async () => {
    await sendAll('version', versionsOf, (versions) => ledger.put(onceEach(versions)))
    await sendAll('result', resultOf, ledger.observe)
    await sendAll('rollup', rollupOf, ledger.putRollups)
  }

  // Each key was written by `unsent.add` with just these parts.

  /** With the one before: it may be the current one over there, and has to be kept when this takes its place. */
  const versionsOf = (key: string): RowVersion[] => {
    const [table, id, version] = JSON.parse(key) as [RecordTopic, string, number]
    const sent = local.history(table, id).filter((one) => one.version === version || one.version === version - 1)
    return sent.map((row) => ({ table, row }))
  }
  const resultOf = (key: string): Observation[] => {
    const [checkId, at] = JSON.parse(key) as [string, string]
    return local.results.range(checkId, at, after(at)).slice(0, 1)
  }
  const rollupOf = (key: string): RollupDay[] => {
    const [kind, id, day] = JSON.parse(key) as [RollupDay['subject_kind'], string, string]
    return local.rollups.read(kind, [id], day, day).slice(0, 1)
  }

  return {
    flush() {
      running ??= flushAll().finally(() => {
        running = null
      })
      return running
    },
    isUnsent: (table, id) => local.unsent.has('version', [table, id]),
  }
}

const after = (instant: string) => new Date(Date.parse(instant) + 1).toISOString()

const onceEach = (versions: readonly RowVersion[]): RowVersion[] => [
  ...new Map(versions.map((one) => [JSON.stringify([one.table, one.row.id, one.row.version]), one])).values(),
]
