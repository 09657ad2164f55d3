import { DOMAINS_MAX, type GlossaryTerm, type ListedTerm } from '../../../contracts/glossary.ts'
import type { TermRef, TermStatus } from '../../../contracts/glossary-ref.ts'
import type { Page } from '../../../contracts/primitives.ts'
import { newId } from '../../storage/ids.ts'
import type { Journal } from '../../storage/journal.ts'
import type { Local } from '../../storage/local/open.ts'
import { type Doing, provenanceOf } from '../../storage/provenance.ts'
import { createRepository, equals, type RecordOf, together } from '../../storage/repository.ts'
import { keyOf } from './rules/term-key.ts'
import { createUsesStore } from './uses-store.ts'

export type TermFields = Omit<
  GlossaryTerm,
  'id' | 'version' | 'created_at' | 'created_by' | 'updated_at' | 'updated_by'
>

export interface TermFilter {
  q?: string
  domain?: string
  status?: TermStatus
}

/** Glossary terms on disk. Beside each term stands its spelling for comparing and sorting, which the wire does not know. */
export function createGlossaryStore(local: Local, journal: Journal) {
  const terms = createRepository('glossary_terms', local, journal)
  const termOf = ({ term_key, ...term }: RecordOf<'glossary_terms'>): GlossaryTerm => term
  const refOf = ({ id, term, domain, status }: TermRef): TermRef => ({ id, term, domain, status })
  const find = (id: string): GlossaryTerm | null => {
    const found = terms.find(id)
    return found === null ? null : termOf(found)
  }
  const successorOf = ({ replaced_by }: GlossaryTerm): TermRef | null => {
    const found = replaced_by === null ? null : find(replaced_by)
    return found === null ? null : refOf(found)
  }

  return {
    ...createUsesStore(local),
    find,
    successorOf,
    refOf: (id: string): TermRef | null => {
      const found = find(id)
      return found === null ? null : refOf(found)
    },
    /** Every version of a term, oldest first. */
    versionsOf: (id: string) => local.history('glossary_terms', id),
    domains: (): { domain: string; terms: number }[] =>
      local.all(
        `SELECT domain, count(*) AS terms FROM glossary_terms WHERE is_deleted = 0
         GROUP BY domain ORDER BY lower(domain), domain LIMIT ${DOMAINS_MAX}`,
      ),
    list(filter: TermFilter, { limit, cursor }: { limit: number; cursor?: string | undefined }): Page<ListedTerm> {
      const { rows, ...rest } = local.page({
        table: 'glossary_terms',
        ...together([equals('domain', filter.domain), equals('status', filter.status)]),
        ...(filter.q === undefined
          ? { order: [{ column: 'term_key', direction: 'asc' as const }] }
          : { match: filter.q }),
        limit,
        cursor,
      })
      const items = rows
        .map(({ is_deleted, action, request_id, actor, ...record }) => termOf(record))
        .map((term) => ({ ...term, successor: successorOf(term) }))
      return { items, ...rest }
    },
    /** By name. */
    replacedBy: (id: string): TermRef[] =>
      terms.all('AND replaced_by = :id ORDER BY term_key, id LIMIT 100', { id }).map(refOf),
    /** The term of that name in that domain, whatever the case. */
    named: (term: string, domain: string): TermRef | undefined =>
      terms
        .all('AND term_key = :key', { key: keyOf(term) })
        .filter((found) => keyOf(found.domain) === keyOf(domain))
        .map(refOf)[0],
    isRepeated: terms.isRepeated,
    newId,
    /** All or none of them; a version of 0 makes the term. Same faults as the journal's commit. */
    async saveAll(doing: Doing, writes: readonly { id: string; version: number; fields: TermFields }[]): Promise<void> {
      if (writes.length === 0) return
      const changes = writes.map(({ id, version, fields }) => ({
        table: 'glossary_terms' as const,
        id,
        expectedVersion: version,
        fields: { ...fields, term_key: keyOf(fields.term) },
      }))
      await journal.commit(changes, provenanceOf(doing, 'glossary.import'))
    },
    create: async (doing: Doing, fields: TermFields): Promise<GlossaryTerm> =>
      termOf(await terms.create(doing, 'glossary.create', { ...fields, term_key: keyOf(fields.term) })),
    save: async (doing: Doing, current: GlossaryTerm, changes: Partial<TermFields>): Promise<GlossaryTerm> =>
      termOf(
        await terms.update(doing, 'glossary.edit', current, {
          ...changes,
          ...(changes.term !== undefined && { term_key: keyOf(changes.term) }),
        }),
      ),
    remove: async (doing: Doing, current: GlossaryTerm): Promise<GlossaryTerm> =>
      termOf(await terms.remove(doing, 'glossary.delete', current)),
  }
}

export type GlossaryStore = ReturnType<typeof createGlossaryStore>
