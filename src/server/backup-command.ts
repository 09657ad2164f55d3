import { statSync } from 'node:fs'
import type { Trailer } from './backup/format.ts'
import { readBackup } from './backup/read.ts'
import { restoreBackup } from './backup/restore.ts'
import { writeBackup } from './backup/write.ts'
import type { Running } from './command.ts'
import { UsageError } from './import-command.ts'
import { checking } from './storage/local/restoring.ts'
import { openSnapshot } from './storage/local/snapshot.ts'
import { steps } from './storage/local/steps.ts'
import { toInstant } from './time.ts'

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
  if (config.store === 'databricks' && !isVerifying)
    throw new UsageError(
      'records are kept in Delta tables; bring those back with RESTORE TABLE, see docs/deployment.md',
    )
  if (file === undefined) throw new UsageError('restore needs a file')
  if (isVerifying) {
    const { manifest, trailer } = await readBackup(file, steps.length, checking())
    process.stdout.write(`${file} is sound: ${counted(trailer)}, taken at ${manifest.taken_at}\n`)
  } else {
    const { manifest, trailer } = await restoreBackup(file, config.dataDir)
    process.stdout.write(`${counted(trailer)} restored into ${config.dataDir}, as of ${manifest.taken_at}\n`)
  }
  await flush()
}

const counted = ({ rows }: Trailer) =>
  `${Object.values(rows).reduce((sum, count) => sum + count, 0)} rows of ${Object.keys(rows).length} tables`
