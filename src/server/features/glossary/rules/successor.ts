import type { GlossaryTerm } from '../../../../contracts/glossary.ts'

type Succession = Pick<GlossaryTerm, 'status' | 'replaced_by'>

/** What is wrong with a term's successor, in words that follow the field's name; null when nothing is. */
export function successorProblem(
  id: string | null,
  term: Succession,
  find: (id: string) => Pick<GlossaryTerm, 'replaced_by'> | null,
): string | null {
  if (term.replaced_by === null) return null
  if (term.status !== 'deprecated') return 'only a deprecated term has a successor'
  if (find(term.replaced_by) === null) return 'is not a term'
  const seen = new Set([id])
  for (let next: string | null = term.replaced_by; next !== null; next = find(next)?.replaced_by ?? null) {
    if (seen.has(next)) return 'leads back to this term'
    seen.add(next)
  }
  return null
}

/** A term that is used again has no successor any more, unless one is said. */
export function successorAfter(before: Succession, changes: Partial<Succession>): string | null {
  if (changes.replaced_by !== undefined) return changes.replaced_by
  return changes.status === undefined || changes.status === 'deprecated' ? before.replaced_by : null
}
