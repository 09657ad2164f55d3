import { isGlobalAdmin, systemActor } from '../../access/bindings.ts'
import type { AccessStore } from './store.ts'

/**
 * Makes the first admins while there is none; never over HTTP, and recorded as the portal's own doing.
 * Answers whom it made admin.
 */
export async function bootstrapAdmins(
  principals: readonly string[],
  store: AccessStore,
  now: number,
  requestId: string,
): Promise<readonly string[]> {
  const hasAdmin = store.allBindings().some((binding) => isGlobalAdmin(binding) && binding.principal_kind === 'user')
  if (hasAdmin) return []
  const doing = { actor: systemActor('bootstrap'), now, requestId }
  for (const principal of principals) {
    await store.createBinding(doing, 'role_binding.bootstrap', {
      principal_kind: 'user',
      principal: principal.toLowerCase(),
      role: 'admin',
      platform_id: null,
    })
  }
  return principals
}
