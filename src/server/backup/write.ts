import { createHash } from 'node:crypto'
import { createWriteStream, existsSync, lstatSync, renameSync, rmSync } from 'node:fs'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Snapshot } from '../storage/local/snapshot.ts'
import { FORMAT, type Manifest, type Trailer } from './format.ts'

export interface WriteOptions {
  /** Of this Lakeport. */
  version: string
  takenAt: string
  /** Put it in the place of a file that is there. */
  isForced: boolean
  signal?: AbortSignal
  /** Where the bytes go; to disk, readable by its owner only, unless given. */
  open?: (path: string) => Writable
}

const CHUNK_LENGTH = 64 * 1024

/**
 * Writes a backup of what a snapshot shows. The file appears when it is whole; until then it is called `FILE.partial`.
 * Memory does not grow with the store: rows are read as fast as they are written.
 * @throws Error of one line when the file is there already or cannot be written; then nothing is left behind
 */
export async function writeBackup(file: string, snapshot: Snapshot, options: WriteOptions): Promise<Trailer> {
  refuseExisting(file, options.isForced)
  const partial = `${file}.partial`
  const open = options.open ?? toDisk
  const { trailer, text } = lines(snapshot, options)
  try {
    rmSync(partial, { force: true })
    await pipeline(Readable.from(text), createGzip(), open(partial), { signal: options.signal })
    refuseExisting(file, options.isForced)
    renameSync(partial, file)
  } catch (cause) {
    if (existsSync(partial)) rmSync(partial)
    const why = options.signal?.aborted === true ? 'it was interrupted' : cause instanceof Error ? cause.message : cause
    throw new Error(`The backup could not be written: ${why}`, { cause })
  }
  return trailer()
}

/** Readable by its owner only: it holds what everybody wrote, and the hashes of API tokens. */
const toDisk = (path: string) => createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true })

function refuseExisting(file: string, isForced: boolean): void {
  if (!existsSync(file)) return
  if (!lstatSync(file).isFile()) throw new Error(`${file} is not a plain file`)
  if (!isForced) throw new Error(`${file} is there already; name another file, or give --force`)
}

function lines(snapshot: Snapshot, { version, takenAt }: WriteOptions) {
  const rows: Record<string, number> = {}
  const hash = createHash('sha256')
  let end: Trailer | undefined

  function* each(): Generator<string> {
    const { epoch, schema } = snapshot
    yield line({ lakeport: 'backup', format: FORMAT, version, schema, epoch, taken_at: takenAt } satisfies Manifest)
    for (const { table, seq, current, row } of snapshot.rows()) {
      rows[table] = (rows[table] ?? 0) + 1
      yield line({ table, seq, current, row })
    }
  }
  function* text(): Generator<string> {
    let chunk = ''
    for (const one of each()) {
      chunk += one
      if (chunk.length < CHUNK_LENGTH) continue
      hash.update(chunk)
      yield chunk
      chunk = ''
    }
    hash.update(chunk)
    end = { end: true, rows, sha256: hash.digest('hex') }
    yield chunk + line(end)
  }
  return {
    text: text(),
    trailer(): Trailer {
      if (end === undefined) throw new Error('The backup was not read to its end')
      return end
    },
  }
}

const line = (value: object) => `${JSON.stringify(value)}\n`
