import type { GlossaryTerm } from '../../../contracts/glossary.ts'
import { LIMIT_DEFAULT } from '../../../contracts/primitives.ts'
import { Fault, invalid, notFound, versionConflict } from '../../fault.ts'
import type { Verbs } from '../../verb.ts'
import type { GlossaryStore, TermFields } from './store.ts'

type Names = 'glossaryList' | 'glossaryCreate' | 'glossaryRead' | 'glossaryEdit' | 'glossaryDelete'

/** What words mean here. Terms belong to no platform, so everybody reads all of them. */
export function glossaryVerbs(store: GlossaryStore): Verbs<Names> {
  const reachCurrent = (id: string, expectedVersion: number): GlossaryTerm => {
    const term = store.find(id)
    if (term === null) throw notFound()
    if (term.version !== expectedVersion) throw versionConflict(term)
    return term
  }

  return {
    glossaryList: (_ctx, { query: { limit = LIMIT_DEFAULT, cursor, ...filter } }) =>
      store.list(filter, { limit, cursor }),

    glossaryRead(_ctx, { params }) {
      const term = store.find(params.id)
      if (term === null) throw notFound()
      return { ...term, successor: store.successorOf(term), replaces: store.replacedBy(term.id) }
    },

    async glossaryCreate(ctx, { body }) {
      const fields: TermFields = {
        synonyms: [],
        definition: '',
        steward: '',
        status: 'draft',
        related_assets: [],
        replaced_by: null,
        ...body,
      }
      if (!store.isRepeated(ctx)) refuseTaken(store, fields, null)
      refuseNonsense(store, fields, null)
      return store.create(ctx, fields)
    },

    async glossaryEdit(ctx, { params, body: { expected_version, ...changes } }) {
      const term = reachCurrent(params.id, expected_version)
      // A term that is used again has no successor any more.
      const isRevived = changes.status !== undefined && changes.status !== 'deprecated'
      const next = { ...term, ...(isRevived && { replaced_by: null }), ...changes }
      refuseTaken(store, next, term.id)
      refuseNonsense(store, next, term.id)
      return store.save(ctx, term, { ...changes, replaced_by: next.replaced_by })
    },

    async glossaryDelete(ctx, { params, query }) {
      return store.remove(ctx, reachCurrent(params.id, query.expected_version))
    },
  }
}

function refuseTaken(store: GlossaryStore, { term, domain }: TermFields, exceptId: string | null): void {
  const taken = store.named(term, domain)
  if (taken !== undefined && taken.id !== exceptId)
    throw new Fault('duplicate', `${taken.domain} already has the term ${taken.term}.`)
}

function refuseNonsense(store: GlossaryStore, term: TermFields, id: string | null): void {
  if (term.replaced_by === null) return
  if (term.status !== 'deprecated') throw invalid({ 'body.replaced_by': 'only a deprecated term has a successor' })
  const seen = new Set([id])
  for (let next: string | null = term.replaced_by; next !== null; ) {
    if (seen.has(next)) throw invalid({ 'body.replaced_by': 'leads back to this term' })
    seen.add(next)
    const successor = store.find(next)
    if (successor === null && next === term.replaced_by) throw invalid({ 'body.replaced_by': 'is not a term' })
    next = successor?.replaced_by ?? null
  }
}
