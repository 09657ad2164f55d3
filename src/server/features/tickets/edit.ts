import { answerErrors, templateOf } from '../../../contracts/request-templates.ts'
import type { WorkItem, WorkItemEdit } from '../../../contracts/tickets.ts'
import { demand } from '../../access/decide.ts'
import { notFound, versionConflict } from '../../fault.ts'
import type { Verb } from '../../verb.ts'
import { invalidBody, refuseUnknownPlatform } from './open.ts'
import { maySee, reach, targetOf } from './reach.ts'
import { needsFor, voidApproval, voidsApproval } from './rules/edit.ts'
import { principalOf } from './rules/principal.ts'
import type { TicketsStore } from './store.ts'

/** Changes fields. Each field has the permission that it needs; what was approved and changes, is to be approved again. */
export const editItem =
  (store: TicketsStore): Verb<'workItemEdit'> =>
  async (ctx, { params, body: { expected_version, ...asked } }) => {
    const item = store.item(params.id)
    if (item === null || !maySee(ctx.actor, item)) throw notFound()
    for (const permission of needsFor(asked)) demand(ctx.actor, permission, targetOf(item))
    const changes = {
      ...asked,
      ...(typeof asked.assigned_to === 'string' && { assigned_to: principalOf(asked.assigned_to) }),
    }
    if (changes.platform_id !== undefined && changes.platform_id !== item.platform_id) {
      refuseUnknownPlatform(store, ctx.actor, changes.platform_id)
      demand(ctx.actor, 'work_item.triage', targetOf({ ...item, platform_id: changes.platform_id }))
    }
    if (item.version !== expected_version) throw versionConflict(item)
    refuseMisfits(item, changes)
    const voided = voidsApproval(item, changes) ? voidApproval(item, ctx.now) : {}
    return store.saveItem(ctx, 'work_item.edit', item, { ...changes, ...voided })
  }

/** Soft: the history stays, lists and searches do not show it any more. */
export const deleteItem =
  (store: TicketsStore): Verb<'workItemDelete'> =>
  async (ctx, { params, query }) => {
    const item = reach(store, ctx.actor, 'work_item.delete', params.id)
    if (item.version !== query.expected_version) throw versionConflict(item)
    return store.removeItem(ctx, item)
  }

/** @throws Fault `validation_error` for what this type of item does not have */
function refuseMisfits(item: WorkItem, changes: Omit<WorkItemEdit, 'expected_version'>): void {
  const errors: Record<string, string> = {}
  if (typeof changes.severity === 'string' && item.item_type !== 'INCIDENT') errors.severity = 'only incidents have one'
  if (changes.answers !== undefined) {
    const template = templateOf(item.template)
    if (template === undefined) errors.answers = 'only requests made from a template have them'
    else
      for (const [key, wrong] of Object.entries(answerErrors(template, changes.answers)))
        errors[`answers.${key}`] = wrong
  }
  if (typeof changes.due_at === 'string' && Number.isNaN(Date.parse(changes.due_at)))
    errors.due_at = 'is not a real date'
  if (Object.keys(errors).length > 0) throw invalidBody(errors)
}
