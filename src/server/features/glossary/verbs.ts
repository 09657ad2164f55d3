import type { GlossaryTerm } from '../../../contracts/glossary.ts'
import type { TermRef } from '../../../contracts/glossary-ref.ts'
import { LIMIT_DEFAULT } from '../../../contracts/primitives.ts'
import { Fault, invalid, notFound, versionConflict } from '../../fault.ts'
import type { Verbs } from '../../verb.ts'
import { exportTerms } from './export.ts'
import { importTerms } from './import.ts'
import { termEvents } from './rules/events.ts'
import type { Known } from './rules/plan-import.ts'
import { successorAfter, successorProblem } from './rules/successor.ts'
import { warningFor } from './rules/warning.ts'
import type { GlossaryStore, TermFields } from './store.ts'

type Names =
  | 'glossaryList'
  | 'glossaryDomains'
  | 'glossaryExport'
  | 'glossaryImport'
  | 'glossaryCreate'
  | 'glossaryRead'
  | 'glossaryUses'
  | 'glossaryHistory'
  | 'glossaryEdit'
  | 'glossaryDelete'

/**
 * What words mean here. Terms belong to no platform, so everybody reads all of them.
 * `check` is what a new term is checked by; rows of a file pass it too.
 */
export function glossaryVerbs(store: GlossaryStore, check: Known['check']): Verbs<Names> {
  const reach = (id: string): GlossaryTerm => {
    const term = store.find(id)
    if (term === null) throw notFound()
    return term
  }
  const reachCurrent = (id: string, expectedVersion: number): GlossaryTerm => {
    const term = reach(id)
    if (term.version !== expectedVersion) throw versionConflict(term)
    return term
  }

  return {
    glossaryList: (_ctx, { query: { limit = LIMIT_DEFAULT, cursor, ...filter } }) =>
      store.list(filter, { limit, cursor }),
    glossaryDomains: () => ({ items: store.domains() }),
    glossaryExport: exportTerms(store),
    glossaryImport: importTerms(store, check),

    glossaryRead(_ctx, { params }) {
      const term = reach(params.id)
      return { ...term, successor: store.successorOf(term), replaces: store.replacedBy(term.id) }
    },

    glossaryUses(ctx, { params }) {
      const term = reach(params.id)
      ctx.changesAt(store.messagesChangeAt(ctx.now))
      return store.usesOf(ctx.actor, ctx.now, term)
    },

    glossaryHistory(_ctx, { params, query: { limit = LIMIT_DEFAULT, cursor } }) {
      const events = termEvents(store.versionsOf(reach(params.id).id), store.refOf)
      const start = cursor === undefined ? 0 : 1 + events.findIndex(({ id }) => id === cursor)
      if (cursor !== undefined && start === 0) throw invalid({ 'query.cursor': 'is not a cursor of this list' })
      const items = events.slice(start, start + limit)
      const isLast = start + limit >= events.length
      return { items, next_cursor: isLast ? null : (items.at(-1)?.id ?? null), total: events.length }
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
      const next = { ...term, ...changes, replaced_by: successorAfter(term, changes) }
      refuseTaken(store, next, term.id)
      refuseNonsense(store, next, term.id)
      const saved = await store.save(ctx, term, { ...changes, replaced_by: next.replaced_by })
      const isLeft = term.status !== 'deprecated' || term.replaced_by !== null
      const isAsked = isLeft && saved.status === 'deprecated' && saved.replaced_by === null
      const uses = isAsked ? store.usesOf(ctx.actor, ctx.now, saved) : null
      return { ...saved, warning: uses === null ? null : warningFor(uses, store.replacedBy(saved.id)) }
    },

    async glossaryDelete(ctx, { params, query }) {
      const term = reachCurrent(params.id, query.expected_version)
      refuseNamed(store.replacedBy(term.id))
      return store.remove(ctx, term)
    },
  }
}

function refuseTaken(store: GlossaryStore, { term, domain }: TermFields, exceptId: string | null): void {
  const taken = store.named(term, domain)
  if (taken !== undefined && taken.id !== exceptId)
    throw new Fault('duplicate', `${taken.domain} already has the term ${taken.term}.`)
}

function refuseNonsense(store: GlossaryStore, term: TermFields, id: string | null): void {
  const problem = successorProblem(id, term, store.find)
  if (problem !== null) throw invalid({ 'body.replaced_by': problem })
}

const NAMED_MAX = 5

/** A successor that is gone would leave its readers with nothing. */
function refuseNamed(by: readonly TermRef[]): void {
  if (by.length === 0) return
  const names = by.slice(0, NAMED_MAX).map(({ term, domain }) => `${term} (${domain})`)
  const more = by.length > NAMED_MAX ? ` and ${by.length - NAMED_MAX} more` : ''
  const [verb, whom] = by.length === 1 ? ['names', 'it'] : ['name', 'them']
  throw new Fault('duplicate', `${names.join(', ')}${more} ${verb} this term as successor. Give ${whom} another first.`)
}
