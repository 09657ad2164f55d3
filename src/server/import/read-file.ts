import { createReadStream } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { parse } from 'csv-parse'

const WHOLE_BYTES_MAX = 200 * 1024 * 1024
const ROW_BYTES_MAX = 4 * 1024 * 1024

export interface Row<T> {
  /** `line 12` */
  at: string
  value: T | Error
}

/** The issues of a JSON array, or of a file with one a line. @throws Error of one line when it is neither */
export async function* readJson(file: string): AsyncGenerator<Row<unknown>> {
  if ((await firstCharacter(file)) !== '[') {
    yield* readLines(file)
    return
  }
  if ((await stat(file)).size > WHOLE_BYTES_MAX)
    throw new Error(`${file} is over 200 MB; write one issue a line instead`)
  const all = parsed(await readFile(file, 'utf8'))
  if (!Array.isArray(all)) throw new Error(`${file} is not a JSON array`)
  for (const value of all) yield { at: '', value }
}

async function* readLines(file: string): AsyncGenerator<Row<unknown>> {
  let number = 0
  for await (const line of createInterface({
    input: createReadStream(file, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    number += 1
    if (line.trim() !== '') yield { at: `line ${number}`, value: parsed(line) }
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return new Error('is not JSON')
  }
}

async function firstCharacter(file: string): Promise<string> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0)
    return buffer
      .toString('utf8', 0, bytesRead)
      .replace(/^\ufeff/, '')
      .trimStart()
      .charAt(0)
  } finally {
    await handle.close()
  }
}

/** Rows by column name; RFC 4180, with or without a byte order mark. */
export async function* readCsv(file: string, delimiter: string): AsyncGenerator<Row<Record<string, string>>> {
  const rows = createReadStream(file).pipe(
    parse({
      columns: true,
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
      max_record_size: ROW_BYTES_MAX,
    }),
  )
  for await (const { record, info } of rows as AsyncIterable<{
    record: Record<string, string>
    info: { lines: number }
  }>)
    yield { at: `line ${info.lines}`, value: record }
}
