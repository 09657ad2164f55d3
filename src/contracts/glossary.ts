import * as Type from 'typebox'
import { type Download, endpointTable } from './endpoint.ts'
import { TermEventPage } from './glossary-history.ts'
import { IMPORT_BYTES_MAX, ImportAnswer, ImportRequest } from './glossary-import.ts'
import { TermRef, termNames, termStatuses } from './glossary-ref.ts'
import { TermUses } from './glossary-uses.ts'
import { closed, Id, line, nullable, oneOf, page, pageQuery, recordFields, Version } from './primitives.ts'

export const DEFINITION_MAX = 20_000

/** What a term is about: a table, a dashboard, a page. */
const Asset = closed({
  name: line(200),
  /** http or https. */
  url: nullable(Type.String({ maxLength: 2000, pattern: '^https?://[^\\s]+$' })),
})

const own = {
  term: termNames.term,
  synonyms: Type.Array(line(120), { maxItems: 20, uniqueItems: true }),
  definition: Type.String({ maxLength: DEFINITION_MAX }),
  /** Terms are unique in one, whatever their case. */
  domain: termNames.domain,
  steward: Type.String({ maxLength: 320 }),
  status: termNames.status,
  related_assets: Type.Array(Asset, { maxItems: 50 }),
  /** The term to use instead; only when deprecated. */
  replaced_by: nullable(Id),
}

export const GlossaryTerm = closed({ ...recordFields, ...own })
export type GlossaryTerm = Type.Static<typeof GlossaryTerm>

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

export const GlossaryEdited = closed({
  ...GlossaryTerm.properties,
  /** What the change leaves behind, in a sentence: deprecated without a successor while it is used, or named by others. */
  warning: nullable(Type.String({ maxLength: 400 })),
})

export const DOMAINS_MAX = 200
const Domains = closed({
  items: Type.Array(closed({ domain: own.domain, terms: Type.Integer({ minimum: 1 }) }), { maxItems: DOMAINS_MAX }),
})

const byId = closed({ id: Id })
const reads = ['glossary_terms'] as const
const path = '/api/v1/glossary'
/** What a list, and an export of it, may be narrowed to. */
const filters = {
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  domain: Type.Optional(line(80)),
  status: Type.Optional(oneOf(termStatuses)),
}

export const glossaryEndpoints = endpointTable({
  glossaryList: {
    method: 'GET',
    path,
    permission: 'glossary.read',
    summary: 'Glossary terms by name; with a text, those first that match in the term itself',
    query: closed({ ...pageQuery, ...filters }),
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
    path,
    permission: 'glossary.write',
    summary: 'Add a term, as a draft unless said',
    body: GlossaryCreate,
    reply: GlossaryTerm,
    status: 201,
    limit: 'create',
  },
  glossaryDomains: {
    method: 'GET',
    path: `${path}/domains`,
    permission: 'glossary.read',
    summary: 'The domains that have terms, by name, with how many',
    reply: Domains,
    reads,
  },
  glossaryExport: {
    method: 'GET',
    path: `${path}/export.csv`,
    permission: 'glossary.read',
    summary: 'Every term that the filter shows, as CSV that the import takes back',
    query: closed(filters),
    reply: Type.Unsafe<Download>({ type: 'string' }),
    media: ['text/csv'],
  },
  glossaryImport: {
    method: 'POST',
    path: `${path}/import`,
    permission: 'glossary.write',
    summary: 'Add and change terms from CSV, all rows or none; with `dry_run` only what would happen',
    body: ImportRequest,
    reply: ImportAnswer,
    bodyBytesMax: IMPORT_BYTES_MAX,
  },
  glossaryRead: {
    method: 'GET',
    path: `${path}/:id`,
    permission: 'glossary.read',
    summary: 'One term, what replaces it and what it replaces',
    params: byId,
    reply: GlossaryDetail,
    reads,
  },
  glossaryEdit: {
    method: 'PATCH',
    path: `${path}/:id`,
    permission: 'glossary.write',
    summary: 'Change a term',
    params: byId,
    body: GlossaryEdit,
    reply: GlossaryEdited,
  },
  glossaryDelete: {
    method: 'DELETE',
    path: `${path}/:id`,
    permission: 'glossary.delete',
    // What stands in the way is another record, so it is the code for that: 409 `duplicate`, naming who.
    summary: 'Delete a term; its history stays. Refused with 409 duplicate while others name it as their successor',
    params: byId,
    query: closed({ expected_version: Version }),
    reply: GlossaryTerm,
  },
  glossaryUses: {
    method: 'GET',
    path: `${path}/:id/uses`,
    permission: 'glossary.read',
    summary: 'Where a term or a synonym stands, as whole words: each kind as far as the caller may read it',
    params: byId,
    reply: TermUses,
    reads: ['glossary_terms', 'work_items', 'status_messages', 'roadmap_items'],
  },
  glossaryHistory: {
    method: 'GET',
    path: `${path}/:id/history`,
    permission: 'glossary.read',
    summary: 'What happened to a term, oldest first, read off its row versions',
    params: byId,
    query: closed(pageQuery),
    reply: TermEventPage,
    reads,
  },
})
