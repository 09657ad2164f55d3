import type { Me } from '../../contracts/access.ts'
import type { Permission } from '../../contracts/permissions.ts'

/** What is acted on, as far as it matters to who may. */
export interface Target {
  /** Every platform it belongs to; all must be in reach. Absent or empty: it belongs to none. */
  platformIds?: readonly string[]
  /** Who made it. */
  owner?: string
  isOpen?: boolean
}

/** The same answer that the portal would give, from the same scopes. Anything unforeseen is a no. */
export function can(me: Me | undefined, permission: Permission, target: Target = {}): boolean {
  const scope = me?.permissions[permission]
  if (me === undefined || scope === undefined) return false
  if (scope.everywhere) return true
  const platformIds = target.platformIds ?? []
  if (platformIds.length > 0 && platformIds.every((id) => scope.platform_ids.includes(id))) return true
  const isOwn = target.owner !== undefined && target.owner === me.id
  return isOwn && (scope.own || (scope.own_open && target.isOpen === true))
}

/** Is there anything at all it holds for? For showing a section, not for a control. */
export const canSomewhere = (me: Me | undefined, permission: Permission) => me?.permissions[permission] !== undefined

/** A message for everyone needs more than one for platforms. */
export const canWriteMessage = (me: Me | undefined, platformIds: readonly string[]) =>
  platformIds.length === 0 ? can(me, 'message.write_global') : can(me, 'message.write', { platformIds })
