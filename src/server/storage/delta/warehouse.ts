/** Types that a named parameter may have; there are no others for lists or objects, which travel as JSON text. */
export type ParamType = 'STRING' | 'INT' | 'BIGINT' | 'DOUBLE' | 'BOOLEAN' | 'TIMESTAMP'

export interface Param {
  type: ParamType
  /** As text, as the wire has it; null is NULL. A timestamp is ISO 8601 in UTC. */
  value: string | null
}

export interface Statement {
  /** What it is for, one of a few fixed names: the label of its metrics and its query tag. */
  name: string
  /** Refers to parameters as `:name`, and to tables without catalog and schema. */
  sql: string
  params?: Readonly<Record<string, Param>>
  /** Running it twice does no more than running it once, so it may be sent again when nobody knows whether it ran. */
  isIdempotent: boolean
  /** The whole time it may take, a warehouse that has to wake up included. */
  timeoutMs?: number
  /** The request that it serves, for the query tags. */
  requestId?: string
  /** Nobody waits for it: it leaves some places free for what people do. */
  isBackground?: boolean
  /** The result is cut at about this many bytes; what is cut says so. */
  bytesMax?: number
}

/** Cast by the column's type: numbers, booleans, and times as ISO 8601 UTC with milliseconds. */
export type Value = string | number | boolean | null

export interface Answer {
  rows: Record<string, Value>[]
  /** Rows that an INSERT, UPDATE, DELETE or MERGE changed; null for anything else. */
  affected: number | null
  isTruncated: boolean
}

export interface Warehouse {
  /** @throws WarehouseError */
  execute(statement: Statement): Promise<Answer>
  /** A real statement. @throws WarehouseError */
  ping(): Promise<void>
  /** Why nothing is sent at the moment, and until when (milliseconds since the epoch); null while all is well. */
  readonly interrupted: { until: number; since: number } | null
}

/**
 * - `unavailable`: it could not be reached, is overloaded, or does not answer in time.
 * - `refused`: it does not know us, or does not let us.
 * - `conflict`: another writer was first, over and over (SQLSTATE 2D521).
 * - `failed`: it said no to the statement itself, which is a bug or a missing table.
 */
export type WarehouseFailure = 'unavailable' | 'refused' | 'conflict' | 'failed'

/** Messages hold no statement, parameter or secret. */
export class WarehouseError extends Error {
  override readonly name = 'WarehouseError'
  readonly kind: WarehouseFailure
  /** Nobody knows whether the statement ran, or whether it still will. */
  readonly isOutcomeUnknown: boolean
  readonly details: {
    sqlState?: string
    errorCode?: string
    errorClass?: string
    status?: number
    retryAfterSeconds?: number
  }

  constructor(
    kind: WarehouseFailure,
    message: string,
    isOutcomeUnknown: boolean,
    details: WarehouseError['details'] = {},
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.kind = kind
    this.isOutcomeUnknown = isOutcomeUnknown
    this.details = details
  }
}
