import type { DeltaLedger } from '../storage/delta/ledger.ts'
import type { Observation } from '../storage/journal.ts'
import { checking, fitted, type Taking } from '../storage/local/restoring.ts'
import type { RollupDay } from '../storage/local/rollups.ts'
import type { SavedRow } from '../storage/local/saved.ts'
import { steps } from '../storage/local/steps.ts'
import type { Row } from '../storage/table.ts'
import type { RecordTopic } from '../storage/tables.ts'
import { type Found, readBackup } from './read.ts'

/** Rows that go to the warehouse together, whatever table they are of. */
const ROWS = 20_000
const PAGE_ROWS = 5000

/**
 * Fills Delta tables that are empty with the rows of a backup, and counts afterwards what is there. The file is read to
 * its end, and found to be sound, before the first row is sent. What is sent cannot be taken back: when this throws
 * after that, begin again with another schema.
 * @param ledger one that pulls observations from the beginning of time
 * @throws Error of one line when there is something in the tables, or the file cannot be used
 * @throws Fault `warehouse_unavailable`
 */
export async function restoreIntoDelta(file: string, ledger: DeltaLedger): Promise<Found> {
  const found = await readBackup(file, steps.length, checking())
  if (!(await isEmpty(ledger)))
    throw new Error('The schema has records already; a backup is restored into an empty one')
  const taking = sending(ledger)
  await readBackup(file, steps.length, taking)
  await taking.end()
  const [sent, there] = [found.trailer.rows, await countRows(ledger)]
  const lacking = Object.keys(sent).filter((table) => !isOfInstance(table) && there.get(table) !== sent[table])
  if (lacking.length > 0)
    throw new Error(`Not everything arrived: ${lacking.join(', ')} differ; restore into another schema`)
  return found
}

async function isEmpty(ledger: DeltaLedger): Promise<boolean> {
  const { versions, observations, rollups } = await ledger.pull(null, 1)
  return versions.length + observations.length + rollups.length === 0
}

/** Says since when this one store holds results; with a warehouse each instance finds that out by itself. */
const isOfInstance = (table: string) => table === 'kept_from'

function sending(ledger: DeltaLedger): Taking & { end(): Promise<void> } {
  let waiting: SavedRow[] = []
  const end = async () => {
    const rows = waiting
    waiting = []
    for (const [name, saved] of Map.groupBy(rows, ({ table }) => table)) await send(name, saved)
  }
  const send = async (name: string, saved: readonly SavedRow[]) => {
    // The table says what its rows are; `fitted` has looked at their columns.
    const rows = saved.map((one) => fitted(one).row)
    if (isOfInstance(name)) return
    if (name === 'status_results') return ledger.observe(rows as unknown as Observation[])
    if (name === 'status_rollups') return ledger.putRollups(rows as unknown as RollupDay[])
    const of = (isCurrent: boolean) => rows.filter((_row, at) => saved[at]?.current === isCurrent) as unknown as Row[]
    return ledger.place(name as RecordTopic, { older: of(false), current: of(true) })
  }
  return {
    async take(rows) {
      waiting.push(...rows)
      if (waiting.length >= ROWS) await end()
    },
    end,
    close() {},
  }
}

/** By table, each version once. */
async function countRows(ledger: DeltaLedger): Promise<Map<string, number>> {
  const seen = new Map<string, Set<string>>()
  const see = (table: string, key: unknown[]) => {
    const keys = seen.get(table) ?? new Set()
    seen.set(table, keys.add(JSON.stringify(key)))
  }
  let cursor: string | null = null
  for (let isEnd = false; !isEnd; ) {
    const pulled = await ledger.pull(cursor, PAGE_ROWS)
    for (const { table, row } of pulled.versions) see(table, [row.id, row.version])
    for (const { check_id, measured_at } of pulled.observations) see('status_results', [check_id, measured_at])
    for (const { subject_kind, subject_id, day } of pulled.rollups)
      see('status_rollups', [subject_kind, subject_id, day])
    ;({ cursor, isEnd } = pulled)
  }
  return new Map([...seen].map(([table, keys]) => [table, keys.size]))
}
