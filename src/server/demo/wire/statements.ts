/** The SQL Statement Execution API, as far as somebody who asks a table for its newest time can tell. */

export interface Column {
  name: string
  type_name: string
  type_text: string
}

export type Outcome =
  | { state: 'SUCCEEDED'; columns: readonly Column[]; rows: readonly (readonly (string | null)[])[] }
  | { state: 'FAILED'; errorCode: string; message: string; sqlState?: string }

export const asPending = (id: string) => ({ statement_id: id, status: { state: 'PENDING' } })

/** Every value is text or null, whatever its type. */
export function asStatement(id: string, outcome: Outcome): Record<string, unknown> {
  if (outcome.state === 'FAILED') {
    return {
      statement_id: id,
      status: {
        state: 'FAILED',
        error: { error_code: outcome.errorCode, message: outcome.message },
        ...(outcome.sqlState === undefined ? {} : { sql_state: outcome.sqlState }),
      },
    }
  }
  const { columns, rows } = outcome
  return {
    statement_id: id,
    status: { state: 'SUCCEEDED' },
    manifest: {
      format: 'JSON_ARRAY',
      schema: { column_count: columns.length, columns: columns.map((column, position) => ({ ...column, position })) },
      total_chunk_count: 1,
      chunks: [{ chunk_index: 0, row_offset: 0, row_count: rows.length }],
      total_row_count: rows.length,
      truncated: false,
    },
    result: asChunk(outcome),
  }
}

export const asChunk = ({ rows }: Extract<Outcome, { state: 'SUCCEEDED' }>) => ({
  chunk_index: 0,
  row_offset: 0,
  row_count: rows.length,
  data_array: rows,
})

/** What a warehouse says that cannot run anything. */
export const unavailable: Outcome = {
  state: 'FAILED',
  errorCode: 'TEMPORARILY_UNAVAILABLE',
  message: 'The warehouse could not reach the metastore. Try again later.',
}
