import type { ToldPerson } from '../snapshot.ts'

export interface ScimUser {
  id: string
  userName: string
  email: string | null
  isActive: boolean
}

export interface ScimGroup {
  id: string
  name: string
  /** `kind` null: it was not told, so the id alone decides. */
  members: readonly { id: string; kind: 'user' | 'group' | 'machine' | null }[]
}

/** Groups inside groups that are followed; what is nested deeper grants nothing. */
export const NESTING_MAX = 10
/** Groups of one person; whoever is in more has none, since any choice among them would be ours. */
export const GROUPS_MAX = 1000
/** Identity headers that are longer are refused, so nobody has a longer name. */
const NAME_LENGTH_MAX = 320

/**
 * Who is in which groups, directly or through groups inside groups. A deactivated user is in none. A name that two
 * groups share counts for neither: who is in one of them need not be in the other.
 */
export function peopleOf(users: readonly ScimUser[], groups: readonly ScimGroup[]): ToldPerson[] {
  const names = soleNames(groups)
  const inUsers = containersOf(groups, 'user')
  const inGroups = containersOf(groups, 'group')
  return users
    .filter(({ userName }) => userName.length <= NAME_LENGTH_MAX)
    .map(({ id, userName, email, isActive }) => ({
      source_id: id,
      user_name: userName,
      email: email !== null && email.length <= NAME_LENGTH_MAX ? email : null,
      is_active: isActive,
      groups: isActive ? namesOf(allAround(inUsers.get(id) ?? [], inGroups), names) : [],
    }))
}

/** Group id to name, as the portal compares it: exactly, in one normal form. */
function soleNames(groups: readonly ScimGroup[]): Map<string, string> {
  const byName = Map.groupBy(groups, ({ name }) => name.normalize('NFC'))
  const sole = [...byName].filter(([name, sharers]) => sharers.length === 1 && isPlain(name))
  return new Map(sole.flatMap(([name, sharers]) => sharers.map(({ id }) => [id, name] as const)))
}

const isPlain = (name: string) =>
  name.length <= NAME_LENGTH_MAX && ![...name].some((character) => character < ' ' || character === '\u007f')

/** Member id to the groups that list it. */
function containersOf(groups: readonly ScimGroup[], kind: 'user' | 'group'): Map<string, string[]> {
  const containers = new Map<string, string[]>()
  for (const group of groups) {
    for (const member of group.members) {
      if (member.kind !== null && member.kind !== kind) continue
      const known = containers.get(member.id)
      if (known === undefined) containers.set(member.id, [group.id])
      else known.push(group.id)
    }
  }
  return containers
}

/** These groups and those that contain them. Groups may contain each other in a circle, so each is looked at once. */
function allAround(direct: readonly string[], inGroups: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>()
  let ring: readonly string[] = direct
  for (let depth = 0; depth <= NESTING_MAX && ring.length > 0; depth++) {
    const fresh = [...new Set(ring)].filter((id) => !found.has(id))
    for (const id of fresh) found.add(id)
    ring = fresh.flatMap((id) => inGroups.get(id) ?? [])
  }
  return found
}

function namesOf(ids: ReadonlySet<string>, names: ReadonlyMap<string, string>): string[] {
  const own = [...ids].flatMap((id) => names.get(id) ?? [])
  return own.length > GROUPS_MAX ? [] : own.sort()
}
