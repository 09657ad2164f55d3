import * as Type from 'typebox'
import { endpointTable } from './endpoint.ts'
import { closed, Id, oneOf } from './primitives.ts'

export const foundKinds = ['platform', 'ticket', 'roadmap', 'term'] as const
export type FoundKind = (typeof foundKinds)[number]

export const FOUND_MAX = 40

export const Found = closed({
  kind: oneOf(foundKinds),
  id: Id,
  title: Type.String({ maxLength: 200 }),
  /** What tells it from another of that title: a domain, a state, a phase. */
  context: Type.String({ maxLength: 300 }),
})
export type Found = Type.Static<typeof Found>

export const searchEndpoints = endpointTable({
  search: {
    method: 'GET',
    path: '/api/v1/search',
    permission: 'self.read',
    summary: 'Platforms, tickets, roadmap items and terms that match, best first; each kind as far as it may be read',
    query: closed({ q: Type.String({ minLength: 1, maxLength: 200 }) }),
    reply: closed({ items: Type.Array(Found, { maxItems: FOUND_MAX }) }),
    reads: ['platforms', 'work_items', 'roadmap_items', 'glossary_terms'],
  },
})
