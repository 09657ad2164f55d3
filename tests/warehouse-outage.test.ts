import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { AS_OF_HEADER } from '../src/contracts/operations.ts'
import { createWarehouseDouble } from '../src/server/storage/delta/double.ts'
import { WarehouseError } from '../src/server/storage/delta/warehouse.ts'
import { makeCheck, makePlatform, openPortal, START, type TestPortal } from './support/portal.ts'

const opened: TestPortal[] = []
afterEach(async () => {
  for (const portal of opened.splice(0)) await portal.close()
})

/** A portal in front of a warehouse; several may stand in front of one. */
const behind = async (double = createWarehouseDouble(), env: Record<string, string> = {}) => {
  const portal = await openPortal({ warehouse: double.warehouse, env })
  opened.push(portal)
  return { double, portal }
}

const gone = () => {
  throw new WarehouseError('unavailable', 'The warehouse could not be reached.', false, { retryAfterSeconds: 4 })
}

describe('while the warehouse is away', () => {
  test('reads answer from the copy and say since when it is one', async () => {
    const { double, portal } = await behind()
    await makePlatform(portal, 'Sales')
    const before = await portal.admin.platformList()
    expect([before.status, before.headers[AS_OF_HEADER]]).toEqual([200, 'current'])
    double.onStatement(gone)
    portal.tick(60_000)
    await portal.portal.replicated?.sync.pull().catch(() => undefined)
    const during = await portal.admin.platformList()
    expect([during.status, during.body]).toEqual([200, before.body])
    expect(during.headers[AS_OF_HEADER]).toBe(new Date(START).toISOString())
    // Also from the cache, and when nothing is new.
    const again = await portal.admin.platformList({ headers: { 'if-none-match': during.headers.etag ?? '' } })
    expect([again.status, again.headers[AS_OF_HEADER]]).toEqual([304, new Date(START).toISOString()])
    double.onStatement(() => undefined)
    await portal.portal.replicated?.sync.pull()
    expect((await portal.admin.platformList()).headers[AS_OF_HEADER]).toBe('current')
  })

  test('writes say that nothing was changed and when to try again, and leave nothing behind', async () => {
    const { double, portal } = await behind()
    double.onStatement(gone)
    const refused = await portal.admin.platformCreate({ body: { name: 'Sales', domain: 'Sales' } })
    expect([refused.status, refused.error?.code, refused.headers['retry-after']]).toEqual([
      503,
      'warehouse_unavailable',
      '4',
    ])
    // Who just learnt it need not wait for the next pull to be told that what they see may be old.
    const since = new Date(START).toISOString()
    expect(refused.headers[AS_OF_HEADER]).toBe(since)
    expect((await portal.admin.platformList()).headers[AS_OF_HEADER]).toBe(since)
    double.onStatement(() => undefined)
    expect((await portal.admin.platformList()).body.total).toBe(0)
    expect((await portal.admin.platformCreate({ body: { name: 'Sales', domain: 'Sales' } })).status).toBe(201)
  })

  test.each([
    ['', 200, 'degraded'],
    ['store,warehouse', 503, 'down'],
  ])('readiness with READYZ_CRITICAL=%j answers %i %s', async (critical, status, word) => {
    const { double, portal } = await behind(undefined, critical === '' ? {} : { READYZ_CRITICAL: critical })
    expect((await portal.plain.readyz()).body.status).toBe('ok')
    double.onStatement(gone)
    portal.tick(3000)
    const answer = await portal.plain.readyz()
    expect([answer.status, answer.body.status]).toEqual([status, word])
    expect(answer.body.components.find(({ name }) => name === 'warehouse')).toMatchObject({ reason: 'unreachable' })
    double.onStatement(() => undefined)
    portal.tick(3000)
    expect((await portal.plain.readyz()).body.status).toBe('ok')
  })

  test('readiness says when it is us whom the warehouse refuses', async () => {
    const { double, portal } = await behind()
    double.onStatement(() => {
      throw new WarehouseError('refused', 'The warehouse refused our credentials (401).', false)
    })
    portal.tick(3000)
    const { components } = (await portal.plain.readyz()).body
    expect(components.find(({ name }) => name === 'warehouse')).toMatchObject({ reason: 'auth_failed' })
  })

  test('the log says once that it went and once that it came back', async () => {
    const { double, portal } = await behind()
    double.onStatement(gone)
    for (let i = 0; i < 3; i++) await portal.portal.replicated?.sync.pull().catch(() => undefined)
    double.onStatement(() => undefined)
    await portal.portal.replicated?.sync.pull()
    const events = portal.lines.map(({ event }) => event).filter((event) => String(event).startsWith('warehouse.'))
    expect(events).toEqual(['warehouse.unavailable', 'warehouse.recovered'])
  })

  test('sources are still polled and the board moves', async () => {
    const { double, portal } = await behind()
    const platform = await makePlatform(portal)
    const check = await makeCheck(portal, platform.id)
    await portal.portal.replicated?.turn()
    double.onStatement(gone)
    portal.readings.set(check.id, {
      data_time: portal.at(),
      outcome: 'ok',
      reading: 'green',
      observed_value: null,
      message: null,
    })
    await portal.portal.scheduler.tick()
    await portal.portal.scheduler.idle()
    expect((await portal.admin.statusResultList({ query: { check_id: check.id } })).body.total).toBe(1)
  })
})

describe('before the first copy is here', () => {
  test('nothing is answered but health, and who asks is not even looked at', async () => {
    const double = createWarehouseDouble()
    double.onStatement(gone)
    const portal = await openPortal({ warehouse: double.warehouse, isPrepared: false })
    opened.push(portal)
    const refused = await portal.admin.me()
    expect([refused.status, refused.error?.code]).toEqual([503, 'warehouse_unavailable'])
    expect((await portal.plain.healthz()).status).toBe(200)
    double.onStatement(() => undefined)
    await portal.portal.prepare()
    expect((await portal.admin.me()).status).toBe(200)
  })
})

describe('two portals in front of one warehouse', () => {
  test('show each other’s writes after a pull, and one of two who change the same wins', async () => {
    const { double, portal: a } = await behind()
    const { portal: b } = await behind(double)
    const platform = await makePlatform(a, 'Sales')
    await b.portal.replicated?.sync.pull()
    const change = (portal: TestPortal, name: string) =>
      portal.admin.platformUpdate({ params: { id: platform.id }, body: { expected_version: 1, name } })
    const answers = await Promise.all([change(a, 'A'), change(b, 'B')])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const names = await Promise.all([a, b].map(async (p) => (await p.admin.platformList()).body.items[0]?.name))
    expect(names[0]).toBe(names[1])
  })

  test('a create that is repeated at the other one is the same create', async () => {
    const { double, portal: a } = await behind()
    const { portal: b } = await behind(double)
    const create = (portal: TestPortal, name = 'Sales') =>
      portal.admin.platformCreate({ body: { name, domain: 'Sales' }, headers: { 'idempotency-key': 'key-1' } })
    const [first, second] = [await create(a), await create(b)]
    expect([first.status, second.status, second.body.id]).toEqual([201, 201, first.body.id])
    const { portal: c } = await behind(double)
    await c.portal.replicated?.sync.pull()
    expect((await create(c, 'Something else')).error?.code).toBe('idempotency_mismatch')
  })

  test('two admins who remove each other at once leave one', async () => {
    const env = { TRUSTED_PROXIES: '127.0.0.0/8', BOOTSTRAP_ADMINS: 'a@x.example,b@x.example' }
    const { double, portal: one } = await behind(undefined, env)
    const { portal: two } = await behind(double, env)
    const as = (portal: TestPortal, name: string) => portal.withHeaders({ 'x-forwarded-email': `${name}@x.example` })
    const bindings = (await as(one, 'a').roleBindingList()).body.items
    const of = (name: string) => bindings.find(({ principal }) => principal === `${name}@x.example`)
    const remove = (portal: TestPortal, by: string, whom: string) =>
      as(portal, by).roleBindingDelete({
        params: { id: of(whom)?.id ?? '' },
        query: { expected_version: of(whom)?.version ?? 0 },
      })
    const answers = await Promise.all([remove(one, 'a', 'b'), remove(two, 'b', 'a')])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    await one.portal.replicated?.sync.pull()
    expect(one.portal.access.allBindings()).toHaveLength(1)
  })
})

test('a stopping portal sends what it has and lets its lease go, also while a client never finishes a request', async () => {
  const { double, portal } = await behind(createWarehouseDouble(), { SHUTDOWN_SECONDS: '1' })
  await makeCheck(portal, (await makePlatform(portal)).id)
  await portal.portal.replicated?.turn()
  portal.tick(60_000)
  await portal.portal.scheduler.tick()
  await portal.portal.scheduler.idle()
  const socket = connect(portal.port, '127.0.0.1')
  socket.write(
    'POST /api/v1/platforms HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n',
  )
  // That it may go on: the request has arrived, and ends no more.
  await once(socket, 'data')
  double.statements.length = 0
  const cutOff = new Promise((resolve) => socket.on('error', () => {}).on('close', resolve))
  await Promise.all([portal.close(), cutOff])
  opened.length = 0
  expect(double.statements).toEqual(['put_older_versions', 'put_versions', 'put_results', 'release_lease'])
})

describe('what it costs', () => {
  test('a portal that nobody looks at sends nothing but what it measured', async () => {
    const { double, portal } = await behind()
    const platform = await makePlatform(portal)
    await makeCheck(portal, platform.id)
    await portal.portal.replicated?.turn()
    double.statements.length = 0
    for (let minute = 0; minute < 60; minute++) {
      portal.tick(60_000)
      await portal.portal.scheduler.tick()
      await portal.portal.scheduler.idle()
    }
    expect(double.statements).toEqual([])
    await portal.portal.replicated?.turn()
    expect(double.statements).toEqual(['renew_lease', 'put_older_versions', 'put_versions', 'put_results'])
  })

  test('500 readers cause no more statements than one', async () => {
    const { double, portal } = await behind()
    await makePlatform(portal)
    const statementsOf = async (readers: number) => {
      await portal.portal.replicated?.sync.pull()
      double.statements.length = 0
      portal.tick(30_000)
      const { promise: answered, resolve } = Promise.withResolvers<void>()
      double.onStatement(() => answered)
      await Promise.all(Array.from({ length: readers }, () => portal.admin.statusSummary()))
      resolve()
      // Joins the one that goes on.
      await portal.portal.replicated?.sync.pull()
      return double.statements
    }
    const one = [...(await statementsOf(1))]
    expect(one).toEqual(['pull'])
    expect(await statementsOf(500)).toEqual(one)
  })
})
