import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { GlossaryTerm } from '../src/contracts/glossary.ts'
import { openTickets, type PersonName, type TestTickets } from './support/tickets.ts'

let t: TestTickets
beforeAll(async () => {
  t = await openTickets()
})
afterAll(() => t.p.close())

async function define(term: string, more: Record<string, unknown> = {}): Promise<GlossaryTerm> {
  const { body, error } = await t.as('tri').glossaryCreate({ body: { term, domain: 'Sales', ...more } })
  if (error !== null) throw new Error(JSON.stringify(error))
  return body
}
const edit = (name: PersonName, id: string, expected_version: number, changes: Record<string, unknown>) =>
  t.as(name).glossaryEdit({ params: { id }, body: { expected_version, ...changes } })
const wrong = (answer: { error: { details?: { fields?: Record<string, string> } } | null }) =>
  Object.keys(answer.error?.details?.fields ?? {})

describe('the glossary', () => {
  test('lists by name whatever the case, narrows, and ranks the term before synonym and definition', async () => {
    await define('Zebra margin', { domain: 'Order', definition: 'Nothing about it' })
    await define('booking', { domain: 'Order', definition: 'The margin of a zebra', status: 'active' })
    await define('Änderung', { domain: 'Order', synonyms: ['Zebra margin change'] })
    const list = async (query: Record<string, unknown>) =>
      (await t.as('ann').glossaryList({ query: { domain: 'Order', ...query } })).body.items.map(({ term }) => term)
    expect(await list({})).toEqual(['booking', 'Zebra margin', 'Änderung'])
    expect(await list({ status: 'active' })).toEqual(['booking'])
    expect((await list({ q: 'zebra margin' }))[0]).toBe('Zebra margin')
    expect(await list({ q: 'margin zebra' })).toHaveLength(3)
    expect(await list({ q: 'anderung' })).toEqual(['Änderung'])
    expect(await list({ q: '...' })).toEqual([])
  })

  test('a term is unique in its domain whatever its case, and another domain may have it', async () => {
    const first = await define('Net Revenue')
    const again = await t.as('tri').glossaryCreate({ body: { term: 'net  REVENUE', domain: 'sales' } })
    expect([again.status, again.error?.code]).toEqual([409, 'duplicate'])
    const elsewhere = await define('Net revenue', { domain: 'Finance' })
    expect((await edit('tri', elsewhere.id, 1, { domain: 'Sales' })).status).toBe(409)
    expect((await edit('tri', first.id, 1, { term: 'NET REVENUE' })).body.term).toBe('NET REVENUE')
  })

  test('a retry with the same key is the same term, not one that is taken', async () => {
    const headers = { 'idempotency-key': 'term-1' }
    const body = { term: 'Churn', domain: 'Sales' }
    const first = await t.as('tri').glossaryCreate({ body, headers })
    t.p.tick(25 * 3_600_000)
    t.p.portal.local.idempotency.prune()
    const second = await t.as('tri').glossaryCreate({ body, headers })
    expect([second.status, second.body.id]).toEqual([201, first.body.id])
    expect((await t.as('tri').glossaryCreate({ body, headers: { 'idempotency-key': 'term-2' } })).status).toBe(409)
  })

  test('a deprecated term names its successor, never in a circle; used again, it has none', async () => {
    const old = await define('Turnover')
    const next = await define('Gross revenue', { status: 'active' })
    expect(wrong(await edit('tri', old.id, 1, { replaced_by: next.id }))).toEqual(['body.replaced_by'])
    const gone = { status: 'deprecated', replaced_by: crypto.randomUUID() }
    expect(wrong(await edit('tri', old.id, 1, gone))).toEqual(['body.replaced_by'])
    expect((await edit('tri', old.id, 1, { status: 'deprecated', replaced_by: next.id })).status).toBe(200)
    const read = async (id: string) => (await t.as('ann').glossaryRead({ params: { id } })).body
    expect((await read(old.id)).successor).toMatchObject({ id: next.id, term: 'Gross revenue' })
    expect((await read(next.id)).replaces).toMatchObject([{ id: old.id, status: 'deprecated' }])
    const back = { status: 'deprecated', replaced_by: old.id }
    expect(wrong(await edit('tri', next.id, 1, back))).toEqual(['body.replaced_by'])
    expect(wrong(await edit('tri', old.id, 2, { replaced_by: old.id }))).toEqual(['body.replaced_by'])
    expect((await edit('tri', old.id, 2, { status: 'active' })).body.replaced_by).toBeNull()
  })

  test.each([
    ['an empty term', { term: ' ' }, 'body.term'],
    ['a definition over 20,000 characters', { definition: 'x'.repeat(20_001) }, 'body.definition'],
    [
      'a script for an address',
      { related_assets: [{ name: 'x', url: 'javascript:alert(1)' }] },
      'body.related_assets.0.url',
    ],
    ['twenty-one synonyms', { synonyms: Array.from({ length: 21 }, (_, i) => `s${i}`) }, 'body.synonyms'],
  ])('%s is refused and named', async (_what, more, field) => {
    const answer = await t.as('tri').glossaryCreate({ body: { term: 'Fine', domain: 'Sales', ...more } })
    expect([answer.status, wrong(answer).some((path) => path.startsWith(field))]).toEqual([422, true])
  })

  test('triagers, owners and admins write; only admins delete; a stale change is told', async () => {
    const { id } = await define('Backlog')
    expect((await edit('ann', id, 1, { definition: 'Mine' })).status).toBe(403)
    expect((await edit('own', id, 1, { definition: 'What waits' })).status).toBe(200)
    const stale = await edit('tri', id, 1, { definition: 'Theirs' })
    expect([stale.status, stale.error?.details?.current_version]).toEqual([409, 2])
    const remove = (name: PersonName, expected_version: number) =>
      t.as(name).glossaryDelete({ params: { id }, query: { expected_version } })
    expect((await remove('tri', 2)).status).toBe(403)
    expect((await remove('root', 1)).status).toBe(409)
    expect((await remove('root', 2)).status).toBe(200)
    expect((await t.as('ann').glossaryRead({ params: { id } })).status).toBe(404)
    expect((await define('Backlog')).id).not.toBe(id)
  })
})

describe('the words of the glossary', () => {
  const words = async () => (await t.as('ann').glossaryWords({})).body.items

  test('are the terms in use and the deprecated ones, with what to say instead; no drafts, nothing deleted', async () => {
    const next = await define('Words net', { status: 'active', synonyms: ['WN'], definition: 'Long', domain: 'Words' })
    const old = await define('Words turnover', { status: 'deprecated', replaced_by: next.id, domain: 'Words' })
    const gone = await define('Words gone', { status: 'active', domain: 'Words' })
    await define('Words draft', { domain: 'Words' })
    const params = { params: { id: gone.id }, query: { expected_version: 1 } }
    expect((await t.as('root').glossaryDelete(params)).status).toBe(200)
    expect((await words()).filter(({ domain }) => domain === 'Words')).toEqual([
      { id: next.id, term: 'Words net', synonyms: ['WN'], domain: 'Words', status: 'active', successor: null },
      {
        ...{ id: old.id, term: 'Words turnover', synonyms: [], domain: 'Words', status: 'deprecated' },
        successor: { id: next.id, term: 'Words net' },
      },
    ])
  })

  test('are not sent again until a term changes', async () => {
    const headers = { 'x-forwarded-email': 'ann@x.example' }
    const ask = (etag = '') =>
      fetch(`${t.p.origin}/api/v1/glossary/words`, { headers: { ...headers, 'if-none-match': etag } })
    const etag = (await ask()).headers.get('etag') ?? ''
    expect((await ask(etag)).status).toBe(304)
    await define('One more word', { status: 'active' })
    expect((await ask(etag)).status).toBe(200)
  })
})
