import { field, isObject, listField, textField } from '../../outbound/answer.ts'
import type { Outbound } from '../../outbound/outbound.ts'
import { OutboundError } from '../../outbound/outbound-error.ts'
import type { PeopleReader } from '../snapshot.ts'
import { peopleOf, type ScimGroup, type ScimUser } from './scim-people.ts'

const PATH = '/api/2.0/preview/scim/v2'
/** A listed group comes with all of its members, so fewer fit into one answer. */
const USERS_PAGE_SIZE = 500
const GROUPS_PAGE_SIZE = 50
/** A workspace may hold 10,000 users and 5,000 groups. */
const PAGES_MAX = 200

/**
 * Users and groups of the workspace, by its SCIM API. Only what looking up a person's groups needs is asked for. It must
 * be asked as a workspace admin: others are shown names without members, which is refused here rather than believed.
 */
export const databricksScim = (databricks: Pick<Outbound, 'get'>): PeopleReader => ({
  name: 'databricks_scim',
  async read(signal) {
    const ask = (what: string, query: Record<string, string>) => databricks.get(`${PATH}/${what}`, query, signal)
    const users = await readList((query) => ask('Users', { ...query, attributes: 'id,userName,emails,active' }), {
      what: 'users',
      pageSize: USERS_PAGE_SIZE,
    })
    const groups = await readList((query) => ask('Groups', { ...query, attributes: 'id,displayName,members' }), {
      what: 'groups',
      pageSize: GROUPS_PAGE_SIZE,
    })
    if (users.size === 0 || groups.size === 0) throw untold('It told of nobody.')
    const told = [...groups].map(asGroup)
    if (told.every(({ members }) => members.length === 0)) throw untold('It told of groups without members.')
    return peopleOf([...users].map(asUser), told)
  },
})

/**
 * Every entry of a list, by id. Pages are counted by position, so an entry that comes or goes meanwhile moves the rest:
 * what does not add up is refused.
 */
async function readList(
  ask: (query: { startIndex: string; count: string }) => Promise<unknown>,
  { what, pageSize }: { what: string; pageSize: number },
): Promise<Map<string, unknown>> {
  const entries = new Map<string, unknown>()
  let total: number | null = null
  for (let page = 0; page < PAGES_MAX; page++) {
    const answer = await ask({ startIndex: String(entries.size + 1), count: String(pageSize) })
    const { told, resources } = pageOf(answer, what)
    total ??= told
    for (const entry of resources) {
      const id = textField(entry, 'id')
      if (id === null) throw malformed(what)
      if (entries.has(id)) throw moved(what)
      entries.set(id, entry)
    }
    if (told !== total || entries.size > total) throw moved(what)
    if (entries.size === total) return entries
    if (resources.length === 0) throw moved(what)
  }
  throw new OutboundError('bad_answer', `Databricks tells of more ${what} than are read.`)
}

function pageOf(answer: unknown, what: string): { told: number; resources: unknown[] } {
  const told = field(answer, 'totalResults')
  // The last page of an empty list leaves it out.
  const resources = field(answer, 'Resources') === undefined ? [] : listField(answer, 'Resources')
  if (typeof told !== 'number' || !Number.isSafeInteger(told) || told < 0 || resources === null) throw malformed(what)
  return { told, resources }
}

function asUser([id, entry]: [string, unknown]): ScimUser {
  const userName = textField(entry, 'userName')
  if (userName === null) throw untold('It told of users without their user names.')
  return { id, userName, email: emailOf(entry), isActive: field(entry, 'active') === true }
}

/** The primary address, or the only one: which of several is the person's own would be a guess. */
function emailOf(entry: unknown): string | null {
  const emails = listField(entry, 'emails') ?? []
  const own = emails.find((email) => field(email, 'primary') === true) ?? (emails.length === 1 ? emails[0] : undefined)
  return textField(own, 'value')
}

function asGroup([id, entry]: [string, unknown]): ScimGroup {
  const name = textField(entry, 'displayName')
  // A group without members has no such attribute.
  const members = field(entry, 'members') === undefined ? [] : listField(entry, 'members')
  if (name === null || members === null) throw malformed('groups')
  return { id, name, members: members.map(asMember) }
}

function asMember(member: unknown): ScimGroup['members'][number] {
  const id = textField(member, 'value')
  if (!isObject(member) || id === null) throw malformed('members')
  const kind = /^(?:.*\/)?(Users|Groups|ServicePrincipals)\/[^/]+$/.exec(textField(member, '$ref') ?? '')?.[1]
  return { id, kind: kind === 'Users' ? 'user' : kind === 'Groups' ? 'group' : kind === undefined ? null : 'machine' }
}

const malformed = (what: string) =>
  new OutboundError('bad_answer', `Databricks told of its ${what} in a shape that was not expected.`)

const moved = (what: string) =>
  new OutboundError(
    'bad_answer',
    `The ${what} of the workspace changed while they were read; the next run reads again.`,
  )

const untold = (what: string) =>
  new OutboundError(
    'auth_failed',
    `Databricks does not let us see who is in which groups. ${what} Ask as a workspace admin.`,
  )
