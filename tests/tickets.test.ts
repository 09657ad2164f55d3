import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTickets, type PersonName, type TestTickets } from './support/tickets.ts'

let t: TestTickets
beforeAll(async () => {
  t = await openTickets()
})
afterAll(() => t.p.close())

const codes = (answer: { status: number; error: { code: string } | null }) => [answer.status, answer.error?.code]

describe('filing', () => {
  test('a contributor files, and the portal fills in the rest', async () => {
    const item = await t.file('ann', { severity: 'HIGH', environment: 'production', tags: ['orders', 'dbt'] })
    expect(item).toMatchObject({
      version: 1,
      created_by: 'ann@x.example',
      state: 'NEW',
      category: 'open',
      priority: 'P3',
      assigned_to: null,
      tags: ['orders', 'dbt'],
      reopen_count: 0,
    })
  })

  test.each([
    ['an empty title', { title: '  ' }, 'body.title'],
    ['a title over 200 characters', { title: 'x'.repeat(201) }, 'body.title'],
    ['a description over 100,000 characters', { description: 'x'.repeat(100_001) }, 'body.description'],
    ['a tag with capitals', { tags: ['DBT'] }, 'body.tags.0'],
    ['a tag twice', { tags: ['dbt', 'dbt'] }, 'body.tags'],
    ['an unknown severity', { severity: 'URGENT' as never }, 'body.severity'],
    ['a severity on an improvement', { item_type: 'IMPROVEMENT' as const, severity: 'LOW' as const }, 'body.severity'],
    ['a platform that is not there', { platform_id: crypto.randomUUID() }, 'body.platform_id'],
    ['a state of its own', { state: 'CLOSED' } as never, 'body.state'],
  ])('%s is refused and named', async (_what, wrong, field) => {
    const body = { item_type: 'INCIDENT' as const, title: 'Late', platform_id: t.here.id, ...wrong }
    const { status, error } = await t.as('ann').workItemCreate({ body })
    expect([status, Object.keys(error?.details?.fields ?? {})]).toEqual([422, [field]])
  })

  test('a body over half a megabyte is refused before it is read', async () => {
    const body = { item_type: 'INCIDENT' as const, title: 'Late', description: 'x'.repeat(600_000) }
    expect(codes(await t.as('ann').workItemCreate({ body }))).toEqual([413, 'payload_too_large'])
  })

  test('the same key makes one ticket, also when the answer of the first was lost with the process', async () => {
    const body = { item_type: 'IMPROVEMENT' as const, title: 'Filed twice' }
    const send = (more = {}, key = 'key-1') =>
      t.as('ann').workItemCreate({ body: { ...body, ...more }, headers: { 'idempotency-key': key } })
    const [first, second] = await Promise.all([send(), send()])
    expect(second.body).toEqual(first.body)
    // What a crash between the commit and keeping the answer leaves: the record, and no answer.
    t.p.tick(25 * 3_600_000)
    t.p.portal.local.idempotency.prune()
    expect((await send()).body).toEqual(first.body)
    expect(codes(await send({ title: 'Another' }))).toEqual([409, 'idempotency_mismatch'])
    expect((await send({}, 'key-2')).body.id).not.toBe(first.body.id)
    const found = await t.as('ann').workItemList({ query: { q: '"Filed twice"' } })
    expect(found.body.total).toBe(2)
  })

  test('a viewer reads and follows, and does nothing else', async () => {
    const viewer = t.p.withHeaders({ 'x-forwarded-email': 'eve@x.example' })
    const { id } = await t.file('ann')
    const params = { id }
    expect(
      (await viewer.workItemRead({ params })).body.allowed_transitions.every((o) => o.blocked_reason !== null),
    ).toBe(true)
    expect((await viewer.workItemWatch({ params })).body).toEqual({ watching: true })
    const body = { item_type: 'INCIDENT' as const, title: 'Mine' }
    for (const refused of [
      viewer.workItemCreate({ body }),
      viewer.workItemVote({ params }),
      viewer.workItemComment({ params, body: { body: 'Hello' } }),
      viewer.workItemEdit({ params, body: { expected_version: 1, title: 'Mine' } }),
      viewer.workItemTransition({ params, body: { expected_version: 1, to_state: 'CLOSED' } }),
      viewer.workItemDelete({ params, query: { expected_version: 1 } }),
    ])
      expect(codes(await refused)).toEqual([403, 'forbidden'])
  })
})

describe('editing', () => {
  const edit = (name: PersonName, id: string, changes: Record<string, unknown>, expected_version = 1) =>
    t.as(name).workItemEdit({ params: { id }, body: { expected_version, ...changes } })

  test('who may change which field is the matrix: author while open, triager, owner of the platform, admin', async () => {
    const cases: [PersonName, Record<string, unknown>, number][] = [
      ['ann', { title: 'Later still' }, 200],
      ['ann', { description: 'More', environment: 'staging' }, 200],
      ['ann', { severity: 'LOW' }, 403],
      ['ann', { assigned_to: 'tri@x.example' }, 403],
      ['ann', { title: 'x', tags: ['y'] }, 403],
      ['ben', { title: 'Not mine' }, 403],
      ['own', { priority: 'P1', tags: ['orders'], due_at: '2026-12-01T00:00:00.000Z' }, 200],
      ['own', { assigned_to: 'Tri@X.example' }, 200],
      ['far', { priority: 'P1' }, 403],
      ['tri', { severity: 'CRITICAL', platform_id: t.there.id }, 200],
      ['root', { platform_id: null }, 200],
    ]
    for (const [name, changes, status] of cases) {
      const { id } = await t.file('ann')
      const answer = await edit(name, id, changes)
      expect({ name, changes, status: answer.status }).toEqual({ name, changes, status })
      if (status === 200 && 'assigned_to' in changes) expect(answer.body.assigned_to).toBe('tri@x.example')
      if (status !== 200) expect((await t.read('root', id)).version).toBe(1)
    }
    const done = await t.put('INCIDENT', 'RESOLVED')
    expect((await edit('ann', done, { title: 'Too late' })).status).toBe(403)
  })

  test('a move needs both platforms: the owner of one cannot take a ticket to another, or away from any', async () => {
    const { id } = await t.file('ann')
    expect((await edit('own', id, { platform_id: t.there.id })).status).toBe(403)
    expect((await edit('own', id, { platform_id: null })).status).toBe(403)
    expect((await edit('tri', id, { platform_id: crypto.randomUUID() })).status).toBe(422)
  })

  test('an edit that changes nothing makes no version; a stale one is refused with the current record', async () => {
    const { id } = await t.file('ann')
    expect((await edit('ann', id, { title: 'The orders are late' })).body.version).toBe(1)
    expect((await edit('ann', id, { title: 'Mine' })).body.version).toBe(2)
    const stale = await edit('tri', id, { title: 'Theirs' })
    expect(codes(stale)).toEqual([409, 'version_conflict'])
    expect(stale.error?.details).toMatchObject({ current_version: 2, current: { title: 'Mine', version: 2 } })
    expect((await t.as('ann').workItemEdit({ params: { id }, body: { expected_version: 2 } as never })).status).toBe(
      422,
    )
  })

  test('only an admin deletes; then it is gone everywhere, and its votes and comments refuse', async () => {
    const { id } = await t.file('ann', { title: 'Obsolete thing' })
    const params = { id }
    expect((await t.as('tri').workItemDelete({ params, query: { expected_version: 1 } })).status).toBe(403)
    expect(codes(await t.as('root').workItemDelete({ params, query: { expected_version: 9 } }))[0]).toBe(409)
    expect((await t.as('root').workItemDelete({ params, query: { expected_version: 1 } })).status).toBe(200)
    for (const gone of [
      t.as('ann').workItemRead({ params }),
      t.as('ann').workItemVote({ params }),
      t.as('ann').workItemComment({ params, body: { body: 'Hello' } }),
      t.as('root').workItemDelete({ params, query: { expected_version: 2 } }),
      t.as('ann').workItemRead({ params: { id: 'not-an-id' } }),
    ])
      expect(codes(await gone)).toEqual([404, 'not_found'])
    expect((await t.as('ann').workItemList({ query: { q: 'obsolete' } })).body.total).toBe(0)
  })
})

describe('votes and followers', () => {
  test('a vote is set and cleared, and repeating either answers the same', async () => {
    const { id, version } = await t.file('ann')
    const params = { id }
    expect((await t.as('ben').workItemVote({ params })).body).toEqual({ votes: 1, voted: true })
    expect((await t.as('ben').workItemVote({ params })).body).toEqual({ votes: 1, voted: true })
    expect((await t.as('tri').workItemVote({ params })).body).toEqual({ votes: 2, voted: true })
    expect(await t.read('ann', id)).toMatchObject({ votes: 2, voted: false, version })
    expect((await t.as('ben').workItemUnvote({ params })).body).toEqual({ votes: 1, voted: false })
    expect((await t.as('ben').workItemUnvote({ params })).body).toEqual({ votes: 1, voted: false })
    expect((await t.as('ben').workItemVote({ params })).body).toEqual({ votes: 2, voted: true })
    const many = await Promise.all(Array.from({ length: 20 }, () => t.as('own').workItemVote({ params })))
    expect(new Set(many.map(({ status, body }) => `${status} ${body.votes}`))).toEqual(new Set(['200 3']))
  })

  test('voting ends when the ticket is done, and the count stays', async () => {
    const { id } = await t.file('ann', { item_type: 'IMPROVEMENT' })
    const params = { id }
    await t.as('ben').workItemVote({ params })
    const body = { to_state: 'DECLINED' as const, expected_version: 1, note: 'No', resolution: 'OUT_OF_SCOPE' as const }
    expect((await t.as('tri').workItemTransition({ params, body })).status).toBe(200)
    expect(codes(await t.as('own').workItemVote({ params }))).toEqual([409, 'voting_closed'])
    expect(codes(await t.as('ben').workItemUnvote({ params }))).toEqual([409, 'voting_closed'])
    expect((await t.as('ben').workItemVote({ params })).body).toEqual({ votes: 1, voted: true })
    expect((await t.as('own').workItemUnvote({ params })).body).toEqual({ votes: 1, voted: false })
  })

  test('who takes part follows, unless they say otherwise', async () => {
    const { id } = await t.file('ann')
    const params = { id }
    const watching = async (name: PersonName) => (await t.read(name, id)).watching
    expect([await watching('ann'), await watching('ben')]).toEqual([true, false])
    await t.as('ben').workItemComment({ params, body: { body: 'Here too' } })
    await t.as('own').workItemVote({ params })
    await t.as('far').workItemWatch({ params })
    expect((await t.as('ann').workItemUnwatch({ params })).body).toEqual({ watching: false })
    expect((await t.as('ann').workItemUnwatch({ params })).body).toEqual({ watching: false })
    expect(await t.read('tri', id)).toMatchObject({
      watchers: ['ben@x.example', 'far@x.example', 'own@x.example'],
      watcher_count: 3,
      version: 1,
    })
    const followed = (await t.as('far').workItemList({ query: { watching: true } })).body
    expect(followed.items.map((item) => item.id)).toEqual([id])
    expect(
      (await t.as('ann').workItemList({ query: { watching: false } })).body.items.map((item) => item.id),
    ).toContain(id)
  })
})

describe('comments', () => {
  test('are added, edited by their author, deleted by author or staff, and never lost from the history', async () => {
    const { id } = await t.file('ann')
    const params = { id }
    const say = async (name: PersonName, body: string) => {
      t.p.tick(1)
      return (await t.as(name).workItemComment({ params, body: { body } })).body
    }
    const mine = await say('ben', 'It is late here too')
    const staff = await say('own', 'Looking')
    expect([mine.by_staff, staff.by_staff]).toEqual([false, true])
    const at = (comment_id: string) => ({ id, comment_id })
    t.p.tick(1)
    const body = { body: 'It was late' }
    expect(codes(await t.as('ann').workItemCommentEdit({ params: at(mine.id), body }))).toEqual([403, 'forbidden'])
    expect(codes(await t.as('tri').workItemCommentEdit({ params: at(mine.id), body }))).toEqual([403, 'forbidden'])
    expect((await t.as('ben').workItemCommentEdit({ params: at(mine.id), body })).body).toMatchObject({
      version: 2,
      body: 'It was late',
    })
    const stale = { body: 'Again', expected_version: 1 }
    expect(codes(await t.as('ben').workItemCommentEdit({ params: at(mine.id), body: stale }))[0]).toBe(409)
    const other = await t.file('ann')
    const astray = { id: other.id, comment_id: mine.id }
    expect(codes(await t.as('ben').workItemCommentEdit({ params: astray, body }))).toEqual([404, 'not_found'])
    expect(codes(await t.as('ben').workItemCommentDelete({ params: at(staff.id) }))).toEqual([403, 'forbidden'])
    expect(codes(await t.as('far').workItemCommentDelete({ params: at(mine.id) }))).toEqual([403, 'forbidden'])
    t.p.tick(1)
    expect((await t.as('tri').workItemCommentDelete({ params: at(mine.id) })).status).toBe(200)

    const list = (await t.as('ann').workItemCommentList({ params })).body
    expect([list.total, list.items.map((comment) => comment.id)]).toEqual([1, [staff.id]])
    expect((await t.read('ann', id)).comment_count).toBe(1)
    const events = (await t.as('ann').workItemEvents({ params })).body.items
    expect(events.map(({ type, by }) => [type, by])).toEqual([
      ['CREATE', 'ann@x.example'],
      ['COMMENT', 'ben@x.example'],
      ['COMMENT', 'own@x.example'],
      ['COMMENT_EDIT', 'ben@x.example'],
      ['COMMENT_DELETE', 'tri@x.example'],
    ])
    expect(events[3]?.changes).toEqual([{ field: 'body', from: 'It is late here too', to: 'It was late' }])
  })

  test.each([
    ['nothing', ''],
    ['blanks', ' \n '],
    ['more than 20,000 characters', 'x'.repeat(20_001)],
  ])('%s is no comment', async (_what, text) => {
    const { id } = await t.file('ann')
    expect((await t.as('ann').workItemComment({ params: { id }, body: { body: text } })).status).toBe(422)
  })
})

describe('the history', () => {
  test('is read off the versions, pages without skipping, and says who did it', async () => {
    const { id } = await t.file('ann')
    const params = { id }
    for (let i = 1; i <= 6; i += 1)
      await t.as('ann').workItemEdit({ params, body: { expected_version: i, title: `Title ${i}` } })
    await t.as('tri').workItemEdit({ params, body: { expected_version: 7, assigned_to: 'own@x.example' } })
    await t.as('tri').workItemEdit({ params, body: { expected_version: 8, tags: ['orders'] } })
    await t.as('ben').workItemVote({ params })
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const query = { limit: 4, ...(cursor !== undefined && { cursor }) }
      const page = (await t.as('ann').workItemEvents({ params, query })).body
      expect(page.total).toBe(10)
      seen.push(...page.items.map(({ type }) => type))
      cursor = page.next_cursor ?? undefined
    } while (cursor !== undefined)
    expect(seen).toEqual(['CREATE', ...Array.from({ length: 6 }, () => 'EDIT'), 'ASSIGN', 'TAG', 'VOTE'])
    const wrong = await t.as('ann').workItemEvents({ params, query: { cursor: 'nonsense' } })
    expect(wrong.status).toBe(422)
  })

  test('a deleted ticket is not there for its history either', async () => {
    const { id } = await t.file('ann')
    await t.as('root').workItemDelete({ params: { id }, query: { expected_version: 1 } })
    expect((await t.as('ann').workItemEvents({ params: { id } })).status).toBe(404)
  })
})

describe('limits', () => {
  test('each class of write has its own: creates, comments and votes', async () => {
    const small = await openTickets({ RATE_LIMIT_COMMENT: '2', RATE_LIMIT_VOTE: '3' })
    try {
      const { id } = await small.file('ann')
      const params = { id }
      const comments = []
      for (let i = 0; i < 3; i += 1)
        comments.push(await small.as('ben').workItemComment({ params, body: { body: `Comment ${i}` } }))
      expect(comments.map(({ status }) => status)).toEqual([201, 201, 429])
      expect(Number(comments[2]?.headers['retry-after'])).toBeGreaterThan(0)
      const votes = []
      for (let i = 0; i < 4; i += 1) votes.push((await small.as('ben').workItemVote({ params })).status)
      expect(votes).toEqual([200, 200, 200, 429])
      expect((await small.as('ann').workItemComment({ params, body: { body: 'Not me' } })).status).toBe(201)
      small.p.tick(60_000)
      expect((await small.as('ben').workItemComment({ params, body: { body: 'Again' } })).status).toBe(201)
    } finally {
      await small.p.close()
    }
  })
})

describe('scope', () => {
  test('who may read one platform sees its tickets only, in lists, totals, search, similar, exports and by id', async () => {
    const only = await openTickets({ DEFAULT_ROLE: 'none' })
    try {
      const inside = await only.file('own', { title: 'Inside the fence' })
      const outside = await only.file('far', { title: 'Outside the fence', platform_id: only.there.id })
      const nowhere = await only.file('ann', { title: 'Around the fence', platform_id: null })
      const body = { principal_kind: 'user' as const, principal: 'eve@x.example', role: 'contributor' as const }
      await only.as('root').roleBindingCreate({ body: { ...body, platform_id: only.here.id } })
      const eve = only.p.withHeaders({ 'x-forwarded-email': 'eve@x.example' })
      const list = (await eve.workItemList()).body
      expect([list.total, list.items.map(({ id }) => id)]).toEqual([1, [inside.id]])
      expect((await eve.workItemList({ query: { q: 'fence' } })).body.total).toBe(1)
      const similar = (await eve.workItemSimilar({ query: { title: 'the fence outside' } })).body
      expect(similar.items.map(({ id }) => id)).toEqual([inside.id])
      for (const { id } of [outside, nowhere]) {
        const params = { id }
        expect((await eve.workItemRead({ params })).status).toBe(404)
        expect((await eve.workItemEvents({ params })).status).toBe(404)
        expect((await eve.workItemCommentList({ params })).status).toBe(404)
        expect((await eve.workItemComment({ params, body: { body: 'Hi' } })).status).toBe(404)
        expect((await eve.workItemVote({ params })).status).toBe(404)
        expect((await eve.workItemWatch({ params })).status).toBe(404)
      }
      const file = (platform_id: string | null) =>
        eve.workItemCreate({ body: { item_type: 'INCIDENT', title: 'Mine', platform_id } })
      expect([
        (await file(only.here.id)).status,
        (await file(only.there.id)).status,
        (await file(null)).status,
      ]).toEqual([201, 422, 403])
    } finally {
      await only.p.close()
    }
  })

  test('incidents that are not done are counted on the dashboard', async () => {
    const openIncidents = async () =>
      (await t.as('ann').statusSummary()).body.platforms.find(({ id }) => id === t.there.id)?.open_incidents ?? 0
    const count = await openIncidents()
    const { id } = await t.file('ann', { platform_id: t.there.id })
    await t.file('ann', { platform_id: t.there.id, item_type: 'IMPROVEMENT' })
    expect(await openIncidents()).toBe(count + 1)
    const body = { to_state: 'RESOLVED' as const, expected_version: 1, note: 'Done', resolution: 'FIXED' as const }
    expect((await t.as('tri').workItemTransition({ params: { id }, body })).status).toBe(200)
    expect(await openIncidents()).toBe(count)
  })
})
