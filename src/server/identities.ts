import { createDirectory, type Identity, makeActor } from './access/bindings.ts'
import { createGroupLookup, isInForce } from './access/group-snapshot.ts'
import type { Config } from './config.ts'
import type { AccessStore } from './features/access-admin/store.ts'
import type { IdentitySources } from './http/identity.ts'
import type { Journal } from './storage/journal.ts'

/**
 * What a request's identity is worth, from what is stored now: kept up to date by the journal, so that a binding or a
 * group that is gone is gone with the next request.
 * @param readsGroups whether groups are read from the workspace; otherwise what was once read counts for nothing
 */
export function createIdentitySources(
  config: Config,
  access: AccessStore,
  journal: Journal,
  readsGroups: boolean,
): IdentitySources {
  let directory = createDirectory(access.allBindings(), config.DEFAULT_ROLE)
  let platformIds = access.platformIds()
  let groups = createGroupLookup(access.people())
  let groupsReadAt = access.peopleReadAt()
  journal.subscribe(({ topics }) => {
    if (topics.includes('role_bindings')) directory = createDirectory(access.allBindings(), config.DEFAULT_ROLE)
    if (topics.includes('platforms')) platformIds = access.platformIds()
    if (topics.includes('directory_people')) groups = createGroupLookup(access.people())
    if (topics.includes('ingestion_runs')) groupsReadAt = access.peopleReadAt()
  })

  const ageMsMax = config.GROUPS_MAX_AGE_SECONDS * 1000
  /** One source of groups, never two added up: a named header, also where it does not come; else what was read. */
  const withGroups = (identity: Identity, now: number): Identity => {
    if (config.GROUPS_HEADER !== '') return identity
    const counts = readsGroups && isInForce(groupsReadAt, now, ageMsMax)
    return { ...identity, groups: counts ? groups.groupsOf(identity) : [] }
  }

  return {
    config,
    actorOf: (identity, now) => directory.actorOf(withGroups(identity, now)),
    actorOfToken(secretHash, now) {
      const token = access.tokenInForce(secretHash, now)
      if (token === null) return null
      return makeActor('token', `token:${token.name}`, { user: null, email: null, name: token.name, groups: [] }, [
        { role: token.role, platform_id: token.platform_id },
      ])
    },
    platformIds: () => platformIds,
  }
}
