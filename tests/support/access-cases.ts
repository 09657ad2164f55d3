import type { EndpointName } from '../../src/contracts/index.ts'
import { type AccessCase, at, edit, list, one, read, shared, write } from './access-case.ts'
import { statusCases } from './access-cases-status.ts'
import { subscriptionCases } from './access-cases-subscriptions.ts'
import { ticketCases } from './access-cases-tickets.ts'

/**
 * How each endpoint is asked. An endpoint without a case does not compile; the test that walks the OpenAPI document
 * fails for it too. What is expected is nowhere here: it follows from the agreed matrix.
 */
export const accessCases: Record<EndpointName, readonly AccessCase[]> = {
  healthz: shared((_g, c) => c.client.healthz()),
  readyz: shared((_g, c) => c.client.readyz()),
  openapi: shared((_g, c) => c.client.openapi()),
  metrics: shared((_g, c) => c.client.metrics()),
  stream: shared(async (g, c) => {
    const leave = new AbortController()
    const headers = { authorization: `Bearer ${c.secret}` }
    const { status } = await fetch(`${g.p.origin}/api/v1/stream`, { headers, signal: leave.signal })
    leave.abort()
    return { status, body: null }
  }),
  me: shared((_g, c) => c.client.me()),
  permissionMatrix: shared((_g, c) => c.client.permissionMatrix()),
  search: shared((_g, c) => c.client.search({ query: { q: 'fresh' } })),

  roleBindingList: shared((_g, c) => c.client.roleBindingList()),
  roleBindingCreate: shared((g, c) =>
    c.client.roleBindingCreate({ body: { principal_kind: 'user', principal: g.fresh(), role: 'viewer' } }),
  ),
  roleBindingDelete: shared(async (g, c) => {
    const body = { principal_kind: 'user' as const, principal: g.fresh(), role: 'viewer' as const }
    return c.client.roleBindingDelete(at((await g.root.roleBindingCreate({ body })).body.id))
  }),
  apiTokenList: shared((_g, c) => c.client.apiTokenList()),
  apiTokenCreate: shared((g, c) =>
    c.client.apiTokenCreate({ body: { name: g.fresh(), role: 'scraper', expires_at: g.p.at(60_000) } }),
  ),
  apiTokenRevoke: shared(async (g, c) => {
    const body = { name: g.fresh(), role: 'scraper' as const, expires_at: g.p.at(60_000) }
    return c.client.apiTokenRevoke(at((await g.root.apiTokenCreate({ body })).body.token.id))
  }),
  auditList: shared((_g, c) => c.client.auditList()),

  roadmapList: list(
    (_g, c) => c.client.roadmapList({ query: { limit: 200 } }),
    (g) => g.there_is.card.id,
  ),
  roadmapThemes: list(
    (_g, c) => c.client.roadmapThemes(),
    (g) => g.there_is.card.theme,
  ),
  roadmapCreate: [
    {
      act: (g, c) =>
        c.client.roadmapCreate({ body: { title: g.fresh(), theme: 'x', phase: 'now', platform_id: g.here.id } }),
      on: 'here',
      seenBy: 'platform.read',
      unseen: 422,
    },
  ],
  roadmapRead: read((g, c) => c.client.roadmapRead(one(g.there_is.card.id))),
  roadmapEdit: [
    write(async (g, c) => c.client.roadmapEdit(edit((await g.card()).id, { title: g.fresh() })), 'roadmap.read'),
  ],
  roadmapDelete: [write(async (g, c) => c.client.roadmapDelete(at((await g.card()).id)), 'roadmap.read')],
  roadmapMove: [
    write(
      async (g, c) => c.client.roadmapMove(edit((await g.card()).id, { phase: 'now' as const, after_id: null })),
      'roadmap.read',
    ),
  ],

  glossaryList: shared((_g, c) => c.client.glossaryList()),
  glossaryCreate: shared((g, c) => c.client.glossaryCreate({ body: { term: g.fresh(), domain: 'x' } })),
  glossaryRead: shared((g, c) => c.client.glossaryRead(one(g.there_is.term.id))),
  glossaryEdit: shared(async (g, c) => c.client.glossaryEdit(edit((await g.term()).id, { definition: 'x' }))),
  glossaryWords: shared((_g, c) => c.client.glossaryWords()),
  glossaryDomains: shared((_g, c) => c.client.glossaryDomains()),
  glossaryExport: shared((_g, c) => c.client.glossaryExport()),
  glossaryImport: shared((g, c) =>
    c.client.glossaryImport({ body: { csv: `domain,term\nx,${g.fresh()}\n`, dry_run: true } }),
  ),
  glossaryHistory: shared((g, c) => c.client.glossaryHistory(one(g.there_is.term.id))),
  glossaryUses: shared((g, c) => c.client.glossaryUses(one(g.there_is.term.id))),
  glossaryDelete: shared(async (g, c) => c.client.glossaryDelete(at((await g.term()).id))),

  ...subscriptionCases,
  alertList: list(
    (_g, c) => c.client.alertList({ query: { limit: 200, state: 'firing' } }),
    (g) => g.there_is.alert,
  ),
  alertAcknowledge: [
    write(async (g, c) => c.client.alertAcknowledge(edit(await g.alert(), { note: 'Looking' })), 'alert.read'),
  ],

  ...statusCases,
  ...ticketCases,
}
