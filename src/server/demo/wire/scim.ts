import { leaver, sampleGroups } from '../company/groups.ts'
import { people } from '../tickets/people.ts'

export type ScimResource = { id: string } & Record<string, unknown>

const staff = [...Object.values(people), leaver]
/** Ids are digits on the wire. */
const userId = (email: string) => String(7_100_000_000_001 + staff.findIndex((person) => person.email === email))
const groupId = (name: string) => String(9_200_000_000_001 + sampleGroups.findIndex((group) => group.name === name))

/** A machine that is in a group too, as an app's own is. */
const machine = { id: '5300000000001', name: 'lakeport-app' }

export const scimUsers = (): ScimResource[] =>
  staff.map(({ email, name }) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    id: userId(email),
    userName: email,
    displayName: name,
    emails: [{ type: 'work', value: email, primary: true }],
    active: email !== leaver.email,
    entitlements: [{ value: 'workspace-access' }],
  }))

/** A group without members has no such attribute. */
export const scimGroups = (): ScimResource[] =>
  sampleGroups.map((group) => {
    const members = [
      ...group.people.map((colleague) => people[colleague]).map(asMember),
      ...(leaver.groups.includes(group.name) ? [asMember(leaver)] : []),
      ...group.groups.map((name) => ({ display: name, value: groupId(name), $ref: `Groups/${groupId(name)}` })),
      ...(group.name === 'admins'
        ? [{ display: machine.name, value: machine.id, $ref: `ServicePrincipals/${machine.id}` }]
        : []),
    ]
    return {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      id: groupId(group.name),
      displayName: group.name,
      ...(members.length === 0 ? {} : { members }),
      meta: { resourceType: 'WorkspaceGroup' },
    }
  })

const asMember = ({ email, name }: { email: string; name: string }) => ({
  display: name,
  value: userId(email),
  $ref: `Users/${userId(email)}`,
})
