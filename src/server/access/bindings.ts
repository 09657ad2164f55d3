import type { RoleBinding } from '../../contracts/access.ts'
import type { DefaultRole } from '../../contracts/roles.ts'
import type { Actor, Grant } from './actor.ts'
import { scopesOf, visibilityOf } from './scopes.ts'

export interface Identity {
  /** `X-Forwarded-User`: what the identity provider calls them. */
  user: string | null
  /** Lower case. */
  email: string | null
  name: string | null
  /** Only from a source that can be trusted; empty when unknown, so that it fails closed. */
  groups: readonly string[]
}

type BindingRow = Pick<RoleBinding, 'principal_kind' | 'principal' | 'role' | 'platform_id'>

/** Answers which actor an identity is. Rebuilt whenever bindings change; forgets nothing else. */
export interface Directory {
  actorOf(identity: Identity): Actor
}

const CACHED_ACTORS_MAX = 10_000

export function createDirectory(bindings: readonly BindingRow[], defaultRole: DefaultRole): Directory {
  const byPrincipal = Map.groupBy(bindings, (binding) => keyOf(binding.principal_kind, binding.principal))
  const cache = new Map<string, Actor>()

  const grantsOf = (identity: Identity): Grant[] => {
    const keys = new Set([
      ...(identity.user === null ? [] : [keyOf('user', identity.user)]),
      ...(identity.email === null ? [] : [keyOf('user', identity.email)]),
      ...identity.groups.map((group) => keyOf('group', group)),
    ])
    const bound = [...keys].flatMap((key) => byPrincipal.get(key) ?? [])
    const grants: Grant[] = bound.map(({ role, platform_id }) => ({ role, platform_id }))
    // Everybody has the default role beside their bindings, so that nobody sees less for having been given more.
    return defaultRole === 'none' ? grants : [{ role: defaultRole, platform_id: null }, ...grants]
  }

  return {
    actorOf(identity) {
      const key = JSON.stringify([identity.user, identity.email, identity.name, identity.groups])
      const known = cache.get(key)
      if (known !== undefined) return known
      const actor = makeActor('user', identity.email ?? identity.user ?? 'nobody', identity, grantsOf(identity))
      if (cache.size >= CACHED_ACTORS_MAX) cache.clear()
      cache.set(key, actor)
      return actor
    },
  }
}

export const isGlobalAdmin = (binding: { role: string; platform_id: string | null }) =>
  binding.role === 'admin' && binding.platform_id === null

const keyOf = (kind: BindingRow['principal_kind'], principal: string) =>
  kind === 'user' ? `user:${principal.toLowerCase()}` : `group:${principal}`

export function makeActor(kind: Actor['kind'], id: string, identity: Identity, grants: readonly Grant[]): Actor {
  const scopes = scopesOf(grants)
  return { kind, id, ...identity, grants, scopes, visibility: visibilityOf(scopes) }
}

/** The portal itself: `system:bootstrap`, `system:ingestion`. It holds no permissions, because nobody asks it. */
export const systemActor = (part: string): Actor =>
  makeActor('system', `system:${part}`, { user: null, email: null, name: null, groups: [] }, [])
