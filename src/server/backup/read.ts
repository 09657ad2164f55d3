import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import type { Taking } from '../storage/local/restoring.ts'
import type { SavedRow } from '../storage/local/saved.ts'
import { FORMAT, LINE_BYTES_MAX, type Manifest, type Trailer } from './format.ts'

export interface Found {
  manifest: Manifest
  trailer: Trailer
}

const BATCH = 1000

/**
 * Hands over the rows of a backup, and only then tells whether it is whole: what takes them must not show them before
 * this resolves. Memory does not grow with the file.
 * @param schema the newest that is known here
 * @throws Error of one line when it is no backup, cut off, damaged or edited, or a newer Lakeport's
 */
export async function readBackup(file: string, schema: number, taking: Taking): Promise<Found> {
  const hash = createHash('sha256')
  const rows: Record<string, number> = {}
  let manifest: Manifest | undefined
  let trailer: Trailer | undefined
  let batch: SavedRow[] = []
  let number = 0
  try {
    for await (const bytes of linesOf(file)) {
      number += 1
      if (trailer !== undefined) throw new Error('something follows its last line')
      const value = parsed(bytes)
      if (manifest === undefined) manifest = manifestOf(value, schema)
      else if (value.end === true) {
        trailer = value as unknown as Trailer // Held against what was read, below.
        if (trailer.sha256 !== hash.digest('hex')) throw new Error('its checksum is not that of its content')
        continue
      } else {
        const row = rowOf(value)
        rows[row.table] = (rows[row.table] ?? 0) + 1
        batch.push(row)
      }
      hash.update(bytes).update('\n')
      if (batch.length < BATCH) continue
      await taking.take(batch)
      batch = []
    }
    if (manifest === undefined || trailer === undefined) throw new Error('it ends too early')
    await taking.take(batch)
    if (!sameCounts(trailer.rows, rows)) throw new Error('it has not the rows that it counts')
  } catch (cause) {
    throw new Error(`${file} cannot be used: ${why(cause)}${number > 0 ? ` (line ${number})` : ''}`, { cause })
  }
  return { manifest, trailer }
}

async function* linesOf(file: string): AsyncGenerator<Buffer> {
  const source = createReadStream(file)
  const unzipped = source.pipe(createGunzip())
  source.on('error', (error) => unzipped.destroy(error))
  let pending: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of unzipped as AsyncIterable<Buffer>) {
      let start = 0
      for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
        const rest = chunk.subarray(start, end)
        yield pending.length === 0 ? rest : Buffer.concat([...pending, rest])
        pending = []
        length = 0
        start = end + 1
      }
      length += chunk.length - start
      if (length > LINE_BYTES_MAX) throw new Error('a line is longer than any that was written')
      pending.push(chunk.subarray(start))
    }
    if (length > 0) throw new Error('it ends too early')
  } finally {
    source.destroy()
  }
}

function parsed(bytes: Buffer): Record<string, unknown> {
  let value: unknown = null
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch {
    // As wrong as any other line that is no object.
  }
  if (typeof value !== 'object' || value === null) throw new Error('a line is not what a backup has')
  return value as Record<string, unknown> // Any object may be read by its keys.
}

function manifestOf(value: Record<string, unknown>, schema: number): Manifest {
  if (value.lakeport !== 'backup') throw new Error('it is not a backup of Lakeport')
  if (value.format !== FORMAT || !(Number(value.schema) <= schema))
    throw new Error(`Lakeport ${String(value.version)} made it, which is newer; restore it with that version`)
  return value as unknown as Manifest // Nothing else of it is acted upon.
}

function rowOf({ table, seq, current, row }: Record<string, unknown>): SavedRow {
  if (typeof table !== 'string' || typeof row !== 'object' || row === null)
    throw new Error('a line is not what a backup has')
  // Where the two are needed, what takes the row looks at them.
  return { table, seq, current, row } as SavedRow
}

const sameCounts = (counted: Record<string, number>, rows: Record<string, number>) =>
  JSON.stringify(Object.entries(counted ?? {}).sort()) === JSON.stringify(Object.entries(rows).sort())

/** What zlib says of bytes that are not gzip, or not all of it, helps nobody. */
function why(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  if (code === 'Z_BUF_ERROR') return 'it ends too early'
  if (code.startsWith('Z_')) return 'its bytes are damaged, or it is not a backup'
  return cause instanceof Error ? cause.message : String(cause)
}
