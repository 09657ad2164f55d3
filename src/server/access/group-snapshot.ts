import type { DirectoryPerson } from '../../contracts/access.ts'
import type { Identity } from './bindings.ts'

/** How far the clock that dated a snapshot may run ahead of ours. */
const SKEW_MS_MAX = 60_000

export interface GroupLookup {
  /** Names of the groups that a person is in; none when that is not known for sure. */
  groupsOf(identity: Pick<Identity, 'user' | 'email'>): readonly string[]
}

/**
 * Looks groups up by email or user name, whatever their case. Nobody is guessed: whoever is deactivated, is not there, or
 * whose names lead to two people, is in no group.
 */
export function createGroupLookup(people: readonly DirectoryPerson[]): GroupLookup {
  const byName = new Map<string, Set<DirectoryPerson>>()
  for (const person of people) {
    for (const name of namesOf(person.user_name, person.email)) {
      byName.set(name, (byName.get(name) ?? new Set()).add(person))
    }
  }
  return {
    groupsOf({ user, email }) {
      const found = new Set(namesOf(user, email).flatMap((name) => [...(byName.get(name) ?? [])]))
      const [person, another] = found
      return person === undefined || another !== undefined || !person.is_active ? [] : person.groups
    },
  }
}

const namesOf = (...names: readonly (string | null)[]): string[] =>
  names.flatMap((name) => (name === null || name === '' ? [] : [name.normalize('NFC').toLowerCase()]))

/**
 * Does what was read then still count now? Older than that, or dated in the future, it is no group data.
 * @param readAt when reading began, in milliseconds since the epoch; null when nothing was ever read as a whole
 */
export const isInForce = (readAt: number | null, now: number, ageMsMax: number): boolean =>
  readAt !== null && now - readAt <= ageMsMax && readAt - now <= SKEW_MS_MAX
