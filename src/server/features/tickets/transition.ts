import type { WorkItem, WorkItemTransition } from '../../../contracts/tickets.ts'
import type { Actor } from '../../access/actor.ts'
import { RefusedPermission } from '../../access/decide.ts'
import { Fault, versionConflict } from '../../fault.ts'
import type { Verb } from '../../verb.ts'
import { invalidBody } from './open.ts'
import { factsOf, maySee, reach } from './reach.ts'
import { principalOf } from './rules/principal.ts'
import { takeTransition } from './rules/transition.ts'
import type { TicketsStore } from './store.ts'

/**
 * Changes the state. A stale version is told before anything about the state, because it is what makes a transition
 * that was offered a moment ago unknown or forbidden now.
 */
export const moveItem =
  (store: TicketsStore): Verb<'workItemTransition'> =>
  async (ctx, { params, body: { expected_version, ...asked } }) => {
    const item = reach(store, ctx.actor, 'work_item.read', params.id)
    if (item.version !== expected_version) throw versionConflict(item)
    const request = {
      ...asked,
      ...(asked.assigned_to !== undefined && { assigned_to: principalOf(asked.assigned_to) }),
    }
    const outcome = takeTransition(factsOf(store, ctx.actor, item), request, ctx.now)
    switch (outcome.kind) {
      case 'unknown':
        throw new Fault('invalid_transition', `From ${item.state} this ticket cannot go to ${asked.to_state}.`)
      case 'forbidden':
        throw new Fault('forbidden', outcome.because, { cause: new RefusedPermission('work_item.transition') })
      case 'invalid':
        throw invalidBody(outcome.fields)
      case 'taken':
        refuseBadOriginal(store, ctx.actor, item, request)
        return store.saveItem(ctx, 'work_item.transition', item, outcome.changes)
    }
  }

/** A duplicate names the first report: there, of the same type, and not itself a duplicate. */
function refuseBadOriginal(
  store: TicketsStore,
  actor: Actor,
  item: WorkItem,
  { duplicate_of }: Pick<WorkItemTransition, 'duplicate_of'>,
): void {
  if (duplicate_of === undefined) return
  const original = store.item(duplicate_of)
  if (original === null || !maySee(actor, original)) throw invalidBody({ duplicate_of: 'is not a ticket' })
  if (original.item_type !== item.item_type) throw invalidBody({ duplicate_of: 'is a ticket of another type' })
  if (original.duplicate_of !== null)
    throw invalidBody({ duplicate_of: 'is itself a duplicate; name the ticket that it repeats' })
}
