import { idOf } from '../../storage/ids.ts'
import type { Local } from '../../storage/local/open.ts'
import type { Doing } from '../../storage/provenance.ts'
import type { Repository } from '../../storage/repository.ts'

/** What a person has to do with an item. */
export interface Relation {
  voted: boolean
  watching: boolean
}

/** Whether `:me` voted for, or follows, the row of work_items that is looked at. */
const votedFor = (id: string) =>
  `EXISTS (SELECT 1 FROM work_item_votes v WHERE v.voter = :me AND v.work_item_id = ${id} AND v.is_deleted = 0)`
export const HAS_VOTED = votedFor('work_items.id')
const follows = (table: string) =>
  `coalesce((SELECT is_watching FROM work_item_watches w
     WHERE w.watcher = :me AND w.work_item_id = ${table}.id AND w.is_deleted = 0), ${takesPart(table)})`
export const IS_WATCHING = follows('work_items')

/** Whoever takes part follows it, unless they said otherwise; others follow it when they said so. Wants `:me`. */
function takesPart(table: string): string {
  return `(${table}.created_by = :me OR coalesce(${table}.assigned_to = :me, 0) OR ${votedFor(`${table}.id`)}
    OR EXISTS (SELECT 1 FROM work_item_comments c WHERE c.created_by = :me AND c.work_item_id = ${table}.id AND c.is_deleted = 0))`
}

/** Ids of what `:me` voted for, and of what `:me` follows, for a list's `where`. */
export const VOTED = 'SELECT work_item_id FROM work_item_votes WHERE voter = :me AND is_deleted = 0'
export const WATCHED = `SELECT work_item_id FROM (
    SELECT work_item_id FROM work_item_watches WHERE watcher = :me AND is_deleted = 0 AND is_watching = 1
    UNION SELECT id FROM work_items WHERE created_by = :me
    UNION SELECT id FROM work_items WHERE assigned_to = :me
    UNION ${VOTED}
    UNION SELECT work_item_id FROM work_item_comments WHERE created_by = :me AND is_deleted = 0)
  EXCEPT SELECT work_item_id FROM work_item_watches WHERE watcher = :me AND is_deleted = 0 AND is_watching = 0`

export const createVoteStore = (
  votes: Repository<'work_item_votes'>,
  watches: Repository<'work_item_watches'>,
  local: Local,
) => ({
  votesOf: (itemId: string): number =>
    local.get<{ votes: number }>(
      'SELECT count(*) AS votes FROM work_item_votes WHERE work_item_id = ? AND is_deleted = 0',
      [itemId],
    )?.votes ?? 0,
  hasVoted: (itemId: string, voter: string): boolean => votes.find(idOf('vote', itemId, voter)) !== null,
  /** Repeating it changes nothing; two at once make one. */
  async vote(doing: Doing, itemId: string): Promise<void> {
    const id = idOf('vote', itemId, doing.actor.id)
    const known = votes.version(id)
    if (known !== null && !known.is_deleted) return
    const natural = { id, expectedVersion: known?.version ?? 0 }
    await votes.create(doing, 'work_item.vote', { work_item_id: itemId, voter: doing.actor.id }, natural)
  },
  async unvote(doing: Doing, itemId: string): Promise<void> {
    const vote = votes.find(idOf('vote', itemId, doing.actor.id))
    if (vote !== null) await votes.remove(doing, 'work_item.unvote', vote)
  },
  async watch(doing: Doing, itemId: string, isWatching: boolean): Promise<void> {
    const id = idOf('watch', itemId, doing.actor.id)
    const action = isWatching ? 'work_item.watch' : 'work_item.unwatch'
    const known = watches.find(id)
    const fields = { work_item_id: itemId, watcher: doing.actor.id, is_watching: isWatching }
    if (known === null) await watches.create(doing, action, fields, { id, expectedVersion: 0 })
    else await watches.update(doing, action, known, fields)
  },
  relations(me: string, itemIds: readonly string[]): Map<string, Relation> {
    const rows = local.all<{ id: string; voted: number; watching: number }>(
      `SELECT i.id,
         ${votedFor('i.id')} AS voted, ${follows('i')} AS watching
       FROM work_items i WHERE i.id IN (SELECT value FROM json_each(:ids))`,
      { me, ids: JSON.stringify(itemIds) },
    )
    return new Map(rows.map(({ id, voted, watching }) => [id, { voted: voted === 1, watching: watching === 1 }]))
  },
  /** Everybody who follows it, by name. */
  watchers: (itemId: string): string[] =>
    local
      .all<{ person: string }>(
        `SELECT person FROM (
           SELECT created_by AS person FROM work_items WHERE id = :item
           UNION SELECT assigned_to FROM work_items WHERE id = :item AND assigned_to IS NOT NULL
           UNION SELECT voter FROM work_item_votes WHERE work_item_id = :item AND is_deleted = 0
           UNION SELECT created_by FROM work_item_comments WHERE work_item_id = :item AND is_deleted = 0
           UNION SELECT watcher FROM work_item_watches WHERE work_item_id = :item AND is_deleted = 0 AND is_watching = 1)
         EXCEPT SELECT watcher FROM work_item_watches WHERE work_item_id = :item AND is_deleted = 0 AND is_watching = 0
         ORDER BY person`,
        { item: itemId },
      )
      .map(({ person }) => person),
  /** Whether anybody but its author voted or commented. */
  othersTookPart: (itemId: string, author: string): boolean =>
    local.get(
      `SELECT 1 FROM work_item_votes WHERE work_item_id = :item AND voter <> :author AND is_deleted = 0
       UNION ALL SELECT 1 FROM work_item_comments WHERE work_item_id = :item AND created_by <> :author AND is_deleted = 0
       LIMIT 1`,
      { item: itemId, author },
    ) !== undefined,
  /** Whether anybody but its author changed it, or somebody on staff commented. */
  staffHasActed: (itemId: string, author: string): boolean =>
    local.get(
      `SELECT 1 FROM work_items WHERE id = :item AND updated_by <> :author
       UNION ALL SELECT 1 FROM work_items_history WHERE id = :item AND updated_by <> :author
       UNION ALL SELECT 1 FROM work_item_comments WHERE work_item_id = :item AND by_staff = 1 AND created_by <> :author
       LIMIT 1`,
      { item: itemId, author },
    ) !== undefined,
})
