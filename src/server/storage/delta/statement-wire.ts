import { field, listField, textField } from '../../outbound/answer.ts'
import type { Statement } from './warehouse.ts'

/** Where statements run. */
export interface Place {
  warehouseId: string
  catalog: string
  schema: string
}

export const STATEMENTS = '/api/2.0/sql/statements'
export const statementPath = (id: string) => `${STATEMENTS}/${encodeURIComponent(id)}`
export const chunkPath = (id: string, index: number) => `${statementPath(id)}/result/chunks/${index}`

/**
 * Without waiting: the answer is the id, within moments even of a cold warehouse. So a lost answer is rare, everything
 * after it can be asked again, and a statement that takes too long can be cancelled.
 */
export function submission(statement: Statement, place: Place): string {
  return JSON.stringify({
    statement: statement.sql,
    warehouse_id: place.warehouseId,
    catalog: place.catalog,
    schema: place.schema,
    wait_timeout: '0s',
    format: 'JSON_ARRAY',
    disposition: 'INLINE',
    parameters: Object.entries(statement.params ?? {}).map(([name, { type, value }]) => ({ name, type, value })),
    query_tags: [
      { key: 'app', value: 'lakeport' },
      { key: 'statement', value: statement.name },
      ...(statement.requestId === undefined ? [] : [{ key: 'request_id', value: statement.requestId }]),
    ],
    ...(statement.bytesMax === undefined ? {} : { byte_limit: statement.bytesMax }),
  })
}

export interface Column {
  name: string
  typeName: string
}

export interface Chunk {
  rows: unknown[]
  /** Index of the next one; null when this is the last. */
  next: number | null
}

export type Ended =
  | {
      is: 'succeeded'
      columns: Column[]
      first: Chunk
      chunkCount: number
      rowCount: number | null
      isTruncated: boolean
    }
  | { is: 'failed'; errorCode: string | null; sqlState: string | null; message: string }
  /** Ended by somebody else, or its result is no more. */
  | { is: 'gone'; state: 'CANCELED' | 'CLOSED' }
export type Progress = { is: 'running'; isPending: boolean } | Ended

/** A state that we do not know yet counts as running: it ends by one that we know, or by its deadline. */
export function readProgress(answer: unknown): Progress {
  const state = textField(answer, 'status', 'state')
  switch (state) {
    case 'SUCCEEDED':
      return readSuccess(answer)
    case 'FAILED':
      return readFailure(answer)
    case 'CANCELED':
    case 'CLOSED':
      return { is: 'gone', state }
    default:
      return { is: 'running', isPending: state === 'PENDING' }
  }
}

export const readId = (answer: unknown) => textField(answer, 'statement_id')

function readSuccess(answer: unknown): Progress {
  const chunkCount = Number(field(answer, 'manifest', 'total_chunk_count') ?? 0)
  const rowCount = field(answer, 'manifest', 'total_row_count')
  return {
    is: 'succeeded',
    columns: (listField(answer, 'manifest', 'schema', 'columns') ?? []).map((column) => ({
      name: textField(column, 'name') ?? '',
      typeName: textField(column, 'type_name')?.toUpperCase() ?? '',
    })),
    first: readChunk(field(answer, 'result'), { index: 0, count: chunkCount }),
    chunkCount,
    rowCount: typeof rowCount === 'number' ? rowCount : null,
    isTruncated: field(answer, 'manifest', 'truncated') === true,
  }
}

/** A statement without rows has `"result": {}` or none. */
export function readChunk(result: unknown, { index, count }: { index: number; count: number }): Chunk {
  const rows = listField(result, 'data_array') ?? []
  const next = field(result, 'next_chunk_index')
  if (typeof next === 'number') return { rows, next }
  return { rows, next: index + 1 < count ? index + 1 : null }
}

function readFailure(answer: unknown): Progress {
  const message = textField(answer, 'status', 'error', 'message') ?? ''
  return {
    is: 'failed',
    errorCode: textField(answer, 'status', 'error', 'error_code'),
    sqlState: textField(answer, 'status', 'sql_state') ?? /\bSQLSTATE: ([0-9A-Z]{5})\b/.exec(message)?.[1] ?? null,
    message,
  }
}
