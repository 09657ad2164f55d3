import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { BodyOf, Endpoints } from '../src/contracts/index.ts'
import { personRoles, platformRoles } from '../src/contracts/roles.ts'
import { systemActor } from '../src/server/access/bindings.ts'
import { bootstrapAdmins } from '../src/server/features/access-admin/bootstrap.ts'
import { openPortal } from './support/portal.ts'

const trusted = { TRUSTED_PROXIES: '127.0.0.0/8', BOOTSTRAP_ADMINS: 'root@x.example' }
const far = '2027-11-22T00:00:00.000Z'

describe('the last admin', () => {
  test('cannot be removed, and of two who remove each other at once one stays', async () => {
    const p = await openPortal({ env: trusted })
    try {
      const root = p.withHeaders({ 'x-forwarded-email': 'root@x.example' })
      const second = p.withHeaders({ 'x-forwarded-email': 'second@x.example' })
      const [first] = (await root.roleBindingList()).body.items
      if (first === undefined) throw new Error('The bootstrap admin is missing')
      const remove = (client: typeof root, binding: { id: string; version: number }) =>
        client.roleBindingDelete({ params: { id: binding.id }, query: { expected_version: binding.version } })
      expect((await remove(root, first)).error?.code).toBe('last_admin')
      const other = (
        await root.roleBindingCreate({ body: { principal_kind: 'user', principal: 'second@x.example', role: 'admin' } })
      ).body
      await root.roleBindingCreate({ body: { principal_kind: 'group', principal: 'Maybe empty', role: 'admin' } })
      const answers = await Promise.all([remove(root, other), remove(second, first)])
      expect(answers.map((answer) => answer.status).sort()).not.toEqual([200, 200])
      expect(
        p.portal.access
          .allBindings()
          .filter((binding) => binding.principal_kind === 'user' && binding.role === 'admin'),
      ).toHaveLength(1)
    } finally {
      await p.close()
    }
  })

  test('is a person who is one everywhere: neither a group, nor an admin of one platform, nor a machine stands in', async () => {
    const p = await openPortal({ env: trusted })
    try {
      const root = p.withHeaders({ 'x-forwarded-email': 'root@x.example' })
      const [first] = (await root.roleBindingList()).body.items
      if (first === undefined) throw new Error('The bootstrap admin is missing')
      const platform = (await root.platformCreate({ body: { name: 'One', domain: 'x' } })).body
      const make = async (body: BodyOf<Endpoints['roleBindingCreate']>) =>
        expect((await root.roleBindingCreate({ body })).status).toBe(201)
      await make({ principal_kind: 'group', principal: 'Admins', role: 'admin' })
      await make({ principal_kind: 'user', principal: 'a@x.example', role: 'admin', platform_id: platform.id })
      await root.apiTokenCreate({ body: { name: 'machine', role: 'admin', expires_at: far } })
      const remove = () =>
        root.roleBindingDelete({ params: { id: first.id }, query: { expected_version: first.version } })
      const refused = await remove()
      expect({ status: refused.status, code: refused.error?.code }).toEqual({ status: 409, code: 'last_admin' })
      expect((await root.roleBindingList({ query: { role: 'admin' } })).body.total, 'nothing changed').toBe(3)
      await make({ principal_kind: 'user', principal: 'b@x.example', role: 'admin' })
      expect((await remove()).status, 'an admin may leave once another one is there').toBe(200)
      expect((await root.roleBindingList()).status).toBe(403)
    } finally {
      await p.close()
    }
  })

  test('stays when many remove one another at once', async () => {
    const p = await openPortal({ env: trusted })
    try {
      const names = ['root', 'a', 'b', 'c', 'd', 'e'].map((name) => `${name}@x.example`)
      const as = (name: string | undefined) => p.withHeaders({ 'x-forwarded-email': name ?? '' })
      for (const principal of names.slice(1))
        await as(names[0]).roleBindingCreate({ body: { principal_kind: 'user', principal, role: 'admin' } })
      const all = (await as(names[0]).roleBindingList()).body.items
      const answers = await Promise.all(
        names.flatMap((name) =>
          all
            .filter(({ principal }) => principal !== name)
            .map(({ id, version }) =>
              as(name).roleBindingDelete({ params: { id }, query: { expected_version: version } }),
            ),
        ),
      )
      const left = p.portal.access.allBindings()
      expect(left).toHaveLength(1)
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(names.length - 1)
      expect((await as(left[0]?.principal).roleBindingList()).status).toBe(200)
    } finally {
      await p.close()
    }
  })
})

describe('the first admins', () => {
  test('are not made again from the environment while there is one', async () => {
    const p = await openPortal({ env: trusted })
    try {
      await p.portal.prepare()
      expect(p.portal.access.allBindings()).toHaveLength(1)
    } finally {
      await p.close()
    }
  })

  test('are all who are named, whatever the case; a later start adds nobody', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'lakeport-first-'))
    const startedWith = async (admins: string) => {
      const p = await openPortal({ dataDir, env: { ...trusted, BOOTSTRAP_ADMINS: admins } })
      const found = p.portal.access.allBindings().map(({ principal }) => principal)
      const { status } = await p.withHeaders({ 'x-forwarded-email': 'intruder@x.example' }).roleBindingList()
      await p.close()
      return { found: found.sort(), intruder: status }
    }
    try {
      const wanted = { found: ['root@x.example', 'second@x.example'], intruder: 403 }
      expect(await startedWith('Root@X.example,Second@x.example')).toEqual(wanted)
      expect(await startedWith('intruder@x.example')).toEqual(wanted)
    } finally {
      rmSync(dataDir, { recursive: true })
    }
  })

  test('are made while there is only a group that may be empty', async () => {
    const p = await openPortal({ env: { TRUSTED_PROXIES: '127.0.0.0/8' } })
    try {
      const doing = { actor: systemActor('test'), now: p.now, requestId: 'x' }
      const group = { principal_kind: 'group', principal: 'Admins', role: 'admin', platform_id: null } as const
      await p.portal.access.createBinding(doing, 'test', group)
      expect(await bootstrapAdmins(['root@x.example'], p.portal.access, p.now, 'x')).toEqual(['root@x.example'])
      expect(await bootstrapAdmins(['other@x.example'], p.portal.access, p.now, 'x')).toEqual([])
    } finally {
      await p.close()
    }
  })

  test('are never made over HTTP: who has no role cannot give one, to themselves or anybody', async () => {
    const p = await openPortal({ env: { TRUSTED_PROXIES: '127.0.0.0/8' } })
    try {
      const ann = p.withHeaders({ 'x-forwarded-email': 'ann@x.example' })
      for (const principal of ['ann@x.example', 'ben@x.example']) {
        const body = { principal_kind: 'user', principal, role: 'admin' } as const
        expect((await ann.roleBindingCreate({ body })).status).toBe(403)
      }
      expect(p.portal.access.allBindings()).toEqual([])
    } finally {
      await p.close()
    }
  })
})

describe('escalation', () => {
  test.each(personRoles.filter((role) => role !== 'admin'))(
    'a %s makes nobody more, least of all themselves',
    async (role) => {
      const p = await openPortal({ env: trusted })
      try {
        const root = p.withHeaders({ 'x-forwarded-email': 'root@x.example' })
        const platform = (await root.platformCreate({ body: { name: 'One', domain: 'x' } })).body
        const platform_id = platformRoles.includes(role) ? platform.id : null
        const own = { principal_kind: 'user', principal: 'me@x.example' } as const
        const mine = (await root.roleBindingCreate({ body: { ...own, role, platform_id } })).body
        const before = p.portal.access.allBindings()
        const me = p.withHeaders({ 'x-forwarded-email': 'me@x.example' })
        const attempts = [
          await me.roleBindingCreate({ body: { ...own, role: 'admin' } }),
          await me.roleBindingCreate({ body: { ...own, role: 'admin', platform_id: platform.id } }),
          await me.roleBindingDelete({ params: { id: mine.id }, query: { expected_version: 1 } }),
          await me.apiTokenCreate({ body: { name: 'mine', role: 'admin', expires_at: far } }),
        ]
        expect(attempts.map(({ status }) => status)).toEqual([403, 403, 403, 403])
        expect(p.portal.access.allBindings()).toEqual(before)
        expect((await root.apiTokenList()).body.total).toBe(0)
      } finally {
        await p.close()
      }
    },
  )

  test('an admin of one platform, and a token that is one, grant nothing at all', async () => {
    const p = await openPortal({ env: trusted })
    try {
      const root = p.withHeaders({ 'x-forwarded-email': 'root@x.example' })
      const platform = (await root.platformCreate({ body: { name: 'One', domain: 'x' } })).body
      const local = { role: 'admin', platform_id: platform.id } as const
      const own = { principal_kind: 'user', principal: 'local@x.example' } as const
      await root.roleBindingCreate({ body: { ...own, ...local } })
      const { secret } = (await root.apiTokenCreate({ body: { name: 'local', expires_at: far, ...local } })).body
      for (const headers of [{ 'x-forwarded-email': 'local@x.example' }, { authorization: `Bearer ${secret}` }])
        for (const body of [
          { ...own, role: 'admin' as const },
          { ...own, role: 'viewer' as const, platform_id: platform.id },
        ])
          expect((await p.withHeaders(headers).roleBindingCreate({ body })).status).toBe(403)
    } finally {
      await p.close()
    }
  })
})
