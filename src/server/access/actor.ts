import type { Scope } from '../../contracts/access.ts'
import type { Permission } from '../../contracts/permissions.ts'
import type { Role } from '../../contracts/roles.ts'

export interface Grant {
  role: Role
  /** Null is everywhere. */
  platform_id: string | null
}

/** Who acts. Made once per request by identity, or by `systemActor` for the portal's own doings. */
export interface Actor {
  kind: 'user' | 'token' | 'system'
  /** What is written as created_by and updated_by. */
  id: string
  user: string | null
  email: string | null
  name: string | null
  groups: readonly string[]
  grants: readonly Grant[]
  /** Permission to how far it reaches; absent is refused. */
  scopes: ReadonlyMap<Permission, Scope>
  /** Equal for two actors that may see exactly the same things; part of the response cache's key. */
  visibility: string
}
