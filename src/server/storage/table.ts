import type { Topic } from '../../contracts/endpoint.ts'

export type ColumnType = 'text' | 'integer' | 'real' | 'boolean' | 'instant' | 'json'

export interface Column {
  type: ColumnType
  nullable?: boolean
  /** What rows made before this column existed hold; needed when a column that is not nullable is added later. */
  initial?: string | number | boolean | readonly unknown[] | Readonly<Record<string, unknown>>
  /** Never leaves the store: left out of what a version conflict shows, and blacked out in the audit. */
  secret?: boolean
}

/** One record table: its own columns, beside the ones every record has. Its history table is derived. */
export interface Table<Name extends Topic = Topic> {
  name: Name
  /** One sentence for the DDL's comment. */
  comment: string
  columns: Record<string, Column>
  /** Column lists, each an index on the current rows. */
  indexes?: readonly (readonly string[])[]
  /** Columns that full-text search covers, best first. */
  search?: readonly string[]
  /** The column by which rows that say the same in other words are found. */
  similar?: string
  /** Kept by the local store only: how many live rows of another table name a row, as a column beside its own. */
  tallies?: Readonly<Record<string, { of: Topic; by: string }>>
  /** Columns whose combinations are counted, so that totals of lists need not read the rows; by value, or NULL or not. */
  counted?: Readonly<Record<string, 'value' | 'presence'>>
  /** Columns, tallies too, that long lists are sorted by: each an index that has the counted columns with it. */
  sorted?: readonly string[]
  /** Columns with lists of texts, in which a value is found by an index. */
  listed?: readonly string[]
}

/** What the journal adds to every row version. */
export type VersionFields = {
  id: string
  version: number
  created_at: string
  created_by: string
  updated_at: string
  updated_by: string
  is_deleted: boolean
  /** The act that made this version: `platform.update`, `status_message.publish`. */
  action: string
  request_id: string
  /** Email and display name as they were then; null for the portal itself. */
  actor: { user: string | null; email: string | null; name: string | null } | null
}

export type Row<Fields = Record<string, unknown>> = Fields & VersionFields
