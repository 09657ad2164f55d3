import { LIMIT_DEFAULT } from '../../../contracts/primitives.ts'
import {
  DUPLICATES_SHOWN_MAX,
  SIMILAR_MAX,
  WATCHERS_SHOWN_MAX,
  type WorkItemRef,
  type WorkItemSummary,
} from '../../../contracts/tickets.ts'
import type { Actor } from '../../access/actor.ts'
import { decide } from '../../access/decide.ts'
import { invalid } from '../../fault.ts'
import type { Verbs } from '../../verb.ts'
import type { CountedItem } from './item-store.ts'
import { factsOf, maySee, reach } from './reach.ts'
import { eventsOf } from './rules/events.ts'
import { requestTemplatesReply } from './rules/templates.ts'
import { transitionOptions } from './rules/transition.ts'
import type { TicketsStore } from './store.ts'
import type { Relation } from './vote-store.ts'

type Names = 'workItemList' | 'workItemRead' | 'workItemEvents' | 'workItemSimilar' | 'requestTemplates'

export function readVerbs(store: TicketsStore): Verbs<Names> {
  return {
    workItemList(ctx, { query: { limit = LIMIT_DEFAULT, cursor, ...filter } }) {
      const { items, ...rest } = store.listItems(ctx.actor, filter, { limit, cursor })
      const relations = store.relations(
        ctx.actor.id,
        items.map(({ id }) => id),
      )
      return { items: items.map((item) => summaryOf(item, relations.get(item.id))), ...rest }
    },

    workItemRead(ctx, { params }) {
      const item = reach(store, ctx.actor, 'work_item.read', params.id)
      const watchers = store.watchers(item.id)
      return {
        ...store.countedItem(item),
        ...(store.relations(ctx.actor.id, [item.id]).get(item.id) ?? stranger),
        watchers: watchers.slice(0, WATCHERS_SHOWN_MAX),
        watcher_count: watchers.length,
        duplicate_of_item: originalOf(store, ctx.actor, item.duplicate_of),
        duplicates: store
          .duplicatesOf(item.id, DUPLICATES_SHOWN_MAX)
          .filter((duplicate) => maySee(ctx.actor, { ...duplicate, created_by: '' }))
          .map(({ platform_id, ...ref }) => ref),
        roadmap_items: store
          .plannedIn(item.id)
          .filter((planned) => decide(ctx.actor, 'roadmap.read', platformOf(planned)).allowed)
          .map(({ platform_id, ...ref }) => ref),
        allowed_transitions: transitionOptions(factsOf(store, ctx.actor, item)),
      }
    },

    workItemEvents(ctx, { params, query: { limit = LIMIT_DEFAULT, cursor } }) {
      const item = reach(store, ctx.actor, 'work_item.read', params.id)
      const events = eventsOf(store.versionsOf(item.id))
      const start = cursor === undefined ? 0 : 1 + events.findIndex(({ id }) => id === cursor)
      if (cursor !== undefined && start === 0) throw invalid({ 'query.cursor': 'is not a cursor of this list' })
      const items = events.slice(start, start + limit)
      const isLast = start + limit >= events.length
      return { items, next_cursor: isLast ? null : (items.at(-1)?.id ?? null), total: events.length }
    },

    workItemSimilar(ctx, { query }) {
      const found = store.similarItems(ctx.actor, query.title, query.item_type).slice(0, SIMILAR_MAX)
      const relations = store.relations(
        ctx.actor.id,
        found.map(({ item }) => item.id),
      )
      return {
        items: found.map(({ item, score }) => ({
          ...refOf(item),
          platform_id: item.platform_id,
          votes: item.votes,
          voted: relations.get(item.id)?.voted ?? false,
          created_at: item.created_at,
          score,
        })),
      }
    },

    requestTemplates: () => requestTemplatesReply,
  }
}

const platformOf = ({ platform_id }: { platform_id: string | null }) => ({
  platformIds: platform_id === null ? [] : [platform_id],
})

const stranger: Relation = { voted: false, watching: false }

function summaryOf(item: CountedItem, relation: Relation = stranger): WorkItemSummary {
  const { description, answers, state_note, ...summary } = item
  return { ...summary, ...relation }
}

function originalOf(store: TicketsStore, actor: Actor, id: string | null): WorkItemRef | null {
  const original = id === null ? null : store.item(id)
  return original === null || !maySee(actor, original) ? null : refOf(original)
}

const refOf = ({ id, item_type, title, state, category }: WorkItemRef): WorkItemRef => ({
  id,
  item_type,
  title,
  state,
  category,
})
