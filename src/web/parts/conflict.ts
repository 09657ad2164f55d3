import type { ApiFault } from '../api/fault.ts'

/** Somebody saved first. `deleted`: what was to be saved is gone. */
export type Conflict<Draft> =
  | {
      kind: 'changed'
      base: Draft
      mine: Draft
      theirs: Draft
      version: number
      by: string | null
      at: string | null
    }
  | { kind: 'deleted'; base: Draft; mine: Draft }

export function conflictIn<Draft>(
  fault: ApiFault,
  mine: Draft,
  base: Draft,
  draftOf: (record: never) => Draft,
): Conflict<Draft> | null {
  if (fault.code === 'not_found') return { kind: 'deleted', base, mine }
  const saved = fault.code === 'version_conflict' ? recordIn(fault) : null
  if (saved === null) return null
  const { version, updated_by: by = null, updated_at: at = null } = saved
  return { kind: 'changed', base, mine, theirs: draftOf(saved as never), version, by, at } // The same table's record.
}

interface Saved {
  version: number
  updated_by?: string
  updated_at?: string
}

/** The record as it now is, which a `version_conflict` carries. */
export function recordIn({ details: { current } }: ApiFault): Saved | null {
  const isRecord = typeof current === 'object' && current !== null && 'version' in current
  return isRecord && typeof current.version === 'number' ? (current as Saved) : null // Every record has these fields.
}

/** Do two values read alike once they are sent? */
export const equal = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
export const fieldOf = (record: object, field: string): unknown => (record as Record<string, unknown>)[field] // Any field; unknown.

/** What a change has to carry: only what differs from where it began. */
export function changesFrom<Draft extends object>(base: Draft, draft: Draft): Partial<Draft> {
  const changed = Object.entries(draft).filter(([field, value]) => !equal(fieldOf(base, field), value))
  return Object.fromEntries(changed) as Partial<Draft> // Entries of the draft itself.
}
