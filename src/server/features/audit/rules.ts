import type { AuditChange, AuditEntry } from '../../../contracts/audit.ts'

type Fields = Readonly<Record<string, unknown>>

/** What a version did to its record. */
export function kindOf(before: { is_deleted: boolean } | null, after: { is_deleted: boolean }): AuditEntry['kind'] {
  if (after.is_deleted) return 'delete'
  if (before === null) return 'create'
  return before.is_deleted ? 'restore' : 'change'
}

/**
 * The record's own fields that differ, in the order of its columns; of the first version those that hold anything.
 * A secret is told to have changed, never what it held.
 */
export function changesBetween(
  columns: Readonly<Record<string, { secret?: boolean }>>,
  before: Fields | null,
  after: Fields,
): AuditChange[] {
  return Object.entries(columns)
    .map(([field, { secret = false }]) => ({
      field,
      from: before?.[field] ?? null,
      to: after[field] ?? null,
      is_secret: secret,
    }))
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to))
    .map((change) => (change.is_secret ? { ...change, from: null, to: null } : change))
}
