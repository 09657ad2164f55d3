import { matrix, permissions } from '../../../contracts/permissions.ts'
import { personRoles, roles } from '../../../contracts/roles.ts'
import type { Verbs } from '../../verb.ts'

/** Who the caller is, what they may do, and the matrix that says so. */
export function meVerbs(options: { isLocal: boolean }): Verbs<'me' | 'permissionMatrix'> {
  return {
    me: ({ actor }) => ({
      id: actor.id,
      email: actor.email,
      name: actor.name,
      groups: [...actor.groups],
      roles: [...actor.grants],
      permissions: Object.fromEntries(actor.scopes),
      persona: options.isLocal ? (personRoles.find((role) => actor.id === `${role}@localhost`) ?? null) : null,
      can_switch_persona: options.isLocal,
    }),
    permissionMatrix: () => ({
      roles: [...roles],
      permissions: permissions.map((permission) => ({
        permission,
        reach: Object.fromEntries(Object.entries(matrix[permission]).map(([role, reach]) => [role, [...reach]])),
      })),
    }),
  }
}
