import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTickets, type TestTickets } from './support/tickets.ts'

let t: TestTickets
beforeAll(async () => {
  t = await openTickets({ DEFAULT_ROLE: 'none' })
  await t.file('ann', { title: 'Quokka numbers are late' })
  await t.file('ann', { title: 'Another thing', description: 'It mentions the quokka', platform_id: t.there.id })
  await t.as('root').platformCreate({ body: { name: 'Quokka lake', domain: 'Animals' } })
  const plan = { theme: 'Trust', phase: 'next' as const, platform_id: t.there.id }
  await t.as('root').roadmapCreate({ body: { title: 'Faster quokkas', ...plan } })
  await t.as('root').glossaryCreate({ body: { term: 'Quókka', domain: 'Animals' } })
})
afterAll(() => t.p.close())

test('finds every kind, titles first, accents and case folded, the last word a beginning', async () => {
  const { items } = (await t.as('ann').search({ query: { q: 'QUOK' } })).body
  expect(items.map(({ kind, title }) => [kind, title])).toEqual([
    ['platform', 'Quokka lake'],
    ['ticket', 'Quokka numbers are late'],
    ['roadmap', 'Faster quokkas'],
    ['term', 'Quókka'],
    ['ticket', 'Another thing'],
  ])
  expect(items[1]?.context).toBe('INCIDENT NEW')
  expect((await t.as('ann').search({ query: { q: '"' } })).body.items).toEqual([])
  expect((await t.as('ann').search({ query: {} as never })).status).toBe(422)
})

test('shows nobody what they may not read', async () => {
  const body = { principal_kind: 'user' as const, principal: 'eve@x.example', role: 'viewer' as const }
  await t.as('root').roleBindingCreate({ body: { ...body, platform_id: t.here.id } })
  const eve = t.p.withHeaders({ 'x-forwarded-email': 'eve@x.example' })
  const { items } = (await eve.search({ query: { q: 'quokka' } })).body
  expect(items.map(({ title }) => title)).toEqual(['Quokka numbers are late', 'Quókka'])
})

test('says of a term that is out of use what to say instead, and of a draft that it is one', async () => {
  const make = async (term: string) => (await t.as('root').glossaryCreate({ body: { term, domain: 'Money' } })).body
  const [good, bad] = [await make('Gnu revenue'), await make('Gnu turnover')]
  await t.as('root').glossaryEdit({
    params: { id: bad.id },
    body: { expected_version: 1, status: 'deprecated', replaced_by: good.id },
  })
  const { items } = (await t.as('ann').search({ query: { q: 'gnu' } })).body
  expect(Object.fromEntries(items.map(({ title, context }) => [title, context]))).toEqual({
    'Gnu revenue': 'Money, draft',
    'Gnu turnover': 'Money, deprecated, say Gnu revenue instead',
  })
})
