import { cast } from './cast.ts'
import type { Errand, Means } from './errand.ts'
import { incomplete, refusalOf } from './statement-failure.ts'
import { get } from './statement-get.ts'
import { type Chunk, type Column, chunkPath, type Ended, readChunk } from './statement-wire.ts'
import type { Answer, Value } from './warehouse.ts'

const AFFECTED = 'num_affected_rows'

/** Reads the result of a statement that has run, one chunk after the other, so that it takes no more than its place. */
export async function collect(
  id: string,
  { columns, first, chunkCount, rowCount, isTruncated }: Ended & { is: 'succeeded' },
  errand: Errand,
  means: Means,
): Promise<Answer> {
  const rows: Record<string, Value>[] = []
  let chunk = first
  for (let last = -1; ; ) {
    for (const cells of chunk.rows) rows.push(asRow(columns, cells))
    if (chunk.next === null) break
    // Chunks only ever go forward; anything else would go on for ever.
    if (chunk.next <= last) throw incomplete()
    last = chunk.next
    chunk = await readNext(id, last, chunkCount, errand, means)
  }
  if (rowCount !== null && rows.length !== rowCount && !isTruncated) throw incomplete()
  return { rows, affected: affectedIn(columns, rows), isTruncated }
}

async function readNext(id: string, index: number, count: number, errand: Errand, means: Means): Promise<Chunk> {
  const reply = await get(chunkPath(id, index), errand, means, false)
  if (reply.status >= 300) throw refusalOf(reply, false)
  return readChunk(reply.answer, { index, count })
}

function asRow(columns: readonly Column[], cells: unknown): Record<string, Value> {
  if (!Array.isArray(cells) || cells.length !== columns.length) throw incomplete()
  return Object.fromEntries(columns.map(({ name, typeName }, i) => [name, cast(typeName, cells[i])]))
}

/** Only what changes rows has this column; it is a number in text on some wires. */
function affectedIn(columns: readonly Column[], rows: readonly Record<string, Value>[]): number | null {
  const value = columns.some(({ name }) => name === AFFECTED) ? rows[0]?.[AFFECTED] : null
  const count = value === null || value === undefined || value === '' ? Number.NaN : Number(value)
  return Number.isSafeInteger(count) ? count : null
}
