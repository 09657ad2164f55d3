import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Me } from '../src/contracts/access.ts'
import { sampleConnections } from '../src/server/connections.ts'
import { startSampleWorkspace } from '../src/server/demo/workspace.ts'
import { createPeopleReader } from '../src/server/ingest/registry.ts'
import type { PeopleReader, ToldPerson } from '../src/server/ingest/snapshot.ts'
import { OutboundError } from '../src/server/outbound/outbound-error.ts'
import { makePlatform, openPortal, type PortalOptions, START } from './support/portal.ts'

const DAY_MS = 86_400_000
const EVERY_MS = 900_000
const proxied = { TRUSTED_PROXIES: '127.0.0.0/8', BOOTSTRAP_ADMINS: 'root@x.example' }
const scim = {
  ...proxied,
  GROUPS_FROM_SCIM: 'on',
  DATABRICKS_HOST: 'x',
  DATABRICKS_CLIENT_ID: 'x',
  DATABRICKS_CLIENT_SECRET: 'x',
}

const told = (name: string, groups: string[], more: Partial<ToldPerson> = {}): ToldPerson => ({
  source_id: name,
  user_name: `${name}@x.example`,
  email: `${name}@x.example`,
  is_active: true,
  groups,
  ...more,
})

/** A portal behind a proxy whose workspace tells what the test says, and an admin who binds groups. */
async function open(options: PortalOptions = {}) {
  let answer: () => Promise<ToldPerson[]> = () => Promise.resolve([])
  const reader: PeopleReader = { name: 'databricks_scim', read: () => answer() }
  const p = await openPortal({ env: scim, peopleReader: reader, ...options })
  const person = (name: string, headers = {}) => p.withHeaders({ 'x-forwarded-email': `${name}@x.example`, ...headers })
  const root = person('root')
  return {
    ...p,
    p,
    person,
    root,
    bind: async (principal: string, role: 'triager' | 'service_owner' | 'admin', platform_id: string | null = null) => {
      const made = await root.roleBindingCreate({ body: { principal_kind: 'group', principal, role, platform_id } })
      expect(made.status).toBe(201)
    },
    /** The next reading on the schedule, as the workspace is now; answers the run. */
    async read(people: ToldPerson[] | Error) {
      answer = () => (people instanceof Error ? Promise.reject(people) : Promise.resolve(people))
      p.tick(EVERY_MS)
      await p.portal.scheduler.tick()
      await p.portal.scheduler.idle()
      return (await root.ingestionRunList({ query: { source: 'databricks_scim', limit: 1 } })).body.items[0]
    },
    rolesOf: async (name: string, headers = {}) =>
      (await person(name, headers).me()).body.roles.map(({ role }) => role),
    groupsOf: async (name: string) => (await person(name).me()).body.groups,
    [Symbol.asyncDispose]: () => p.close(),
  }
}

describe('a group binding', () => {
  test('grants exactly its scope: the role, on that platform, to who is in the group', async () => {
    await using w = await open()
    const [own, other] = [
      (await w.root.platformCreate({ body: { name: 'Own', domain: 'Sales' } })).body,
      (await w.root.platformCreate({ body: { name: 'Other', domain: 'Sales' } })).body,
    ]
    await w.bind('Sales owners', 'service_owner', own.id)
    await w.read([told('ann', ['Sales owners', 'users']), told('bo', ['users'])])
    const rename = (name: string, platform: typeof own) =>
      w.person(name).platformUpdate({
        params: { id: platform.id },
        body: { description: `by ${name}`, expected_version: platform.version },
      })
    expect((await rename('bo', own)).status).toBe(403)
    expect((await rename('ann', other)).status).toBe(403)
    expect((await rename('ann', own)).status).toBe(200)
    const me: Me = (await w.person('ann').me()).body
    expect(me.groups).toEqual(['Sales owners', 'users'])
    expect(me.roles).toEqual([
      { role: 'viewer', platform_id: null },
      { role: 'service_owner', platform_id: own.id },
    ])
    expect(me.permissions['platform.update']).toMatchObject({ everywhere: false, platform_ids: [own.id] })
    expect(me.permissions['platform.create']).toBeUndefined()
  })

  test('finds a person by user name too, and whatever the case of either', async () => {
    await using w = await open()
    await w.bind('Triage', 'triager')
    await w.read([told('ann', ['Triage'], { user_name: 'ANN', email: 'Ann@X.Example' }), told('bo', ['Triage'])])
    expect(await w.rolesOf('aNN')).toContain('triager')
    const byUser = await w.withHeaders({ 'x-forwarded-user': 'BO@x.example' }).me()
    expect(byUser.body.roles.map(({ role }) => role)).toContain('triager')
  })

  test('compares names exactly: no part, other case, blank or likeness of one is the group', async () => {
    await using w = await open()
    await w.bind('admin', 'admin')
    const alike = [
      'admins',
      'Badminton',
      'administrators',
      'Admin',
      'ADMIN',
      ' admin',
      'admin ',
      'not-admin',
      'adm\u0456n',
      'admin,x',
      'role:admin',
      'aadmin',
    ]
    const people = alike.map((group, at) => told(`p${at}`, [group]))
    await w.read([...people, told('all', [...alike]), told('real', ['admin'])])
    for (const { source_id } of [...people, { source_id: 'all' }])
      expect(await w.rolesOf(source_id)).toEqual(['viewer'])
    expect(await w.rolesOf('real')).toEqual(['viewer', 'admin'])
  })

  test('of nobody makes nobody anything, though a group be called after a role', async () => {
    await using w = await open()
    await w.read([told('ann', ['admin', 'admins', 'account admins', 'service_owner'])])
    expect(await w.rolesOf('ann')).toEqual(['viewer'])
  })
})

describe('without group data', () => {
  test('a group binding grants nothing before the first reading, and direct bindings hold', async () => {
    await using w = await open()
    await w.bind('Triage', 'triager')
    await w.root.roleBindingCreate({ body: { principal_kind: 'user', principal: 'bo@x.example', role: 'triager' } })
    expect(await w.rolesOf('ann')).toEqual(['viewer'])
    expect(await w.rolesOf('bo')).toContain('triager')
    await w.read(new OutboundError('auth_failed', 'Databricks does not let us see this (403).'))
    expect(await w.rolesOf('ann')).toEqual(['viewer'])
    expect(await w.rolesOf('bo')).toContain('triager')
  })

  test('what is older than the limit counts for nothing, though nothing was written since', async () => {
    await using w = await open()
    await w.bind('Triage', 'triager')
    await w.read([told('ann', ['Triage'])])
    w.tick(DAY_MS)
    expect(await w.groupsOf('ann')).toEqual(['Triage'])
    w.tick(1)
    expect(await w.groupsOf('ann')).toEqual([])
    expect(await w.rolesOf('ann')).toEqual(['viewer'])
  })

  test('a limit set lower ends it sooner, and a clock that went back ends it at once', async () => {
    await using w = await open({ env: { ...scim, GROUPS_MAX_AGE_SECONDS: '1000' } })
    await w.bind('Triage', 'triager')
    await w.read([told('ann', ['Triage'])])
    w.tick(1_000_001)
    expect(await w.rolesOf('ann')).toEqual(['viewer'])
    await w.read([told('ann', ['Triage'])])
    expect(await w.rolesOf('ann')).toContain('triager')
    w.tick(-600_000)
    expect(await w.rolesOf('ann')).toEqual(['viewer'])
  })

  test('a proxy’s header of groups is not believed where groups are read', async () => {
    await using w = await open()
    await w.bind('Triage', 'triager')
    await w.read([told('ann', [])])
    expect(await w.rolesOf('ann', { 'x-forwarded-groups': 'Triage' })).toEqual(['viewer'])
  })

  test('where a header is named, what was once read counts for nothing, also when the header does not come', async () => {
    const reader: PeopleReader = { name: 'databricks_scim', read: async () => [told('ann', ['Triage'])] }
    await using w = await open({ env: { ...proxied, GROUPS_HEADER: 'X-Forwarded-Groups' }, peopleReader: reader })
    await w.bind('Triage', 'triager')
    expect((await w.read([]))?.state).toBe('SUCCESS')
    expect(await w.rolesOf('ann')).toEqual(['viewer'])
    expect(await w.rolesOf('ann', { 'x-forwarded-groups': 'Triage' })).toContain('triager')
  })

  test('me tells of the groups of this request, not of one that was answered before', async () => {
    await using w = await open({ env: { ...proxied, GROUPS_HEADER: 'X-Forwarded-Groups' } })
    const groups = async (header: string) => (await w.person('ann', { 'x-forwarded-groups': header }).me()).body.groups
    expect(await groups('A')).toEqual(['A'])
    expect(await groups('B')).toEqual(['B'])
  })
})

describe('the next reading', () => {
  test('takes away with the next request what a group that was left gave', async () => {
    await using w = await open()
    await w.bind('Triage', 'triager')
    await w.read([told('ann', ['Triage'])])
    const before = await w.person('ann').me()
    expect((await w.person('ann').ingestionRunList()).status).toBe(200)
    await w.read([told('ann', [])])
    expect((await w.person('ann').ingestionRunList()).status).toBe(403)
    const after = await w.person('ann', { 'if-none-match': before.headers.etag ?? '' }).me()
    expect([after.status, after.body.groups]).toEqual([200, []])
  })

  test('takes it from who is deactivated and from who is gone, of whom no name is kept', async () => {
    await using w = await open()
    await w.bind('Triage', 'triager')
    await w.read([told('ann', ['Triage']), told('bo', ['Triage'])])
    await w.read([told('ann', ['Triage'], { is_active: false })])
    expect(await w.rolesOf('ann')).toEqual(['viewer'])
    expect(await w.rolesOf('bo')).toEqual(['viewer'])
    const [gone] = w.portal.local.rows('directory_people', 'WHERE is_deleted = 1')
    expect(gone).toMatchObject({ user_name: '', email: null, groups: [] })
    await w.read([told('ann', ['Triage']), told('bo', ['Triage'])])
    expect(await w.rolesOf('bo')).toContain('triager')
  })

  test('that fails leaves what was read before, and says so, until that is too old', async () => {
    await using w = await open()
    await w.bind('Triage', 'triager')
    expect(await w.read([told('ann', ['Triage'])])).toMatchObject({ state: 'SUCCESS', results: 1, error_summary: null })
    const run = await w.read(new OutboundError('auth_failed', 'Databricks does not let us see this (403).'))
    expect(run).toMatchObject({
      state: 'FAIL',
      results: 0,
      error_summary: 'Databricks does not let us see this (403).',
      created_by: 'system:ingestion',
    })
    expect(await w.groupsOf('ann')).toEqual(['Triage'])
    w.tick(DAY_MS - EVERY_MS + 1)
    expect(await w.groupsOf('ann')).toEqual([])
  })

  test('that says the same writes no new version of anybody, and one commit holds all that changed', async () => {
    await using w = await open()
    const people = [told('ann', ['Triage']), told('bo', ['Triage'])]
    await w.read(people)
    await w.read(people)
    const rows = () => w.portal.local.rows('directory_people', 'ORDER BY user_name')
    expect(rows().map(({ version }) => version)).toEqual([1, 1])
    await w.read(people.map((person) => ({ ...person, groups: [] })))
    expect(rows().map(({ version }) => version)).toEqual([2, 2])
    expect(new Set(rows().map(({ request_id }) => request_id)).size).toBe(1)
    expect(rows()[0]).toMatchObject({ action: 'directory_people.replace', created_by: 'system:ingestion' })
  })

  test('is not kept when the run was given up meanwhile', async () => {
    let hear: (people: ToldPerson[]) => void = () => undefined
    const reader: PeopleReader = {
      name: 'databricks_scim',
      read: (signal) =>
        new Promise((resolve) => {
          hear = resolve
          signal.addEventListener('abort', () => hear([told('ann', ['Triage'])]))
        }),
    }
    const w = await open({ peopleReader: reader })
    await w.portal.scheduler.tick()
    await w.portal.scheduler.stop()
    expect(w.portal.local.rows('directory_people', '')).toEqual([])
    expect(w.portal.status.newestRunOf('databricks_scim')).toMatchObject({
      state: 'FAIL',
      error_summary: 'interrupted',
    })
    await w.p.close()
  })

  test('comes on time, whatever the checks do, and once', async () => {
    await using w = await open()
    await w.read([])
    const runs = async () => (await w.root.ingestionRunList({ query: { source: 'databricks_scim' } })).body.total
    const tick = async (ms: number) => {
      w.tick(ms)
      await w.portal.scheduler.tick()
      await w.portal.scheduler.idle()
    }
    await tick(EVERY_MS - 1)
    expect(await runs()).toBe(1)
    await tick(1)
    expect(await runs()).toBe(2)
  })
})

describe('over a restart', () => {
  test('what was read counts again, but not where groups are no longer read', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'lakeport-groups-'))
    try {
      {
        await using w = await open({ dataDir })
        await w.bind('Triage', 'triager')
        await w.read([told('ann', ['Triage'])])
      }
      {
        await using w = await open({ dataDir })
        w.tick(EVERY_MS)
        expect(await w.rolesOf('ann')).toContain('triager')
      }
      await using w = await open({ dataDir, env: proxied, peopleReader: null })
      w.tick(EVERY_MS)
      expect(await w.groupsOf('ann')).toEqual([])
      expect(await w.rolesOf('ann')).toEqual(['viewer'])
    } finally {
      rmSync(dataDir, { recursive: true, force: true })
    }
  })
})

describe('the source of groups', () => {
  test('is among the sources and in readiness, and stale when what it told counts no longer', async () => {
    await using w = await open()
    const source = async () =>
      (await w.root.statusSummary()).body.ingestion.find(({ source: name }) => name === 'databricks_scim')
    expect(await source()).toMatchObject({ last_success_at: null, last_run_state: null, is_stale: true })
    await w.read([])
    expect(await source()).toMatchObject({ last_run_state: 'SUCCESS', is_stale: false })
    const component = (await w.plain.readyz()).body.components.find(({ name }) => name === 'ingestion:databricks_scim')
    expect(component).toMatchObject({ status: 'ok' })
    w.tick(DAY_MS + 1)
    expect(await source()).toMatchObject({ is_stale: true })
    expect((await w.root.ingestionRunLatest()).body.items.map(({ source: name }) => name)).toEqual(['databricks_scim'])
  })

  test('is read at once when an admin asks; a service owner, whose platforms it feeds not, may not ask', async () => {
    await using w = await open()
    const platform = (await w.root.platformCreate({ body: { name: 'Own', domain: 'Sales' } })).body
    await w.bind('Sales owners', 'service_owner', platform.id)
    await w.read([told('ann', ['Sales owners'])])
    const body = { source: 'databricks_scim' as const }
    expect((await w.person('ann').ingestionRunTrigger({ body })).error?.code).toBe('forbidden')
    const started = await w.root.ingestionRunTrigger({ body })
    expect([started.status, started.body.created_by]).toEqual([202, 'root@x.example'])
    await w.portal.scheduler.idle()
    expect(w.portal.status.run(started.body.id)).toMatchObject({ state: 'SUCCESS', results: 1 })
  })

  test('is nowhere where groups are not read', async () => {
    await using w = await open({ env: proxied, peopleReader: null })
    expect((await w.root.statusSummary()).body.ingestion).toEqual([])
    const asked = await w.root.ingestionRunTrigger({ body: { source: 'databricks_scim' } })
    expect(asked.error?.details?.fields).toEqual({ 'body.source': 'is not read here: see GROUPS_FROM_SCIM' })
  })
})

describe('the sample workspace', () => {
  test('tells, page by page, who is in which groups, and the portal grants by it', async () => {
    const workspace = await startSampleWorkspace({ scenario: 'healthy', now: () => START })
    const sleep = () => Promise.resolve()
    await using w = await open({ peopleReader: createPeopleReader(sampleConnections(workspace.url), { sleep }) })
    try {
      const platform = await makePlatform({ ...w.p, admin: w.root })
      await w.bind('Data owners', 'service_owner', platform.id)
      await w.bind('Data platform triage', 'triager')
      expect(await w.read([])).toMatchObject({ state: 'SUCCESS', results: 26 })
      const me = async (email: string) => (await w.withHeaders({ 'x-forwarded-email': email }).me()).body
      expect((await me('mara.lindqvist@example.com')).groups).toEqual([
        'Data consumers',
        'Data owners',
        'Sales data owners',
        'users',
      ])
      // In a group inside a group inside the bound one.
      expect((await me('Noor.van.dijk@example.com')).roles).toContainEqual({
        role: 'service_owner',
        platform_id: platform.id,
      })
      expect((await me('nadia.rahimi@example.com')).roles).toContainEqual({ role: 'triager', platform_id: null })
      expect((await me('victor.lang@example.com')).groups).toEqual([])
      expect((await me('peter.hallam@example.com')).roles).toEqual([{ role: 'viewer', platform_id: null }])
      await workspace.close()
      expect(await w.read([])).toMatchObject({ state: 'FAIL' })
      expect((await me('mara.lindqvist@example.com')).groups).toHaveLength(4)
    } finally {
      await workspace.close()
    }
  })
})
