import type { Page } from '../../../contracts/primitives.ts'
import type { RoadmapRef } from '../../../contracts/roadmap-ref.ts'
import { type Order, type Sort, UNASSIGNED, type WorkItem, type WorkItemRef } from '../../../contracts/tickets.ts'
import type { Category, ItemState, ItemType } from '../../../contracts/workflows.ts'
import type { Actor } from '../../access/actor.ts'
import { visiblePlatforms } from '../../access/decide.ts'
import type { Local } from '../../storage/local/open.ts'
import type { Doing } from '../../storage/provenance.ts'
import { among, type Condition, equals, type Repository, together } from '../../storage/repository.ts'
import type { Records } from '../../storage/tables.ts'
import { HAS_VOTED, IS_WATCHING, VOTED, WATCHED } from './vote-store.ts'

export type ItemFields = Records['work_items']

/** What a list may be narrowed to, and its order. */
export interface ItemFilter {
  item_type?: ItemType
  state?: ItemState
  category?: Category
  done?: boolean
  platform_id?: string
  severity?: string
  assigned_to?: string
  created_by?: string
  tag?: string
  voted?: boolean
  watching?: boolean
  q?: string
  sort?: Sort
  order?: Order
}

/** An item with what is counted about it. */
export type CountedItem = WorkItem & { votes: number; comment_count: number }

const MOST_URGENT_FIRST: ReadonlySet<Sort> = new Set(['priority', 'due_at'])
const SIMILAR_OPEN_FIRST = 20

export const createItemStore = (items: Repository<'work_items'>, local: Local) => {
  const counted = (item: WorkItem, tallies: Record<string, number> | undefined): CountedItem => ({
    ...item,
    votes: tallies?.votes ?? 0,
    comment_count: tallies?.comments ?? 0,
  })

  return {
    item: (id: string): WorkItem | null => items.find(id),
    countedItem(item: WorkItem): CountedItem {
      return counted(item, local.tallies('work_items', [item.id]).get(item.id))
    },
    /** What the actor may see of what the filter asks for. */
    listItems(
      actor: Actor,
      filter: ItemFilter,
      { limit, cursor }: { limit: number; cursor?: string | undefined },
    ): Page<CountedItem> {
      const { rows, ...rest } = local.page({
        ...queryOf(actor, filter),
        ...(filter.q !== undefined && filter.sort === undefined ? {} : { order: orderOf(filter) }),
        total: totalOf(local, actor, filter),
        limit,
        cursor,
      })
      const tallies = local.tallies(
        'work_items',
        rows.map(({ id }) => id),
      )
      return {
        items: rows.map(({ is_deleted, action, request_id, actor: _, ...item }) => counted(item, tallies.get(item.id))),
        ...rest,
      }
    },
    /** Best first, and what is not done before what is. */
    similarItems(actor: Actor, title: string, itemType: ItemType | undefined): { item: CountedItem; score: number }[] {
      const { where, params } = together([
        { sql: 'is_deleted = 0' },
        among('platform_id', visiblePlatforms(actor, 'work_item.read')),
        equals('item_type', itemType),
      ])
      const found = local.similar('work_items', title, { limit: SIMILAR_OPEN_FIRST, where, params })
      const tallies = local.tallies(
        'work_items',
        found.map(({ id }) => id),
      )
      const scored = found.flatMap(({ id, score }) => {
        const item = items.find(id)
        return item === null ? [] : [{ item: counted(item, tallies.get(id)), score }]
      })
      return scored.sort((a, b) => Number(a.item.category === 'done') - Number(b.item.category === 'done'))
    },
    /** Newest first. */
    duplicatesOf: (id: string, limit: number): (WorkItemRef & { platform_id: string | null })[] =>
      items
        .all('AND duplicate_of = :id ORDER BY created_at DESC, id DESC LIMIT :limit', { id, limit })
        .map(({ id, item_type, title, state, category, platform_id }) => ({
          id,
          item_type,
          title,
          state,
          category,
          platform_id,
        })),
    /** Roadmap items that link to it, in their order. */
    plannedIn: (id: string): (RoadmapRef & { platform_id: string | null })[] =>
      local.all(
        `SELECT r.id, r.title, r.phase, r.target_quarter, r.platform_id FROM roadmap_items r
         WHERE r.is_deleted = 0 AND EXISTS (SELECT 1 FROM json_each(r.work_item_ids) WHERE value = ?)
         ORDER BY r.phase DESC, r.rank, r.id LIMIT 100`,
        [id],
      ),
    platformIsThere: (id: string): boolean =>
      local.get('SELECT 1 FROM platforms WHERE id = ? AND is_deleted = 0 AND is_retired = 0', [id]) !== undefined,
    createItem: (doing: Doing, fields: ItemFields): Promise<WorkItem> =>
      items.create(doing, 'work_item.create', fields),
    saveItem: (doing: Doing, action: string, item: WorkItem, changes: Partial<ItemFields>): Promise<WorkItem> =>
      items.update(doing, action, item, changes),
    removeItem: (doing: Doing, item: WorkItem): Promise<WorkItem> => items.remove(doing, 'work_item.delete', item),
    /** Done and not touched since; and waiting with a word from the author since. */
    dueItems: (untouchedSince: string, limit: number): WorkItem[] => [
      ...items.all(
        "AND state IN ('RESOLVED', 'FULFILLED') AND updated_at <= :since ORDER BY updated_at, id LIMIT :limit",
        {
          since: untouchedSince,
          limit,
        },
      ),
      ...items.all(
        `AND state = 'WAITING' AND EXISTS (SELECT 1 FROM work_item_comments c WHERE c.work_item_id = work_items.id
           AND c.created_by = work_items.created_by AND c.created_at > work_items.state_at AND c.is_deleted = 0)
         ORDER BY updated_at, id LIMIT :limit`,
        { limit },
      ),
    ],
    /** Every row version of an item, its comments and its votes, oldest first. */
    versionsOf(id: string) {
      const partsOf = <N extends 'work_item_comments' | 'work_item_votes'>(table: N) =>
        local
          .rows(table, 'WHERE work_item_id = ?', [id])
          .flatMap((row) => (row.version === 1 ? [row] : local.history(table, row.id)))
      return {
        items: local.history('work_items', id),
        comments: partsOf('work_item_comments'),
        votes: partsOf('work_item_votes'),
      }
    },
  }
}

const queryOf = (actor: Actor, filter: ItemFilter) => ({
  table: 'work_items' as const,
  ...together(conditionsOf(actor, filter)),
  ...(filter.q !== undefined && { match: filter.q }),
  isCounted: isCounted(filter),
})

/** Nearly everything is what somebody has not voted for, so that is told by what they have. */
function totalOf(local: Local, actor: Actor, filter: ItemFilter): number {
  for (const relation of ['voted', 'watching'] as const) {
    if (filter[relation] !== false) continue
    const { [relation]: _, ...others } = filter
    return totalOf(local, actor, others) - totalOf(local, actor, { ...others, [relation]: true })
  }
  if (filter.tag !== undefined && isTagOnly(actor, filter))
    return (
      local.get<{ n: number }>('SELECT count(*) AS n FROM work_items_tags_listed WHERE value = ?', [filter.tag])?.n ?? 0
    )
  return local.count(queryOf(actor, filter))
}

/** The listed tags are those of live items, so that nothing else has to be looked at. */
const isTagOnly = (actor: Actor, { tag, sort, order, ...others }: ItemFilter) =>
  Object.values(others).every((part) => part === undefined) && visiblePlatforms(actor, 'work_item.read') === 'all'

function conditionsOf(actor: Actor, filter: ItemFilter): Condition[] {
  return [
    among('platform_id', visiblePlatforms(actor, 'work_item.read')),
    equals('item_type', filter.item_type),
    equals('state', filter.state),
    equals('category', filter.category),
    filter.done === undefined ? null : { sql: `category ${filter.done ? '=' : '<>'} 'done'` },
    equals('platform_id', filter.platform_id),
    equals('severity', filter.severity),
    filter.assigned_to === UNASSIGNED ? { sql: 'assigned_to IS NULL' } : equals('assigned_to', filter.assigned_to),
    equals('created_by', filter.created_by),
    filter.tag === undefined
      ? null
      : {
          sql: 'id IN (SELECT id FROM work_items_tags_listed WHERE value = :tag)',
          probe: `EXISTS (SELECT 1 FROM work_items_tags_listed t WHERE t.value = :tag AND t.id = work_items.id)`,
          params: { tag: filter.tag },
        },
    related(filter.voted, VOTED, HAS_VOTED, actor),
    related(filter.watching, WATCHED, IS_WATCHING, actor),
  ]
}

const related = (wanted: boolean | undefined, all: string, here: string, { id }: Actor): Condition =>
  wanted === undefined
    ? null
    : { sql: `id ${wanted ? 'IN' : 'NOT IN'} (${all})`, probe: `${wanted ? '' : 'NOT '}${here}`, params: { me: id } }

/** Whether every condition is on columns that the store keeps counts by. */
const isCounted = ({ assigned_to, created_by, tag, voted, watching, q }: ItemFilter) =>
  (assigned_to === undefined || assigned_to === UNASSIGNED) &&
  [created_by, tag, voted, watching, q].every((part) => part === undefined)

function orderOf({ sort = 'created_at', order }: ItemFilter) {
  const direction = order ?? (MOST_URGENT_FIRST.has(sort) ? 'asc' : 'desc')
  return [{ column: sort, direction, ...(sort === 'due_at' && { nulls: 'last' as const }) }]
}
