import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Endpoint } from '../src/contracts/endpoint.ts'
import { type EndpointName, endpoints } from '../src/contracts/index.ts'
import { matrix } from '../src/contracts/permissions.ts'
import { personRoles } from '../src/contracts/roles.ts'
import { createServer } from '../src/server/http/server.ts'
import { makeCheck, makePlatform, openPortal, type TestPortal } from './support/portal.ts'

const trusted = { TRUSTED_PROXIES: '127.0.0.0/8', BOOTSTRAP_ADMINS: 'root@x.example' }
const far = '2027-11-22T00:00:00.000Z'

describe('behind a trusted proxy', () => {
  let p: TestPortal
  beforeAll(async () => {
    p = await openPortal({ env: trusted })
  })
  afterAll(() => p.close())
  const person = (email: string) => p.withHeaders({ 'x-forwarded-email': email })
  const root = () => person('root@x.example')

  test('nobody signed in gets health and nothing else', async () => {
    expect((await p.plain.healthz()).status).toBe(200)
    expect((await p.plain.readyz()).status).toBe(200)
    for (const [name, endpoint] of Object.entries(endpoints) as [EndpointName, Endpoint][]) {
      if (endpoint.permission === 'public') continue
      const answer = await p.plain[name]({
        params: { id: crypto.randomUUID() } as never,
        ...(endpoint.body === undefined ? {} : { body: {} as never }),
      })
      expect({ name, status: answer.status, code: answer.error?.code }).toEqual({
        name,
        status: 401,
        code: 'unauthenticated',
      })
    }
    const unknown = await fetch(`${p.origin}/api/v1/unknown`)
    expect(unknown.status).toBe(401)
  })

  test('a person is their email whatever its case, and a viewer without a binding', async () => {
    const me = (await person('Ann@X.example').me()).body
    expect(me.id).toBe('ann@x.example')
    expect(me.roles).toEqual([{ role: 'viewer', platform_id: null }])
    expect(me.can_switch_persona).toBe(false)
  })

  test.each([
    ['two values in one', { 'x-forwarded-email': 'root@x.example, ann@x.example' }],
    ['two users', { 'x-forwarded-user': 'a,b' }],
    ['an endless value', { 'x-forwarded-email': `${'a'.repeat(400)}@x.example` }],
    ['a persona', { 'x-forwarded-email': 'ann@x.example', 'x-dev-persona': 'admin' }],
  ])('%s in an identity header is refused, never picked from', async (_what, headers) => {
    const answer = await p.withHeaders(headers).me()
    expect({ status: answer.status, code: answer.error?.code }).toEqual({ status: 400, code: 'bad_request' })
  })

  test('a header that arrives twice is refused', async () => {
    const response = await new Promise<string>((resolve) => {
      import('node:net').then(({ connect }) => {
        const socket = connect(p.port, '127.0.0.1', () =>
          socket.write(
            'GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Forwarded-Email: root@x.example\r\nX-Forwarded-Email: ann@x.example\r\n\r\n',
          ),
        )
        let text = ''
        socket.on('data', (chunk) => {
          text += chunk
        })
        socket.on('close', () => resolve(text))
      })
    })
    expect(response).toContain('HTTP/1.1 400')
  })

  test('the first admin comes from the environment, recorded as the portal itself', async () => {
    const bindings = (await root().roleBindingList()).body
    expect(bindings.items.map(({ principal, role, created_by }) => ({ principal, role, created_by }))).toContainEqual({
      principal: 'root@x.example',
      role: 'admin',
      created_by: 'system:bootstrap',
    })
  })

  test('a binding takes effect at once and ends at once', async () => {
    const bob = person('bob@x.example')
    expect((await bob.roleBindingList()).status).toBe(403)
    const binding = (
      await root().roleBindingCreate({ body: { principal_kind: 'user', principal: 'Bob@X.example', role: 'admin' } })
    ).body
    expect((await bob.roleBindingList()).status).toBe(200)
    await root().roleBindingDelete({ params: { id: binding.id }, query: { expected_version: binding.version } })
    expect((await bob.roleBindingList()).status).toBe(403)
    const again = await root().roleBindingCreate({
      body: { principal_kind: 'user', principal: 'bob@x.example', role: 'viewer' },
    })
    expect(again.status).toBe(201)
  })

  test('a removed binding can be made again and keeps its history', async () => {
    const body = { principal_kind: 'user', principal: 'carl@x.example', role: 'triager' } as const
    const first = (await root().roleBindingCreate({ body })).body
    await root().roleBindingDelete({ params: { id: first.id }, query: { expected_version: 1 } })
    const second = (await root().roleBindingCreate({ body })).body
    expect({ id: second.id, version: second.version }).toEqual({ id: first.id, version: 3 })
    expect((await root().roleBindingCreate({ body })).error?.code).toBe('duplicate')
  })

  test('a service owner without a platform is refused with the field named', async () => {
    const answer = await root().roleBindingCreate({
      body: { principal_kind: 'user', principal: 'x@x.example', role: 'service_owner' },
    })
    expect(answer.error?.details?.fields).toHaveProperty(['body.platform_id'])
  })

  test('a refusal is one log line with the permission, the person and the request', async () => {
    const answer = await person('dora@x.example').roleBindingList()
    expect(answer.error?.code).toBe('forbidden')
    const line = await p.line(
      (candidate) => candidate.event === 'authz_fail' && candidate.request_id === answer.error?.request_id,
    )
    expect(line).toMatchObject({ level: 'warn', permission: 'role_binding.read', user: 'dora@x.example' })
  })

  test('a token works until it is revoked or ends, and is stored as a hash only', async () => {
    const platform = (await root().platformCreate({ body: { name: 'Tokens', domain: 'x' } })).body
    const check = (
      await root().statusCheckCreate({
        body: {
          platform_id: platform.id,
          name: 'Push',
          kind: 'quality',
          source: { connector: 'push' },
          warn_after_seconds: 60,
          crit_after_seconds: 120,
        },
      })
    ).body
    const { token, secret } = (
      await root().apiTokenCreate({
        body: { name: 'nightly', role: 'ingestor', platform_id: platform.id, expires_at: far },
      })
    ).body
    const job = p.withHeaders({ authorization: `Bearer ${secret}` })
    const body = { check_id: check.id, measured_at: p.at(), outcome: 'ok' } as const
    expect((await job.statusResultPush({ body })).body).toEqual({ accepted: 1, repeated: 0 })
    expect((await job.statusResultPush({ body })).body).toEqual({ accepted: 0, repeated: 1 })
    expect((await job.platformCreate({ body: { name: 'No', domain: 'x' } })).status).toBe(403)
    expect((await job.me()).body.id).toBe('token:nightly')
    expect(JSON.stringify(p.portal.local.all('SELECT * FROM api_tokens'))).not.toContain(secret)
    expect(JSON.stringify((await root().apiTokenList()).body)).not.toContain(secret)
    await root().apiTokenRevoke({ params: { id: token.id }, query: { expected_version: token.version } })
    expect((await job.me()).status).toBe(401)
    expect(
      (await p.withHeaders({ authorization: 'Bearer lkp_wrong', 'x-forwarded-email': 'root@x.example' }).me()).status,
    ).toBe(401)
  })

  test('a token of one platform cannot push for another, and is told nothing about it', async () => {
    const [mine, theirs] = await Promise.all(
      ['Mine', 'Theirs'].map(async (name) => (await root().platformCreate({ body: { name, domain: 'x' } })).body),
    )
    const check = (
      await root().statusCheckCreate({
        body: {
          platform_id: theirs?.id ?? '',
          name: 'Push',
          kind: 'quality',
          source: { connector: 'push' },
          warn_after_seconds: 60,
          crit_after_seconds: 120,
        },
      })
    ).body
    const { secret } = (
      await root().apiTokenCreate({
        body: { name: 'mine', role: 'ingestor', platform_id: mine?.id ?? '', expires_at: far },
      })
    ).body
    const answer = await p
      .withHeaders({ authorization: `Bearer ${secret}` })
      .statusResultPush({ body: { check_id: check.id, measured_at: p.at(), outcome: 'ok' } })
    expect({ status: answer.status, fields: answer.error?.details?.fields }).toEqual({
      status: 422,
      fields: { 'body.check_id': 'is not a check you can report for' },
    })
  })
})

describe('trust', () => {
  test('identity headers from a stranger are as if absent', async () => {
    const p = await openPortal({ env: { TRUSTED_PROXIES: '10.0.0.0/8', BOOTSTRAP_ADMINS: 'root@x.example' } })
    try {
      const answer = await p.withHeaders({ 'x-forwarded-email': 'root@x.example', 'x-forwarded-user': 'a, b' }).me()
      expect(answer.status).toBe(401)
    } finally {
      await p.close()
    }
  })

  test('groups count only when a header was named for them', async () => {
    const env = { ...trusted, GROUPS_HEADER: 'X-Forwarded-Groups' }
    const p = await openPortal({ env })
    try {
      await p
        .withHeaders({ 'x-forwarded-email': 'root@x.example' })
        .roleBindingCreate({ body: { principal_kind: 'group', principal: 'Data Platform', role: 'triager' } })
      const me = async (headers: Record<string, string>) =>
        (await p.withHeaders({ 'x-forwarded-email': 'ann@x.example', ...headers }).me()).body.roles.map(
          ({ role }) => role,
        )
      expect(await me({ 'x-forwarded-groups': 'Data Platform, Other' })).toContain('triager')
      expect(await me({})).toEqual(['viewer'])
      expect(await me({ 'x-auth-request-groups': 'Data Platform' })).toEqual(['viewer'])
    } finally {
      await p.close()
    }
  })

  test('with no default role, somebody without a binding may do nothing', async () => {
    const p = await openPortal({ env: { ...trusted, DEFAULT_ROLE: 'none' } })
    try {
      expect((await p.withHeaders({ 'x-forwarded-email': 'ann@x.example' }).statusSummary()).status).toBe(403)
    } finally {
      await p.close()
    }
  })
})

describe('local mode', () => {
  let p: TestPortal
  beforeAll(async () => {
    p = await openPortal()
  })
  afterAll(() => p.close())

  test('a request without headers is the developer, who is admin', async () => {
    const me = (await p.plain.me()).body
    expect({ id: me.id, canSwitch: me.can_switch_persona, roles: me.roles }).toEqual({
      id: 'dev@localhost',
      canSwitch: true,
      roles: [
        { role: 'viewer', platform_id: null },
        { role: 'admin', platform_id: null },
      ],
    })
  })

  test('identity headers are ignored, not obeyed', async () => {
    expect((await p.withHeaders({ 'x-forwarded-email': 'boss@x.example' }).me()).body.id).toBe('dev@localhost')
  })

  test('an unknown persona is refused', async () => {
    expect((await p.withHeaders({ 'x-dev-persona': 'emperor' }).me()).status).toBe(400)
  })

  test('a page that rebinds its name to this machine does not get in', async () => {
    const { request } = await import('node:http')
    const status = await new Promise((resolve) =>
      request({ port: p.port, host: '127.0.0.1', path: '/api/v1/me', headers: { host: 'evil.example' } }, (response) =>
        resolve(response.resume().statusCode),
      ).end(),
    )
    expect(status).toBe(400)
  })

  test.each(personRoles)('%s passes the gate of exactly the endpoints that the matrix gives', async (role) => {
    await makePlatform(p)
    for (const [name, endpoint] of Object.entries(endpoints) as [EndpointName, Endpoint][]) {
      if (endpoint.permission === 'public' || name === 'stream') continue
      const row: Partial<Record<string, readonly string[]>> = matrix[endpoint.permission]
      const answer = await p.as(role)[name]({
        params: { id: crypto.randomUUID() } as never,
        ...(endpoint.body === undefined ? {} : { body: {} as never }),
      })
      expect({ name, role, forbidden: answer.status === 403 }).toEqual({
        name,
        role,
        forbidden: (row[role] ?? []).length === 0,
      })
    }
  })
})

describe('reach', () => {
  test('a service owner changes the own platform; another is 403, an unknown one 404, and nothing changes', async () => {
    const p = await openPortal({ env: trusted })
    try {
      const root = p.withHeaders({ 'x-forwarded-email': 'root@x.example' })
      const [mine, theirs] = await Promise.all(
        ['Mine', 'Theirs'].map(async (name) => (await root.platformCreate({ body: { name, domain: 'x' } })).body),
      )
      if (mine === undefined || theirs === undefined) throw new Error('unreachable')
      await root.roleBindingCreate({
        body: { principal_kind: 'user', principal: 'own@x.example', role: 'service_owner', platform_id: mine.id },
      })
      const owner = p.withHeaders({ 'x-forwarded-email': 'own@x.example' })
      const rename = (id: string) =>
        owner.platformUpdate({ params: { id }, body: { description: 'new', expected_version: 1 } })
      expect((await rename(mine.id)).status).toBe(200)
      expect((await rename(theirs.id)).status).toBe(403)
      expect((await rename(crypto.randomUUID())).status).toBe(404)
      expect((await root.platformRead({ params: { id: theirs.id } })).body.version).toBe(1)
      expect(
        (await owner.statusMessageCreate({ body: { severity: 'info', title: 'All', platform_ids: [] } })).status,
      ).toBe(403)
      expect(
        (
          await owner.statusMessageCreate({
            body: { severity: 'info', title: 'Both', platform_ids: [mine.id, theirs.id] },
          })
        ).status,
      ).toBe(403)
      expect(
        (await owner.statusMessageCreate({ body: { severity: 'info', title: 'Mine', platform_ids: [mine.id] } }))
          .status,
      ).toBe(201)
    } finally {
      await p.close()
    }
  })

  test('who sees one platform finds the other nowhere: not in lists, totals, results or by id', async () => {
    const p = await openPortal({ env: { ...trusted, DEFAULT_ROLE: 'none' } })
    try {
      const root = p.withHeaders({ 'x-forwarded-email': 'root@x.example' })
      const [mine, theirs] = await Promise.all(
        ['Mine', 'Theirs'].map(async (name) => (await root.platformCreate({ body: { name, domain: 'x' } })).body),
      )
      if (mine === undefined || theirs === undefined) throw new Error('unreachable')
      const admin = { ...p, admin: root }
      const [, hidden] = [await makeCheck(admin, mine.id), await makeCheck(admin, theirs.id)]
      await root.statusResultPush({
        body: { check_id: hidden.id, measured_at: p.at(), outcome: 'ok', data_time: p.at() },
      })
      await root.roleBindingCreate({
        body: { principal_kind: 'user', principal: 'one@x.example', role: 'viewer', platform_id: mine.id },
      })
      const one = p.withHeaders({ 'x-forwarded-email': 'one@x.example' })
      expect((await one.platformList()).body).toMatchObject({ total: 1, items: [{ id: mine.id }] })
      expect((await one.statusCheckList()).body.total).toBe(1)
      expect((await one.statusResultList()).body.total).toBe(0)
      expect((await one.statusResultLatest()).body.total).toBe(0)
      expect((await one.statusSummary()).body.platforms.map(({ id }) => id)).toEqual([mine.id])
      expect((await one.statusHistory()).body.platforms.map(({ platform_id }) => platform_id)).toEqual([mine.id])
      for (const answer of [
        await one.platformRead({ params: { id: theirs.id } }),
        await one.platformHistory({ params: { id: theirs.id } }),
        await one.statusCheckRead({ params: { id: hidden.id } }),
      ]) {
        expect(answer.status).toBe(404)
      }
    } finally {
      await p.close()
    }
  })
})

test('a route without a declared permission does not boot', async () => {
  const p = await openPortal()
  try {
    const parts = {
      verbs: {},
      journal: p.portal.journal,
      streams: { count: 0 },
      readiness: p.portal.readiness,
      version: '0',
      publicOrigin: '',
      webRoot: '/nowhere',
      log: console,
    } as unknown as Parameters<typeof createServer>[0]
    const server = await createServer(parts)
    expect(() => server.get('/api/v1/forgotten', () => 'hello')).toThrow(/nobody decided who may call it/)
    await server.close()
  } finally {
    await p.close()
  }
})
