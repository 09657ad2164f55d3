import type { GlossaryTerm } from '../../../../contracts/glossary.ts'
import type { GlossaryColumn } from '../../../../contracts/glossary-import.ts'
import { type TermRef, termStatuses } from '../../../../contracts/glossary-ref.ts'
import {
  assetsCell,
  assetsIn,
  CellProblem,
  successorCell,
  synonymsCell,
  synonymsIn,
  tidyAssets,
  tidySynonyms,
} from './cells.ts'

/** A term as its cells tell it: with its successor by name. */
export type Told = Pick<
  GlossaryTerm,
  'domain' | 'term' | 'synonyms' | 'status' | 'steward' | 'definition' | 'related_assets'
> & { successor: Pick<TermRef, 'domain' | 'term'> | null }

/** The field of a term as a cell. */
export const cellOf: Record<GlossaryColumn, (term: Told) => string> = {
  domain: ({ domain }) => domain,
  term: ({ term }) => term,
  synonyms: ({ synonyms }) => synonymsCell(synonyms),
  status: ({ status }) => status,
  steward: ({ steward }) => steward,
  definition: ({ definition }) => definition,
  related_assets: ({ related_assets }) => assetsCell(related_assets),
  replaced_by: ({ successor }) => successorCell(successor),
}

type Own = Omit<Told, 'successor'>

/** What the cells of a row say, without the successor, which is known by the terms only. An empty status says nothing. */
export function fieldsIn(cells: Partial<Record<GlossaryColumn, string>>): Partial<Own> {
  const { domain, term, synonyms, status, steward, definition, related_assets } = cells
  return {
    ...(domain !== undefined && { domain: domain.trim() }),
    ...(term !== undefined && { term: term.trim() }),
    ...(synonyms !== undefined && { synonyms: synonymsIn(synonyms) }),
    ...(status !== undefined && status.trim() !== '' && { status: statusIn(status) }),
    ...(steward !== undefined && { steward: steward.trim() }),
    ...(definition !== undefined && { definition }),
    ...(related_assets !== undefined && { related_assets: named('related_assets', () => assetsIn(related_assets)) }),
  }
}

/** What of it differs from the term as it is. Blanks around a value are no difference, since cells lose them. */
export function differing(current: Own, wanted: Partial<Own>): Partial<Own> {
  const was = tidy(current)
  return Object.fromEntries(
    Object.entries(wanted).filter(
      ([field, value]) => JSON.stringify(was[field as keyof Own]) !== JSON.stringify(value),
    ),
  ) // Entries of its own.
}

const tidy = ({ domain, term, synonyms, status, steward, definition, related_assets }: Own): Own => ({
  domain: domain.trim(),
  term: term.trim(),
  synonyms: tidySynonyms(synonyms),
  status,
  steward: steward.trim(),
  definition,
  related_assets: tidyAssets(related_assets),
})

function statusIn(cell: string): GlossaryTerm['status'] {
  const status = termStatuses.find((candidate) => candidate === cell.trim().toLowerCase())
  if (status === undefined) throw new CellProblem(`status must be one of ${termStatuses.join(', ')}`)
  return status
}

/** Says which column a problem is in. */
export function named<T>(column: GlossaryColumn, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof CellProblem ? new CellProblem(`${column} ${error.message}`) : error
  }
}
