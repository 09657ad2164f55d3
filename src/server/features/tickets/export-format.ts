import { BYTE_ORDER_MARK, csvLine } from '../../csv.ts'
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

/** RFC 4180 with a byte order mark. No cell is read as a formula. */
export async function* csvOf(items: AsyncIterable<CountedItem>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(columns)
  for await (const item of items) yield csvLine(columns.map((column) => cellOf(item[column])))
}

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
