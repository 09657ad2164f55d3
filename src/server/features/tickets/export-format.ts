import { stringify } from 'csv-stringify/sync'
import type { CountedItem } from './item-store.ts'

/** The columns of an export, in order; written out, so that a file means the same from one version to the next. */
const columns = [
  'id',
  'item_type',
  'title',
  'state',
  'category',
  'severity',
  'priority',
  'platform_id',
  'environment',
  'tags',
  'assigned_to',
  'due_at',
  'votes',
  'comment_count',
  'waiting_on',
  'resolution',
  'duplicate_of',
  'state_note',
  'state_at',
  'reopen_count',
  'template',
  'answers',
  'approved_by',
  'approved_at',
  'source_id',
  'description',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  'version',
] as const satisfies readonly (keyof CountedItem)[]

/** What begins a formula in a spreadsheet, also behind blanks; the full-width ones count in some. */
const FORMULA = /^[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r]/

/** RFC 4180 with a byte order mark, by which spreadsheets know UTF-8. No cell is read as a formula. */
export async function* csvOf(items: AsyncIterable<CountedItem>): AsyncGenerator<string> {
  yield `\ufeff${lineOf(columns)}`
  for await (const item of items) yield lineOf(columns.map((column) => cellOf(item[column])))
}

const lineOf = (cells: readonly string[]) =>
  stringify([cells.map(defused)], { record_delimiter: '\r\n', quoted_match: /[\r\n]/ })

export const defused = (cell: string) => (FORMULA.test(cell) ? `'${cell}` : cell)

function cellOf(value: CountedItem[keyof CountedItem]): string {
  if (value === null) return ''
  if (Array.isArray(value)) return value.join(' ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** One array with one item a line. */
export async function* jsonOf(items: AsyncIterable<CountedItem>): AsyncGenerator<string> {
  let before = '[\n'
  for await (const item of items) {
    yield before + JSON.stringify(item)
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}
