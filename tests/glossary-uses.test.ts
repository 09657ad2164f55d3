import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { GlossaryTerm } from '../src/contracts/glossary.ts'
import { emailOf, openTickets, type PersonName, type TestTickets } from './support/tickets.ts'

let t: TestTickets
beforeAll(async () => {
  t = await openTickets({ DEFAULT_ROLE: 'none' })
})
afterAll(() => t.p.close())

async function define(term: string, more: Record<string, unknown> = {}): Promise<GlossaryTerm> {
  const { body, error } = await t.as('tri').glossaryCreate({ body: { term, domain: 'Sales', ...more } })
  if (error !== null) throw new Error(JSON.stringify(error))
  return body
}
const edit = (id: string, expected_version: number, changes: Record<string, unknown>) =>
  t.as('tri').glossaryEdit({ params: { id }, body: { expected_version, ...changes } })
const uses = async (name: PersonName, id: string) => {
  const { body, error } = await t.as(name).glossaryUses({ params: { id } })
  if (error !== null) throw new Error(JSON.stringify(error))
  return body
}
async function announce(title: string, more: { platform_ids?: string[]; start_at?: string } = {}, isPublished = true) {
  const { body } = await t.as('root').statusMessageCreate({
    body: { severity: 'info', title, start_at: t.p.at(-1000), ...more },
  })
  if (isPublished)
    await t.as('root').statusMessagePublish({ params: { id: body.id }, body: { expected_version: body.version } })
  return body.id
}

describe('where a term is used', () => {
  test('is where it or a synonym stands as whole words, in every kind', async () => {
    const { id } = await define('Stock cover', { synonyms: ['days of supply', 'C++'] })
    const ticket = await t.file('ann', { title: 'STOCK-COVER is wrong' })
    await t.file('ann', { title: 'Cover of the stock', description: 'Stock covers nothing, days supply' })
    const tagged = await t.file('ann', { title: 'Other', description: 'The days of supply, they are **late**' })
    await announce('Stock cover is late')
    const plan = { theme: 'Trust', phase: 'next' as const }
    await t.as('root').roadmapCreate({ body: { title: 'Stöck cover by store', ...plan } })
    const other = await define('Reach', { definition: 'Another word for stock cover' })
    const found = await uses('ann', id)
    expect(found.words).toEqual(['Stock cover', 'days of supply', 'C++'])
    expect(found.tickets).toMatchObject({ total: 2, items: [{ id: tagged.id }, { id: ticket.id, state: 'NEW' }] })
    expect(found.messages).toMatchObject({ total: 1, items: [{ title: 'Stock cover is late', state: 'published' }] })
    expect(found.roadmap).toMatchObject({ total: 1, items: [{ title: 'Stöck cover by store', phase: 'next' }] })
    // Not itself.
    expect(found.terms).toMatchObject({ total: 1, items: [{ id: other.id, term: 'Reach' }] })
  })

  test('names at most twenty of each kind and counts them all', async () => {
    const { id } = await define('Shrinkage')
    for (let i = 0; i < 23; i += 1) await t.file('ann', { title: `Shrinkage ${i}` })
    const { tickets } = await uses('ann', id)
    expect([tickets?.total, tickets?.items.length, tickets?.items[0]?.title]).toEqual([23, 20, 'Shrinkage 22'])
  })

  test('shows nobody what they may not read, and messages as their list does', async () => {
    const { id } = await define('Footfall')
    const here = [t.here.id]
    const there = [t.there.id]
    await t.file('ann', { title: 'Footfall here', platform_id: t.here.id })
    await t.file('ann', { title: 'Footfall there', platform_id: t.there.id })
    const plan = { theme: 'Trust', phase: 'next' as const }
    for (const platform_id of [t.here.id, t.there.id])
      await t.as('root').roadmapCreate({ body: { title: 'Footfall', platform_id, ...plan } })
    await announce('Footfall for all')
    await announce('Footfall here', { platform_ids: here })
    await announce('Footfall there', { platform_ids: there })
    await announce('Footfall tomorrow', { platform_ids: there, start_at: t.p.at(86_400_000) })
    await announce('Footfall draft here', { platform_ids: here }, false)
    await announce('Footfall draft there', { platform_ids: there }, false)
    await t.as('root').roleBindingCreate({
      body: { principal_kind: 'user', principal: 'eve@x.example', role: 'viewer', platform_id: t.here.id },
    })
    const eve = t.p.withHeaders({ 'x-forwarded-email': 'eve@x.example' })
    const seen = (await eve.glossaryUses({ params: { id } })).body
    expect(seen.tickets?.items.map(({ title }) => title)).toEqual(['Footfall here'])
    expect(seen.roadmap?.total).toBe(1)

    for (const client of [eve, ...(['ann', 'tri', 'own', 'far', 'root'] as const).map((name) => t.as(name))]) {
      const { messages } = (await client.glossaryUses({ params: { id } })).body
      const listed = (await client.statusMessageList({ query: { limit: 200 } })).body.items
        .map(({ title }) => title)
        .filter((title) => title.startsWith('Footfall'))
      expect(messages?.items.map(({ title }) => title).sort()).toEqual(listed.sort())
    }
    expect((await uses('own', id)).messages?.total).toBe(4)
    // Time alone opens a window.
    t.p.tick(2 * 86_400_000)
    expect((await uses('ann', id)).messages?.total).toBe(4)
  })

  test('of what is not there is not there', async () => {
    const params = { id: crypto.randomUUID() }
    expect((await t.as('ann').glossaryUses({ params })).status).toBe(404)
    expect((await t.as('ann').glossaryHistory({ params, query: {} })).status).toBe(404)
  })
})

describe('a term that others depend on', () => {
  test('may be deprecated without a successor, and the answer warns of what is left behind', async () => {
    const term = await define('Rebate', { status: 'active' })
    expect((await edit(term.id, 1, { status: 'deprecated' })).body.warning).toBeNull()
    await edit(term.id, 2, { status: 'active' })
    await t.file('ann', { title: 'The rebate is twice in it' })
    await define('Bonus', { status: 'deprecated', replaced_by: term.id })
    const answer = await edit(term.id, 3, { status: 'deprecated' })
    expect([answer.status, answer.body.warning]).toEqual([
      200,
      'Deprecated without a successor, and it is still used in 1 ticket, and it is the successor of one term.',
    ])
    // With one, or about something else, nothing is left behind.
    expect((await edit(term.id, 4, { steward: 'ann@x.example' })).body.warning).toBeNull()
    const next = await define('Price reduction', { status: 'active' })
    expect((await edit(term.id, 5, { replaced_by: next.id })).body.warning).toBeNull()
    expect((await edit(term.id, 6, { replaced_by: null })).body.warning).toContain('1 ticket')
  })

  test('is not deleted while others name it as successor, and says who', async () => {
    const next = await define('Markdown', { status: 'active' })
    for (let i = 0; i < 6; i += 1) await define(`Old ${i}`, { status: 'deprecated', replaced_by: next.id })
    const remove = () => t.as('root').glossaryDelete({ params: { id: next.id }, query: { expected_version: 1 } })
    const refused = await remove()
    expect([refused.status, refused.error?.code, refused.error?.message]).toEqual([
      409,
      'duplicate',
      'Old 0 (Sales), Old 1 (Sales), Old 2 (Sales), Old 3 (Sales), Old 4 (Sales) and 1 more name this term as successor. Give them another first.',
    ])
    const { replaces } = (await t.as('ann').glossaryRead({ params: { id: next.id } })).body
    for (const { id } of replaces) await edit(id, 1, { replaced_by: null })
    expect((await remove()).status).toBe(200)
  })
})

describe('the history of a term', () => {
  test('is every version with what changed, who and when, oldest first', async () => {
    const next = await define('Gross profit')
    t.p.tick(1000)
    const { id } = await define('Margin', { definition: 'One' })
    t.p.tick(1000)
    await t
      .as('own')
      .glossaryEdit({ params: { id }, body: { expected_version: 1, definition: 'Two', term: 'The margin' } })
    await edit(id, 2, { status: 'deprecated', replaced_by: next.id })
    await t
      .as('tri')
      .glossaryImport({ body: { csv: 'domain,term,steward\nSales,The margin,ann@x.example\n', dry_run: false } })
    const { items, total } = (await t.as('ann').glossaryHistory({ params: { id }, query: {} })).body
    expect(total).toBe(4)
    expect(items.map(({ type, by, action }) => [type, by, action])).toEqual([
      ['CREATE', emailOf('tri'), 'glossary.create'],
      ['EDIT', emailOf('own'), 'glossary.edit'],
      ['STATUS_CHANGE', emailOf('tri'), 'glossary.edit'],
      ['EDIT', emailOf('tri'), 'glossary.import'],
    ])
    expect(items[1]).toMatchObject({
      at: t.p.at(),
      changes: [
        { field: 'term', from: 'Margin', to: 'The margin' },
        { field: 'definition', from: 'One', to: 'Two' },
      ],
      named: [],
    })
    expect(items[2]?.named).toEqual([{ id: next.id, term: 'Gross profit', domain: 'Sales', status: 'draft' }])
    expect(items[2]?.changes).toContainEqual({ field: 'replaced_by', from: null, to: next.id })

    const first = (await t.as('ann').glossaryHistory({ params: { id }, query: { limit: 3 } })).body
    const rest = await t.as('ann').glossaryHistory({
      params: { id },
      query: { limit: 3, cursor: first.next_cursor ?? '' },
    })
    expect([...first.items, ...rest.body.items]).toEqual(items)
    expect(rest.body.next_cursor).toBeNull()
  })
})

test('the domains are those that have terms, with how many', async () => {
  await define('A', { domain: 'zebra' })
  const last = await define('B', { domain: 'zebra' })
  await define('C', { domain: 'Yak' })
  const domains = async () => (await t.as('ann').glossaryDomains()).body.items.slice(-2)
  expect(await domains()).toEqual([
    { domain: 'Yak', terms: 1 },
    { domain: 'zebra', terms: 2 },
  ])
  await t.as('root').glossaryDelete({ params: { id: last.id }, query: { expected_version: 1 } })
  expect((await domains())[1]).toEqual({ domain: 'zebra', terms: 1 })
})
