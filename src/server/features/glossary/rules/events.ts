import type { GlossaryTerm } from '../../../../contracts/glossary.ts'
import type { TermEvent, TermEventType } from '../../../../contracts/glossary-history.ts'
import type { TermRef } from '../../../../contracts/glossary-ref.ts'
import { chains, changesBetween, type Version } from '../../../row-versions.ts'

export type TermVersion = Version & GlossaryTerm

/** Follows from the term itself. */
const TOLD_OTHERWISE: ReadonlySet<string> = new Set(['term_key'])

/** What happened to a term, oldest first: one event per row version, and nothing that no version says. */
export const termEvents = (versions: readonly TermVersion[], refOf: (id: string) => TermRef | null): TermEvent[] =>
  chains(versions).map(([before, after]) => {
    const changes = before === null ? [] : changesBetween(before, after, TOLD_OTHERWISE)
    return {
      id: `${after.id}:${after.version}`,
      type: typeOf(before, after),
      at: after.updated_at,
      by: after.updated_by,
      action: after.action,
      changes,
      named: changes
        .filter(({ field }) => field === 'replaced_by')
        .flatMap(({ from, to }) => [from, to])
        .flatMap((id) => (typeof id === 'string' ? [refOf(id)] : []))
        .filter((ref) => ref !== null),
    }
  })

function typeOf(before: TermVersion | null, after: TermVersion): TermEventType {
  if (after.is_deleted) return 'DELETE'
  if (before === null) return 'CREATE'
  return before.status === after.status ? 'EDIT' : 'STATUS_CHANGE'
}
