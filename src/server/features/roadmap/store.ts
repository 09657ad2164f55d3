import type { Page } from '../../../contracts/primitives.ts'
import { type RoadmapItem, type RoadmapRecord, THEMES_MAX } from '../../../contracts/roadmap.ts'
import type { Phase } from '../../../contracts/roadmap-ref.ts'
import type { WorkItemRef } from '../../../contracts/tickets.ts'
import type { Actor } from '../../access/actor.ts'
import { visiblePlatforms } from '../../access/decide.ts'
import type { Change, Journal } from '../../storage/journal.ts'
import type { Local } from '../../storage/local/open.ts'
import { isFound, matchOf } from '../../storage/local/search.ts'
import { type Doing, provenanceOf } from '../../storage/provenance.ts'
import { fieldsOf } from '../../storage/record.ts'
import { among, createRepository, equals, type Limits, together } from '../../storage/repository.ts'
import type { Records } from '../../storage/tables.ts'

export interface RoadmapFilter {
  phase?: Phase
  theme?: string
  platform_id?: string
  quarter?: string
  q?: string
}

/** Roadmap items on disk. Demand and progress are counted from the linked tickets whenever they are read. */
export function createRoadmapStore(local: Local, journal: Journal) {
  const items = createRepository('roadmap_items', local, journal)
  return {
    item: (id: string): RoadmapRecord | null => items.find(id),

    /** In their order: now, next, later, done; then by rank. */
    list(actor: Actor, filter: RoadmapFilter, { limit, cursor }: { limit: number } & Limits): Page<RoadmapRecord> {
      const match = filter.q === undefined ? null : matchOf(filter.q)
      if (filter.q !== undefined && match === null) return { items: [], next_cursor: null, total: 0 }
      const { rows, ...rest } = local.page({
        table: 'roadmap_items',
        ...together([
          among('platform_id', visiblePlatforms(actor, 'roadmap.read')),
          equals('phase', filter.phase),
          equals('theme', filter.theme),
          equals('platform_id', filter.platform_id),
          equals('target_quarter', filter.quarter),
          match === null ? null : { sql: isFound('roadmap_items'), params: { match } },
        ]),
        // The four words happen to sort backwards.
        order: [
          { column: 'phase', direction: 'desc' },
          { column: 'rank', direction: 'asc' },
          { column: 'id', direction: 'asc' },
        ],
        limit,
        ...(cursor !== undefined && { cursor }),
      })
      return { items: rows.map(({ is_deleted, action, request_id, actor: _, ...item }) => item), ...rest }
    },

    themes(actor: Actor): { theme: string; cards: number }[] {
      const visible = visiblePlatforms(actor, 'roadmap.read')
      return local.all(
        `SELECT theme, count(*) AS cards FROM roadmap_items
         WHERE is_deleted = 0 AND (:everywhere OR platform_id IN (SELECT value FROM json_each(:platforms)))
         GROUP BY theme ORDER BY lower(theme), theme LIMIT ${THEMES_MAX}`,
        { everywhere: Number(visible === 'all'), platforms: JSON.stringify(visible === 'all' ? [] : visible) },
      )
    },

    /** Every card of the phase in order, whoever may see it. */
    places: (phase: Phase): { id: string; rank: string }[] =>
      local.all('SELECT id, rank FROM roadmap_items WHERE phase = ? AND is_deleted = 0 ORDER BY rank, id', [phase]),

    withCounts(records: readonly RoadmapRecord[]): RoadmapItem[] {
      const counts = new Map(
        local
          .all<{ id: string; total: number; done: number; demand: number }>(
            `SELECT r.id, count(DISTINCT w.id) AS total, count(DISTINCT CASE WHEN w.category = 'done' THEN w.id END) AS done,
               count(DISTINCT v.voter) AS demand
             FROM roadmap_items r JOIN json_each(r.work_item_ids) l
               JOIN work_items w ON w.id = l.value AND w.is_deleted = 0
               LEFT JOIN work_item_votes v ON v.work_item_id = w.id AND v.is_deleted = 0
             WHERE r.id IN (SELECT value FROM json_each(?)) GROUP BY r.id`,
            [JSON.stringify(records.map(({ id }) => id))],
          )
          .map((row) => [row.id, row]),
      )
      return records.map((record) => {
        const { total = 0, done = 0, demand = 0 } = counts.get(record.id) ?? {}
        return { ...record, demand, progress: { done, total } }
      })
    },

    /** The linked tickets that are there, in the order of their links. */
    linkedTickets: (record: RoadmapRecord): (WorkItemRef & { platform_id: string | null })[] =>
      local.all(
        `SELECT w.id, w.item_type, w.title, w.state, w.category, w.platform_id
         FROM json_each(?) l JOIN work_items w ON w.id = l.value AND w.is_deleted = 0 ORDER BY l.key`,
        [JSON.stringify(record.work_item_ids)],
      ),
    ticketPlatform: (id: string): { platform_id: string | null } | undefined =>
      local.get('SELECT platform_id FROM work_items WHERE id = ? AND is_deleted = 0', [id]),
    platformIsThere: (id: string): boolean =>
      local.get('SELECT 1 FROM platforms WHERE id = ? AND is_deleted = 0', [id]) !== undefined,

    create: (doing: Doing, fields: Records['roadmap_items']): Promise<RoadmapRecord> =>
      items.create(doing, 'roadmap.create', fields),
    save: (
      doing: Doing,
      action: string,
      current: RoadmapRecord,
      changes: Partial<Records['roadmap_items']>,
    ): Promise<RoadmapRecord> => items.update(doing, action, current, changes),
    remove: (doing: Doing, current: RoadmapRecord): Promise<RoadmapRecord> =>
      items.remove(doing, 'roadmap.delete', current),

    /** Gives every card of a phase a new rank in this order, and the moved one its changes, in one commit. */
    async reorder(
      doing: Doing,
      ranks: ReadonlyMap<string, string>,
      moved: RoadmapRecord,
      changes: Partial<Records['roadmap_items']>,
    ): Promise<RoadmapRecord> {
      const rows = local.rows('roadmap_items', 'WHERE id IN (SELECT value FROM json_each(?))', [
        JSON.stringify([...ranks.keys()]),
      ])
      const all: Change[] = rows.map((row) => ({
        table: 'roadmap_items',
        id: row.id,
        expectedVersion: row.id === moved.id ? moved.version : row.version,
        fields: {
          ...fieldsOf('roadmap_items', row),
          ...(row.id === moved.id && changes),
          rank: ranks.get(row.id) ?? row.rank,
        },
      }))
      await journal.commit(all, provenanceOf(doing, 'roadmap.move'))
      return items.find(moved.id) ?? moved
    },
  }
}

export type RoadmapStore = ReturnType<typeof createRoadmapStore>
