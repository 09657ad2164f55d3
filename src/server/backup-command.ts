import { statSync } from 'node:fs'
import type { Trailer } from './backup/format.ts'
import { type Found, readBackup } from './backup/read.ts'
import { restoreBackup } from './backup/restore.ts'
import { restoreIntoDelta } from './backup/restore-delta.ts'
import { writeBackup } from './backup/write.ts'
import type { Running } from './command.ts'
import { UsageError } from './import-command.ts'
import { createDeltaLedger } from './storage/delta/ledger.ts'
import { applySchema } from './storage/delta/schema.ts'
import type { WarehouseClient } from './storage/delta/statement-client.ts'
import { checking } from './storage/local/restoring.ts'
import { openSnapshot } from './storage/local/snapshot.ts'
import { steps } from './storage/local/steps.ts'
import { tables } from './storage/tables.ts'
import { toInstant } from './time.ts'
import { warehouseFrom } from './warehouse-connection.ts'

/** Writes everything that the store holds to a file, as it was when this began; a portal may run and write meanwhile. */
export async function exportStore(
  { config, flush }: Running,
  { file, isForced }: { file: string | undefined; isForced: boolean },
): Promise<void> {
  if (file === undefined) throw new UsageError('export needs a file')
  const interrupted = new AbortController()
  const interrupt = () => interrupted.abort()
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  const snapshot = openSnapshot(config.dataDir)
  try {
    const trailer = await writeBackup(file, snapshot, {
      version: config.version,
      takenAt: toInstant(Date.now()),
      isForced,
      signal: interrupted.signal,
    })
    process.stdout.write(`${counted(trailer)} written to ${file} (${statSync(file).size} bytes)\n`)
  } finally {
    snapshot.close()
    await flush()
  }
}

/** Makes a store of such a file, or only looks whether that could be done. */
export async function restoreStore(
  { config, flush }: Running,
  { file, isVerifying }: { file: string | undefined; isVerifying: boolean },
): Promise<void> {
  if (file === undefined) throw new UsageError('restore needs a file')
  if (isVerifying) {
    const { manifest, trailer } = await readBackup(file, steps.length, checking())
    process.stdout.write(`${file} is sound: ${counted(trailer)}, taken at ${manifest.taken_at}\n`)
  } else {
    const warehouse = warehouseFrom(config)
    const [{ manifest, trailer }, where] =
      warehouse === null
        ? [await restoreBackup(file, config.dataDir), config.dataDir]
        : [await intoDelta(file, warehouse, config.version), `${config.LAKEPORT_CATALOG}.${config.LAKEPORT_SCHEMA}`]
    process.stdout.write(`${counted(trailer)} restored into ${where}, as of ${manifest.taken_at}\n`)
  }
  await flush()
}

async function intoDelta(file: string, warehouse: WarehouseClient, version: string): Promise<Found> {
  try {
    await applySchema(warehouse, { version })
    const everything = { tables, resultsFrom: () => toInstant(0), overlapMs: 0 }
    return await restoreIntoDelta(file, createDeltaLedger(warehouse, everything))
  } finally {
    warehouse.close()
  }
}

const counted = ({ rows }: Trailer) =>
  `${Object.values(rows).reduce((sum, count) => sum + count, 0)} rows of ${Object.keys(rows).length} tables`
