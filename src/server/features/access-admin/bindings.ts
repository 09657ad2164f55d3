import type { RoleBinding } from '../../../contracts/access.ts'
import { platformRoles } from '../../../contracts/roles.ts'
import type { Actor, Grant } from '../../access/actor.ts'
import { isGlobalAdmin } from '../../access/bindings.ts'
import { scopesOf } from '../../access/scopes.ts'
import { Fault, invalid, notFound, versionConflict } from '../../fault.ts'
import type { Verbs } from '../../verb.ts'
import type { AccessStore } from './store.ts'

type Names = 'roleBindingList' | 'roleBindingCreate' | 'roleBindingDelete'

/** Who is bound to what. */
export function bindingVerbs(store: AccessStore): Verbs<Names> {
  // One removal at a time: two admins that remove each other at once must leave one.
  let removal: Promise<unknown> = Promise.resolve()

  return {
    roleBindingList: (_ctx, { query }) => store.listBindings(query),

    async roleBindingCreate(ctx, { body }) {
      const binding = {
        ...body,
        principal: canonical(body.principal_kind, body.principal),
        platform_id: body.platform_id ?? null,
      }
      refuseWrongScope(binding, store)
      refuseEscalation(ctx.actor, binding)
      const same = store.sameBinding(binding)
      if (same !== null) throw new Fault('duplicate', 'This binding is already there.', { details: { current: same } })
      return store.createBinding(ctx, 'role_binding.create', binding)
    },

    roleBindingDelete(ctx, { params, query }) {
      const removed = removal.then(async () => {
        const binding = store.binding(params.id)
        if (binding === null) throw notFound()
        if (binding.version !== query.expected_version) throw versionConflict(binding)
        return isGlobalAdmin(binding)
          ? store.deleteBindingBeside(ctx, binding, anotherAdmin(binding, store))
          : store.deleteBinding(ctx, binding)
      })
      removal = removed.catch(() => undefined)
      return removed
    },
  }
}

const canonical = (kind: RoleBinding['principal_kind'], principal: string) =>
  kind === 'user' ? principal.normalize('NFC').trim().toLowerCase() : principal.normalize('NFC').trim()

function refuseWrongScope(binding: Pick<RoleBinding, 'role' | 'platform_id'>, store: AccessStore): void {
  if (platformRoles.includes(binding.role) && binding.platform_id === null) {
    throw invalid({ 'body.platform_id': 'is required: a service owner owns a platform' })
  }
  if (binding.platform_id !== null && !store.platformIds().includes(binding.platform_id)) {
    throw invalid({ 'body.platform_id': 'is not a platform' })
  }
}

/** @throws Fault `forbidden` when the grant holds anything that the actor does not hold */
export function refuseEscalation(actor: Actor, grant: Grant): void {
  for (const [permission, wanted] of scopesOf([grant])) {
    const held = actor.scopes.get(permission)
    const isHeld =
      held?.everywhere === true ||
      (held !== undefined && !wanted.everywhere && wanted.platform_ids.every((id) => held.platform_ids.includes(id)))
    if (!isHeld && !isMachineOnly(grant)) throw new Fault('forbidden', 'Nobody grants more than they hold.')
  }
}

/** An admin holds all that a machine role does, under its own name. */
const isMachineOnly = ({ role }: Grant) => role === 'ingestor' || role === 'scraper'

/**
 * The admin that stays, the same one for whoever asks: all removals meet there.
 * Group bindings do not count: a group may be empty, and then nobody could let anybody in again.
 */
function anotherAdmin(leaving: RoleBinding, store: AccessStore): RoleBinding {
  const [first] = store
    .allBindings()
    .filter((binding) => isGlobalAdmin(binding) && binding.principal_kind === 'user' && binding.id !== leaving.id)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  if (first === undefined) throw new Fault('last_admin', 'This is the last administrator. Make another one first.')
  return first
}
