import { createHash } from 'node:crypto'
import type { Scope } from '../../contracts/access.ts'
import { matrix, type Permission, permissions, placement, type Reach } from '../../contracts/permissions.ts'
import type { Role } from '../../contracts/roles.ts'
import type { Grant } from './actor.ts'

type Cells = Partial<Record<Role, readonly Reach[]>>

/**
 * What a set of grants adds up to: the union, permission by permission. There are no deny rules. An unknown role adds
 * nothing.
 */
export function scopesOf(grants: readonly Grant[], table: Record<string, Cells> = matrix): Map<Permission, Scope> {
  const scopes = new Map<Permission, Scope>()
  for (const permission of permissions) {
    const scope: Scope = { everywhere: false, platform_ids: [], own: false, own_open: false }
    for (const grant of grants) widen(scope, permission, grant, table[permission]?.[grant.role] ?? [])
    if (scope.everywhere) scope.platform_ids = []
    if (reachesAnything(scope)) scopes.set(permission, scope)
  }
  return scopes
}

function widen(scope: Scope, permission: Permission, grant: Grant, reaches: readonly Reach[]): void {
  for (const reach of reaches) {
    if (reach === 'own') scope.own = true
    else if (reach === 'own_open') scope.own_open = true
    else if (reach === 'scoped') addPlatform(scope, grant.platform_id)
    else widenAlways(scope, permission, grant)
  }
}

function widenAlways(scope: Scope, permission: Permission, grant: Grant): void {
  if (grant.platform_id === null || grant.role === 'service_owner' || placement[permission] === 'shared') {
    scope.everywhere = true
  } else if (placement[permission] === 'placed') addPlatform(scope, grant.platform_id)
}

function addPlatform(scope: Scope, platformId: string | null): void {
  if (platformId !== null && !scope.platform_ids.includes(platformId)) scope.platform_ids.push(platformId)
}

const reachesAnything = (scope: Scope) =>
  scope.everywhere || scope.own || scope.own_open || scope.platform_ids.length > 0

/** Equal strings for equal scopes. */
export function visibilityOf(scopes: ReadonlyMap<Permission, Scope>): string {
  const hash = createHash('sha256')
  for (const [permission, scope] of scopes) {
    hash.update(
      `${permission}:${scope.everywhere}:${scope.own}:${scope.own_open}:${[...scope.platform_ids].sort().join(',')};`,
    )
  }
  return hash.digest('base64url').slice(0, 16)
}
