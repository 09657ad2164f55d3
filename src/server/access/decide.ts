import type { Permission } from '../../contracts/permissions.ts'
import type { Role } from '../../contracts/roles.ts'
import { Fault } from '../fault.ts'
import type { Actor } from './actor.ts'

/** What is acted on, as it is stored. Leave out what it has not. */
export interface Target {
  /** Every platform it belongs to; the actor must reach all of them. Empty or absent: it belongs to none. */
  platformIds?: readonly string[]
  /** Who made it. */
  owner?: string
  /** It is not done yet. */
  isOpen?: boolean
}

export interface Decision {
  allowed: boolean
  /** Can be shown to the person. */
  because: string
}

/** May this actor do this to that? Pure, and the only place that says yes. Anything unforeseen is a no. */
export function decide(actor: Actor, permission: Permission, target: Target = {}): Decision {
  const scope = actor.scopes.get(permission)
  if (scope === undefined) return no(`You need the permission ${permission}.`)
  if (scope.everywhere) return yes('everywhere')
  const platformIds = target.platformIds ?? []
  if (platformIds.length > 0 && platformIds.every((id) => scope.platform_ids.includes(id))) return yes('your platform')
  const isOwn = target.owner !== undefined && target.owner === actor.id
  if (isOwn && scope.own) return yes('your own')
  if (isOwn && scope.own_open && target.isOpen === true) return yes('your own, still open')
  return no(`Your permission ${permission} does not reach this.`)
}

/** @throws Fault `forbidden` */
export function demand(actor: Actor, permission: Permission, target: Target = {}): void {
  const decision = decide(actor, permission, target)
  if (!decision.allowed) throw forbidden(permission, decision.because)
}

export const forbidden = (permission: Permission, because: string) =>
  new Fault('forbidden', `${because} An administrator can grant it.`, { cause: new RefusedPermission(permission) })

/** Carries the permission to the log and the counter, which the person need not parse from a sentence. */
export class RefusedPermission extends Error {
  readonly permission: Permission
  constructor(permission: Permission) {
    super(permission)
    this.permission = permission
  }
}

/** For lists: everything, or only these platforms. Filter in the query with it, never after paging. */
export function visiblePlatforms(actor: Actor, permission: Permission): 'all' | readonly string[] {
  const scope = actor.scopes.get(permission)
  if (scope === undefined) return []
  return scope.everywhere ? 'all' : scope.platform_ids
}

/** Whether the actor may know that something on this platform exists. */
export function canSee(actor: Actor, permission: Permission, platformId: string): boolean {
  const visible = visiblePlatforms(actor, permission)
  return visible === 'all' || visible.includes(platformId)
}

/** Is the actor bound to this role everywhere, or on this platform? For rules that are told in roles, as workflows are. */
export const holds = (actor: Actor, role: Role, platformId: string | null): boolean =>
  actor.grants.some((grant) => grant.role === role && (grant.platform_id === null || grant.platform_id === platformId))

const yes = (because: string): Decision => ({ allowed: true, because })
const no = (because: string): Decision => ({ allowed: false, because })
