import { LIMIT_DEFAULT } from '../../../contracts/primitives.ts'
import type { RoadmapItem, RoadmapRecord } from '../../../contracts/roadmap.ts'
import type { Actor } from '../../access/actor.ts'
import { canSee, decide, demand } from '../../access/decide.ts'
import { invalid, notFound } from '../../fault.ts'
import type { Verbs } from '../../verb.ts'
import { moveItem, rankAt } from './move.ts'
import { maySee, reachCurrent, reasonFor, targetOf } from './reach.ts'
import type { RoadmapStore } from './store.ts'

type Names =
  | 'roadmapList'
  | 'roadmapThemes'
  | 'roadmapCreate'
  | 'roadmapRead'
  | 'roadmapEdit'
  | 'roadmapDelete'
  | 'roadmapMove'

/** What is being worked on, what comes next, what later: curated by hand, linked with tickets. */
export function roadmapVerbs(store: RoadmapStore): Verbs<Names> {
  const counted = (record: RoadmapRecord): RoadmapItem => {
    const [item] = store.withCounts([record])
    if (item === undefined) throw new Error('One record in, one item out')
    return item
  }

  return {
    roadmapList(ctx, { query: { limit = LIMIT_DEFAULT, cursor, ...filter } }) {
      const { items, ...rest } = store.list(ctx.actor, filter, { limit, ...(cursor !== undefined && { cursor }) })
      return { items: store.withCounts(items), ...rest }
    },

    roadmapThemes: (ctx) => ({ items: store.themes(ctx.actor) }),

    roadmapRead(ctx, { params }) {
      const item = store.item(params.id)
      if (item === null || !maySee(ctx.actor, item)) throw notFound()
      const tickets = store
        .linkedTickets(item)
        .filter((ticket) => decide(ctx.actor, 'work_item.read', targetOf(ticket)).allowed)
      return { ...counted(item), work_items: tickets.map(({ platform_id, ...ref }) => ref) }
    },

    async roadmapCreate(ctx, { body }) {
      const fields = {
        target_quarter: null,
        description: '',
        platform_id: null,
        owner: '',
        work_item_ids: [],
        ...body,
        slips: [],
      }
      refuseUnknown(store, ctx.actor, fields, [])
      demand(ctx.actor, 'roadmap.write', targetOf(fields))
      const places = store.places(body.phase)
      // Appending never runs out of room; only its length can, and a move makes the ranks anew then.
      const rank = rankAt(places, places.length) ?? `${places.at(-1)?.rank ?? ''}V`
      return counted(await store.create(ctx, { ...fields, rank }))
    },

    async roadmapEdit(ctx, { params, body: { expected_version, reason, ...changes } }) {
      const item = reachCurrent(store, ctx.actor, params.id, expected_version)
      const next = { ...item, ...changes }
      refuseUnknown(store, ctx.actor, changes, item.work_item_ids)
      demand(ctx.actor, 'roadmap.write', targetOf(next))
      const past = reasonFor(item, next, ctx, reason)
      return counted(await store.save(ctx, 'roadmap.edit', item, { ...changes, ...past }))
    },

    async roadmapDelete(ctx, { params, query }) {
      return counted(await store.remove(ctx, reachCurrent(store, ctx.actor, params.id, query.expected_version)))
    },

    roadmapMove: moveItem(store),
  }
}

/** Links that are there already may stay, also when their ticket is gone. */
function refuseUnknown(
  store: RoadmapStore,
  actor: Actor,
  { platform_id, work_item_ids = [] }: { platform_id?: string | null; work_item_ids?: readonly string[] },
  linked: readonly string[],
): void {
  if (
    typeof platform_id === 'string' &&
    !(canSee(actor, 'platform.read', platform_id) && store.platformIsThere(platform_id))
  )
    throw invalid({ 'body.platform_id': 'is not a platform' })
  for (const [i, id] of work_item_ids.entries()) {
    if (linked.includes(id)) continue
    const ticket = store.ticketPlatform(id)
    if (ticket === undefined || !decide(actor, 'work_item.read', targetOf(ticket)).allowed)
      throw invalid({ [`body.work_item_ids.${i}`]: 'is not a ticket' })
  }
}
