import type { TermRef } from '../../../../contracts/glossary-ref.ts'
import type { TermUses } from '../../../../contracts/glossary-uses.ts'

/** What a term that is deprecated without a successor leaves behind, in a sentence; null when nothing. */
export function warningFor(uses: TermUses, namedBy: readonly TermRef[]): string | null {
  const used = [
    counted(uses.tickets, 'ticket', 'tickets'),
    counted(uses.messages, 'message', 'messages'),
    counted(uses.roadmap, 'roadmap item', 'roadmap items'),
    counted(uses.terms, 'other term', 'other terms'),
  ].filter((part) => part !== null)
  const parts = [
    ...(used.length > 0 ? [`it is still used in ${listed(used)}`] : []),
    ...(namedBy.length > 0
      ? [`it is the successor of ${namedBy.length === 1 ? 'one term' : `${namedBy.length} terms`}`]
      : []),
  ]
  return parts.length === 0 ? null : `Deprecated without a successor, and ${parts.join(', and ')}.`
}

const counted = (uses: { total: number } | null, one: string, many: string) =>
  uses === null || uses.total === 0 ? null : `${uses.total} ${uses.total === 1 ? one : many}`

const listed = (parts: readonly string[]) =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
