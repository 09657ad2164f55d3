import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AuditEntry, auditedTables } from '../src/contracts/audit.ts'
import { personRoles } from '../src/contracts/roles.ts'
import { tables } from '../src/server/storage/tables.ts'
import { makePlatform, openPortal, type TestPortal } from './support/portal.ts'
import { emailOf, openTickets, type TestTickets } from './support/tickets.ts'

let t: TestTickets
beforeAll(async () => {
  t = await openTickets()
})
afterAll(() => t.p.close())

type Query = NonNullable<Parameters<ReturnType<TestTickets['as']>['auditList']>[0]>['query']
async function audit(query: Query = {}) {
  const { body, error } = await t.as('root').auditList({ query })
  if (error !== null) throw new Error(JSON.stringify(error))
  return body
}
const told = ({ kind, by, action, changes }: AuditEntry) => ({
  kind,
  by,
  action,
  changes: changes.map(({ field, from, to }) => [field, from, to]),
})

describe('the audit', () => {
  test('covers every table of records, without anybody having to think of it', () => {
    expect([...auditedTables].sort()).toEqual(Object.keys(tables).sort())
  })

  test('tells every version of a record: who, when, by which act, under which request, and what became different', async () => {
    const made = await t.as('root').platformCreate({ body: { name: 'Audited', domain: 'Sales' } })
    const { id } = made.body
    t.p.tick(1000)
    const body = { description: 'New', owner: 'own@x.example', expected_version: 1 }
    const changed = await t.as('own').platformUpdate({ params: { id }, body })
    expect(changed.status).toBe(403)
    const done = await t.as('root').platformUpdate({ params: { id }, body })
    const { items, total } = await audit({ record_id: id })
    expect(total).toBe(2)
    expect(items[0]).toEqual({
      table: 'platforms',
      record_id: id,
      version: 2,
      kind: 'change',
      name: 'Audited',
      at: t.p.at(),
      by: emailOf('root'),
      actor: { user: null, email: emailOf('root'), name: null },
      action: 'platform.update',
      request_id: done.headers['x-request-id'],
      changes: [
        { field: 'description', from: '', to: 'New', is_secret: false },
        { field: 'owner', from: '', to: 'own@x.example', is_secret: false },
      ],
    })
    expect(items[1]).toMatchObject({
      kind: 'create',
      request_id: made.headers['x-request-id'],
      changes: expect.arrayContaining([{ field: 'name', from: null, to: 'Audited', is_secret: false }]),
    })
  })

  test('agrees with what a ticket tells of itself', async () => {
    const item = await t.file('ann', { tags: ['old'] })
    await t
      .as('tri')
      .workItemEdit({ params: { id: item.id }, body: { tags: ['new'], priority: 'P1', expected_version: 1 } })
    await t.as('tri').workItemTransition({
      params: { id: item.id },
      body: { to_state: 'RESOLVED', expected_version: 2, note: 'Ran it again', resolution: 'FIXED' },
    })
    const events = (await t.as('root').workItemEvents({ params: { id: item.id } })).body.items
    const { items } = await audit({ record_id: item.id })
    expect(items.toReversed().map(({ by, action, at }) => ({ by, action, at }))).toEqual(
      events.map(({ by, action, at }) => ({ by, action, at })),
    )
    // The audit has what the ticket tells otherwise as well; apart from that they say the same.
    const [, ...changes] = items.toReversed()
    for (const [i, entry] of changes.entries())
      expect(entry.changes.map(({ field, from, to }) => ({ field, from, to }))).toEqual(
        expect.arrayContaining(events[i + 1]?.changes ?? []),
      )
  })

  test('shows a binding granted, removed and granted again as what it is', async () => {
    const body = { principal_kind: 'user', principal: 'eve@x.example', role: 'triager' } as const
    const { id } = (await t.as('root').roleBindingCreate({ body })).body
    await t.as('root').roleBindingDelete({ params: { id }, query: { expected_version: 1 } })
    await t.as('root').roleBindingCreate({ body })
    const { items } = await audit({ record_id: id })
    expect(items.map(told)).toEqual([
      { kind: 'restore', by: emailOf('root'), action: 'role_binding.create', changes: [] },
      { kind: 'delete', by: emailOf('root'), action: 'role_binding.delete', changes: [] },
      {
        kind: 'create',
        by: emailOf('root'),
        action: 'role_binding.create',
        changes: [
          ['principal_kind', null, 'user'],
          ['principal', null, 'eve@x.example'],
          ['role', null, 'triager'],
        ],
      },
    ])
  })

  test('never shows a secret or its hash, and says that it was set', async () => {
    const { token, secret } = (
      await t.as('root').apiTokenCreate({
        body: { name: 'nightly', role: 'scraper', expires_at: '2027-11-22T00:00:00.000Z' },
      })
    ).body
    await t.as('root').apiTokenRevoke({ params: { id: token.id }, query: { expected_version: 1 } })
    const answer = await audit({ table: 'api_tokens' })
    const hashes = t.p.portal.local.all<{ secret_hash: string }>('SELECT secret_hash FROM api_tokens')
    expect(hashes).toHaveLength(1)
    for (const hidden of [secret, ...hashes.map(({ secret_hash }) => secret_hash)])
      expect(JSON.stringify(answer)).not.toContain(hidden)
    expect(answer.items[1]?.changes).toContainEqual({ field: 'secret_hash', from: null, to: null, is_secret: true })
    expect(answer.items[0]).toMatchObject({
      action: 'api_token.revoke',
      changes: [{ field: 'revoked_at', from: null, to: t.p.at() }],
    })
  })

  test('is narrowed by table, record, actor and time, each alone and together', async () => {
    t.p.tick(5000)
    const before = t.p.at()
    t.p.tick(5000)
    const item = await t.file('ben')
    const middle = t.p.at()
    t.p.tick(5000)
    await t.as('tri').workItemVote({ params: { id: item.id } })
    const end = t.p.at(1)
    const acts = async (query: Query) => (await audit(query)).items.map(({ action }) => action)
    expect(await acts({ from: before, to: end })).toEqual(['work_item.vote', 'work_item.create'])
    expect(await acts({ from: middle, to: end, table: 'work_items' })).toEqual(['work_item.create'])
    expect(await acts({ from: middle, to: t.p.at() }), 'up to, not including').toEqual(['work_item.create'])
    expect(await acts({ from: before, actor: emailOf('tri') })).toEqual(['work_item.vote'])
    expect(await acts({ record_id: item.id, actor: emailOf('tri') })).toEqual([])
    expect(await acts({ actor: 'system:bootstrap' })).toEqual(['role_binding.bootstrap'])
    expect((await audit({ actor: 'nobody@x.example' })).total).toBe(0)
    const all = (await audit({ limit: 1 })).total
    const ownDoings = (await audit({ actor: 'system:bootstrap' })).total
    expect((await audit({ by_people: true, limit: 1 })).total).toBe(all - ownDoings)
    expect((await audit({ by_people: false, limit: 1 })).total).toBe(all)
  })

  test.each([
    ['a table that is none', { table: 'sqlite_schema' }],
    ['a record that is no id', { record_id: "x' OR 1=1" }],
    ['a day instead of an instant', { from: '2026-11-22' }],
    ['a cursor of another list', { cursor: 'WyJ4Il0' }],
    ['a filter that it does not know', { action: 'x' }],
  ])('refuses %s', async (_what, query) => {
    const answer = await t.as('root').auditList({ query: query as never })
    expect({ status: answer.status, code: answer.error?.code }).toEqual({ status: 422, code: 'validation_error' })
  })

  test('pages hold while others write: nothing is repeated and nothing that was there is left out', async () => {
    const key = ({ table, record_id, version }: AuditEntry) => `${table} ${record_id} ${version}`
    const there = new Set<string>()
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await audit({ limit: 200, ...(cursor !== '' && { cursor }) })
      for (const entry of page.items) there.add(key(entry))
      cursor = page.next_cursor
    }
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await audit({ limit: 7, ...(cursor !== '' && { cursor }) })
      seen.push(...page.items.map(key))
      cursor = page.next_cursor
      t.p.tick(1)
      await t.file('ann')
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect([...there].filter((one) => !seen.includes(one))).toEqual([])
    // Walking backwards in time meets nothing that was written since.
    expect(seen.filter((one) => !there.has(one))).toEqual([])
  })
})

describe('who reads the audit', () => {
  let p: TestPortal
  beforeAll(async () => {
    p = await openPortal()
  })
  afterAll(() => p.close())

  test.each(personRoles)('%s: only an admin does', async (role) => {
    const answer = await p.as(role).auditList()
    expect({ status: answer.status, code: answer.error?.code }).toEqual(
      role === 'admin' ? { status: 200, code: undefined } : { status: 403, code: 'forbidden' },
    )
  })

  test('not an admin of one platform, for it tells of all of them', async () => {
    const platform = await makePlatform(p)
    const { secret } = (
      await p.admin.apiTokenCreate({
        body: { name: 'local', role: 'admin', platform_id: platform.id, expires_at: p.at(60_000) },
      })
    ).body
    const answer = await p.withHeaders({ authorization: `Bearer ${secret}` }).auditList()
    expect(answer.error?.code).toBe('forbidden')
  })
})
