import type { WorkItemCreate } from '../../../contracts/tickets.ts'
import type { Actor } from '../../access/actor.ts'
import { canSee, demand } from '../../access/decide.ts'
import { invalid } from '../../fault.ts'
import type { Verb } from '../../verb.ts'
import { newItem } from './rules/open.ts'
import type { TicketsStore } from './store.ts'

/** Files a ticket. */
export const openItem =
  (store: TicketsStore): Verb<'workItemCreate'> =>
  async (ctx, { body }) => {
    refuseUnknownPlatform(store, ctx.actor, body.platform_id)
    demand(ctx.actor, 'work_item.create', { platformIds: platformsOf(body) })
    const made = newItem(body, ctx.now)
    if ('invalid' in made) throw invalidBody(made.invalid)
    return store.createItem(ctx, made.fields)
  }

const platformsOf = ({ platform_id }: WorkItemCreate) => (typeof platform_id === 'string' ? [platform_id] : [])

/** One that the actor cannot see is no platform to them. */
export function refuseUnknownPlatform(store: TicketsStore, actor: Actor, platformId: string | null | undefined): void {
  if (platformId === null || platformId === undefined) return
  if (!canSee(actor, 'platform.read', platformId) || !store.platformIsThere(platformId))
    throw invalid({ 'body.platform_id': 'is not a platform' })
}

export const invalidBody = (fields: Record<string, string>) =>
  invalid(Object.fromEntries(Object.entries(fields).map(([field, wrong]) => [`body.${field}`, wrong])))
