import { describe, expect, it } from 'vitest'
import { type Act, type Seen, serve } from '../../outbound/fixtures/server.ts'
import { OutboundError } from '../../outbound/outbound-error.ts'
import { databricksScim } from './databricks-scim.ts'
import { fixture, outboundTo } from './fixtures/server.ts'

const never = new AbortController().signal
type Listing = Record<string, unknown> & { Resources: Record<string, unknown>[] }
const listing = (name: string) => fixture(`databricks_scim/${name}`) as Listing // What the fixture files hold.

/** The workspace of the fixtures; a test answers some questions in its own way. */
const workspace =
  (otherwise: (seen: Seen) => Act | null = () => null) =>
  (seen: Seen): Act =>
    otherwise(seen) ?? {
      json: seen.path.endsWith('/Groups')
        ? listing('groups')
        : listing(seen.query.get('startIndex') === '4' ? 'users-2' : 'users-1'),
    }

async function groupsByUser(act: (seen: Seen) => Act): Promise<Record<string, string[]>> {
  await using server = await serve(act)
  const people = await databricksScim(outboundTo(server)).read(never)
  return Object.fromEntries(people.map(({ user_name, groups }) => [user_name, groups]))
}

async function failure(act: (seen: Seen, count: number) => Act): Promise<string> {
  await using server = await serve(act)
  try {
    await databricksScim(outboundTo(server)).read(never)
  } catch (error) {
    if (error instanceof OutboundError) return error.message
    throw error
  }
  return 'nothing failed'
}

const only = (what: string, json: unknown) => workspace(({ path }) => (path.endsWith(`/${what}`) ? { json } : null))

describe('reading users and groups', () => {
  it('asks page by page for no more than looking groups up needs', async () => {
    await using server = await serve(workspace())
    await databricksScim(outboundTo(server)).read(never)
    expect(server.seen.map(({ path, query }) => [path, Object.fromEntries(query)])).toEqual([
      ['/api/2.0/preview/scim/v2/Users', { startIndex: '1', count: '500', attributes: 'id,userName,emails,active' }],
      ['/api/2.0/preview/scim/v2/Users', { startIndex: '4', count: '500', attributes: 'id,userName,emails,active' }],
      ['/api/2.0/preview/scim/v2/Groups', { startIndex: '1', count: '50', attributes: 'id,displayName,members' }],
    ])
  })

  it('tells of each person by name and address, and of nothing else', async () => {
    await using server = await serve(workspace())
    const [ann, bo, cy] = await databricksScim(outboundTo(server)).read(never)
    expect(ann).toEqual({
      source_id: '8071236540000001',
      user_name: 'Ann.Lee@example.com',
      email: 'Ann.Lee@example.com',
      is_active: true,
      groups: ['Circle of friends', 'Circle of owners', 'Finance owners', 'Owners'],
    })
    expect([bo?.email, cy?.email]).toEqual(['bo@example.com', null])
  })

  it('follows groups inside groups, round a circle too, and gives nothing to whoever is not known to be active', async () => {
    expect(await groupsByUser(workspace())).toEqual({
      'Ann.Lee@example.com': ['Circle of friends', 'Circle of owners', 'Finance owners', 'Owners'],
      bo: ['Circle of friends', 'Circle of owners'],
      'cy@example.com': [],
      // A service principal with the same id is somebody else, and a name that two groups share is nobody's.
      'di@example.com': [],
      'ed@example.com': [],
    })
  })

  it('waits as long as it is told to when it asked too often', async () => {
    let refused = 0
    await using server = await serve(
      workspace(({ path }) =>
        path.endsWith('/Groups') && refused++ === 0 ? { status: 429, headers: { 'retry-after': '7' } } : null,
      ),
    )
    const slept: number[] = []
    const sleep = (ms: number) => {
      slept.push(ms)
      return Promise.resolve()
    }
    expect(await databricksScim(outboundTo(server, { sleep })).read(never)).toHaveLength(5)
    expect(slept).toEqual([7000])
  })
})

describe('a reading that is not whole', () => {
  it.each<[string, (seen: Seen, count: number) => Act, RegExp]>([
    [
      'is refused by a 403',
      () => ({ status: 403, json: { detail: 'no', status: '403' } }),
      /does not let us see this \(403\)/,
    ],
    ['is throttled without end', () => ({ status: 429, headers: { 'retry-after': '3600' } }), /less often/],
    [
      'fails half way',
      workspace(({ path }) => (path.endsWith('/Groups') ? { status: 500 } : null)),
      /failed to answer/,
    ],
    [
      'is cut off',
      workspace(({ path }) => (path.endsWith('/Groups') ? 'cut' : null)),
      /could not be reached|half|cut|whole/,
    ],
    ['is no JSON', workspace(({ path }) => (path.endsWith('/Users') ? { text: '<html>' } : null)), /JSON/],
    ['has no total', only('Users', { Resources: [] }), /shape that was not expected/],
    ['has no list', only('Groups', { totalResults: 1, Resources: 'many' }), /shape that was not expected/],
    ['has a group without a name', only('Groups', { totalResults: 1, Resources: [{ id: '1' }] }), /shape/],
    [
      'has a member without an id',
      only('Groups', { totalResults: 1, Resources: [{ id: '1', displayName: 'a', members: [{}] }] }),
      /shape/,
    ],
    ['ends before its total', only('Users', { totalResults: 9, Resources: [] }), /changed while they were read/],
    ['repeats a page', only('Users', listing('users-1')), /changed while they were read/],
    [
      'grows while it is read',
      workspace(({ query }) =>
        query.get('startIndex') === '4' ? { json: { ...listing('users-2'), totalResults: 6 } } : null,
      ),
      /changed while they were read/,
    ],
    ['tells of nobody', only('Users', { totalResults: 0 }), /told of nobody/],
    [
      'never ends',
      (_seen, count) => ({ json: { totalResults: 1e9, Resources: [{ id: `${count}` }] } }),
      /more users than/,
    ],
  ])('is refused when it %s', async (_what, act, message) => {
    expect(await failure(act)).toMatch(message)
  })

  it('is refused when it shows what somebody sees who is no workspace admin', async () => {
    const strip = (json: Listing, name: string) => ({
      ...json,
      Resources: json.Resources.map((each) => Object.fromEntries(Object.entries(each).filter(([key]) => key !== name))),
    })
    const nameless = workspace(({ path, query }) =>
      path.endsWith('/Users')
        ? { json: strip(listing(query.get('startIndex') === '4' ? 'users-2' : 'users-1'), 'userName') }
        : null,
    )
    expect(await failure(nameless)).toMatch(/without their user names\. Ask as a workspace admin\.$/)
    expect(await failure(only('Groups', strip(listing('groups'), 'members')))).toMatch(/groups without members/)
  })
})
