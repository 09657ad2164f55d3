import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import { STORE_FILE } from '../storage/local/open.ts'
import { openRestoring } from '../storage/local/restoring.ts'
import { steps } from '../storage/local/steps.ts'
import { type Found, readBackup } from './read.ts'

const BUILT_IN = 'restoring'
/** May lie beside a store: what an interrupted restore left, the sample workspaces, and what file systems make. */
const isHarmless = (name: string) => name === BUILT_IN || name.startsWith('sample-') || name === 'lost+found'

/**
 * Makes a store of a backup in a folder that has none. All or nothing: it is built aside and appears when the whole file
 * was read and found to be sound.
 * @throws Error of one line when there is something in the folder, or the file cannot be used
 */
export async function restoreBackup(file: string, dir: string): Promise<Found> {
  refuseUsed(dir)
  const aside = join(dir, BUILT_IN)
  const isNew = !existsSync(dir)
  rmSync(aside, { recursive: true, force: true })
  mkdirSync(aside, { recursive: true, mode: 0o700 })
  try {
    const found = await fill(aside, file)
    refuseUsed(dir)
    renameSync(join(aside, STORE_FILE), join(dir, STORE_FILE))
    rmSync(aside, { recursive: true })
    sync(dir)
    return found
  } catch (error) {
    rmSync(aside, { recursive: true, force: true })
    if (isNew && readdirSync(dir).length === 0) rmdirSync(dir)
    throw error
  }
}

/** Closed, the store is one file: what its write-ahead log held is in it. */
async function fill(dir: string, file: string): Promise<Found> {
  const restoring = openRestoring(dir)
  try {
    return await readBackup(file, steps.length, restoring)
  } finally {
    restoring.close()
  }
}

function refuseUsed(dir: string): void {
  const used = existsSync(dir) ? readdirSync(dir).find((name) => !isHarmless(name)) : undefined
  if (used !== undefined) throw new Error(`${dir} is not empty (${used}); a backup is restored into an empty DATA_DIR`)
}

/** So that the name, too, outlives a crash. */
function sync(dir: string): void {
  const folder = openSync(dir, 'r')
  fsyncSync(folder)
  closeSync(folder)
}
