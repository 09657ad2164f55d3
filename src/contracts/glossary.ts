import * as Type from 'typebox'
import { endpointTable } from './endpoint.ts'
import { closed, Id, line, nullable, oneOf, page, pageQuery, recordFields, Version } from './primitives.ts'

export const termStatuses = ['draft', 'active', 'deprecated'] as const
export type TermStatus = (typeof termStatuses)[number]

export const DEFINITION_MAX = 20_000

/** What a term is about: a table, a dashboard, a page. */
const Asset = closed({
  name: line(200),
  /** http or https. */
  url: nullable(Type.String({ maxLength: 2000, pattern: '^https?://[^\\s]+$' })),
})

const own = {
  term: line(120),
  synonyms: Type.Array(line(120), { maxItems: 20, uniqueItems: true }),
  definition: Type.String({ maxLength: DEFINITION_MAX }),
  /** Terms are unique in one, whatever their case. */
  domain: line(80),
  steward: Type.String({ maxLength: 320 }),
  status: oneOf(termStatuses),
  related_assets: Type.Array(Asset, { maxItems: 50 }),
  /** The term to use instead; only when deprecated. */
  replaced_by: nullable(Id),
}

export const GlossaryTerm = closed({ ...recordFields, ...own })
export type GlossaryTerm = Type.Static<typeof GlossaryTerm>

export const TermRef = closed({ id: Id, term: own.term, domain: own.domain, status: own.status })
export type TermRef = Type.Static<typeof TermRef>

const successor = {
  /** What `replaced_by` names, if it is there. */
  successor: nullable(TermRef),
}
export const ListedTerm = closed({ ...GlossaryTerm.properties, ...successor })
export type ListedTerm = Type.Static<typeof ListedTerm>
export const GlossaryDetail = closed({
  ...GlossaryTerm.properties,
  ...successor,
  /** Terms that name this one as their successor. */
  replaces: Type.Array(TermRef, { maxItems: 100 }),
})

/** Of every term so many are recognised in text: what a browser can take in one answer. */
export const WORDS_MAX = 10_000

/** A term as far as it takes to find it in text, and to say what to write instead. Drafts are not found. */
export const GlossaryWord = closed({
  id: Id,
  term: own.term,
  synonyms: own.synonyms,
  domain: own.domain,
  status: oneOf(['active', 'deprecated']),
  successor: nullable(closed({ id: Id, term: own.term })),
})
export type GlossaryWord = Type.Static<typeof GlossaryWord>

const optional = {
  synonyms: Type.Optional(own.synonyms),
  definition: Type.Optional(own.definition),
  steward: Type.Optional(own.steward),
  status: Type.Optional(own.status),
  related_assets: Type.Optional(own.related_assets),
  replaced_by: Type.Optional(own.replaced_by),
}
export const GlossaryCreate = closed({ term: own.term, domain: own.domain, ...optional })
export const GlossaryEdit = Type.Object(
  { expected_version: Version, term: Type.Optional(own.term), domain: Type.Optional(own.domain), ...optional },
  { additionalProperties: false, minProperties: 2 },
)

const byId = closed({ id: Id })
const reads = ['glossary_terms'] as const

export const glossaryEndpoints = endpointTable({
  glossaryList: {
    method: 'GET',
    path: '/api/v1/glossary',
    permission: 'glossary.read',
    summary: 'Glossary terms by name; with a text, those first that match in the term itself',
    query: closed({
      ...pageQuery,
      q: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
      domain: Type.Optional(line(80)),
      status: Type.Optional(oneOf(termStatuses)),
    }),
    reply: page(ListedTerm),
    reads,
  },
  glossaryWords: {
    method: 'GET',
    path: '/api/v1/glossary/words',
    permission: 'glossary.read',
    summary: 'Every active and deprecated term in short, for finding them in text',
    reply: closed({ items: Type.Array(GlossaryWord, { maxItems: WORDS_MAX }) }),
    reads,
  },
  glossaryCreate: {
    method: 'POST',
    path: '/api/v1/glossary',
    permission: 'glossary.write',
    summary: 'Add a term, as a draft unless said',
    body: GlossaryCreate,
    reply: GlossaryTerm,
    status: 201,
    limit: 'create',
  },
  glossaryRead: {
    method: 'GET',
    path: '/api/v1/glossary/:id',
    permission: 'glossary.read',
    summary: 'One term, what replaces it and what it replaces',
    params: byId,
    reply: GlossaryDetail,
    reads,
  },
  glossaryEdit: {
    method: 'PATCH',
    path: '/api/v1/glossary/:id',
    permission: 'glossary.write',
    summary: 'Change a term',
    params: byId,
    body: GlossaryEdit,
    reply: GlossaryTerm,
  },
  glossaryDelete: {
    method: 'DELETE',
    path: '/api/v1/glossary/:id',
    permission: 'glossary.delete',
    summary: 'Delete a term; its history stays',
    params: byId,
    query: closed({ expected_version: Version }),
    reply: GlossaryTerm,
  },
})
