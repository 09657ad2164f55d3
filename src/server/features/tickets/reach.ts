import type { Permission } from '../../../contracts/permissions.ts'
import type { WorkItem } from '../../../contracts/tickets.ts'
import type { Who } from '../../../contracts/workflows.ts'
import type { Actor } from '../../access/actor.ts'
import { decide, demand, holds, type Target } from '../../access/decide.ts'
import { notFound } from '../../fault.ts'
import type { Facts } from './rules/transition.ts'
import type { TicketsStore } from './store.ts'

/** What access looks at. */
export const targetOf = (item: Pick<WorkItem, 'platform_id' | 'created_by' | 'category'>): Target => ({
  platformIds: item.platform_id === null ? [] : [item.platform_id],
  owner: item.created_by,
  isOpen: item.category !== 'done',
})

export const maySee = (actor: Actor, item: Pick<WorkItem, 'platform_id' | 'created_by' | 'category'>): boolean =>
  decide(actor, 'work_item.read', targetOf(item)).allowed

/**
 * Loads an item for a purpose.
 * @throws Fault `not_found` for what the actor may not even see; `forbidden` for what they may see but not do this to
 */
export function reach(store: TicketsStore, actor: Actor, permission: Permission, id: string): WorkItem {
  const item = store.item(id)
  if (item === null || !maySee(actor, item)) throw notFound()
  demand(actor, permission, targetOf(item))
  return item
}

/** What the workflow looks at, for this caller and this item as it is now. */
export function factsOf(store: TicketsStore, actor: Actor, item: WorkItem): Facts {
  const decision = decide(actor, 'work_item.transition', targetOf(item))
  return {
    item,
    who: decision.allowed ? whoIs(actor, item) : [],
    because: decision.because,
    callerId: actor.id,
    staffHasActed: store.staffHasActed(item.id, item.created_by),
    othersTookPart: store.othersTookPart(item.id, item.created_by),
  }
}

function whoIs(actor: Actor, item: WorkItem): Who[] {
  const who: Who[] = []
  if (item.created_by === actor.id) who.push('A')
  if (holds(actor, 'triager', item.platform_id)) who.push('T')
  if (item.platform_id !== null && holds(actor, 'service_owner', item.platform_id)) who.push('S')
  if (holds(actor, 'admin', item.platform_id)) who.push('X')
  return who
}
