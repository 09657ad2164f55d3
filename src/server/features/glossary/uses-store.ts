import type { TermRef } from '../../../contracts/glossary-ref.ts'
import { type TermUses, USES_MAX } from '../../../contracts/glossary-uses.ts'
import type { Permission } from '../../../contracts/permissions.ts'
import type { RoadmapRef } from '../../../contracts/roadmap-ref.ts'
import type { WorkItemRef } from '../../../contracts/tickets.ts'
import type { Actor } from '../../access/actor.ts'
import { visiblePlatforms } from '../../access/decide.ts'
import type { Local } from '../../storage/local/open.ts'
import { isFound, matchAnyOf } from '../../storage/local/search.ts'
import { among, type Condition, together } from '../../storage/repository.ts'
import { fromInstant, toInstant } from '../../time.ts'

interface Sought {
  id: string
  term: string
  synonyms: readonly string[]
}

/** Where words of the glossary stand, by the same index that the search asks. */
export const createUsesStore = (local: Local) => ({
  /** Each kind as far as the actor may read it. */
  usesOf(actor: Actor, now: number, { id, term, synonyms }: Sought): TermUses {
    const words = [...new Set([term, ...synonyms])]
    const match = matchAnyOf(words)
    const uses = <Ref>(permission: Permission, source: Source) =>
      actor.scopes.has(permission) ? usesIn<Ref>(local, match, source) : null
    return {
      words,
      tickets: uses<WorkItemRef>('work_item.read', {
        table: 'work_items',
        columns: 'id, item_type, title, state, category',
        where: [among('platform_id', visiblePlatforms(actor, 'work_item.read'))],
        order: NEWEST_FIRST,
      }),
      messages: uses<NonNullable<TermUses['messages']>['items'][number]>('message.read', {
        table: 'status_messages',
        columns: 'id, title, state',
        where: [readableMessages(actor, now)],
        order: NEWEST_FIRST,
      }),
      roadmap: uses<RoadmapRef>('roadmap.read', {
        table: 'roadmap_items',
        columns: 'id, title, phase, target_quarter',
        where: [among('platform_id', visiblePlatforms(actor, 'roadmap.read'))],
        order: NEWEST_FIRST,
      }),
      terms: uses<TermRef>('glossary.read', {
        table: 'glossary_terms',
        columns: 'id, term, domain, status',
        where: [{ sql: 'id <> :self', params: { self: id } }],
        order: 'term_key, id',
      }),
    }
  },
  /** When a message's window next opens or closes. Milliseconds; Infinity when none does. */
  messagesChangeAt(now: number): number {
    const next = local.get<{ at: string | null }>(
      `SELECT min(at) AS at FROM (
         SELECT start_at AS at FROM status_messages WHERE state = 'published' AND is_deleted = 0 AND start_at > :now
         UNION ALL SELECT end_at FROM status_messages WHERE state = 'published' AND is_deleted = 0 AND end_at > :now)`,
      { now: toInstant(now) },
    )
    return next?.at ? fromInstant(next.at) : Number.POSITIVE_INFINITY
  },
})

interface Source {
  table: 'work_items' | 'status_messages' | 'roadmap_items' | 'glossary_terms'
  columns: string
  where: readonly Condition[]
  order: string
}

/** Numbered as they came, so that the newest are found without sorting all. */
const NEWEST_FIRST = 'seq DESC'

function usesIn<Ref>(
  local: Local,
  match: string | null,
  { table, columns, where, order }: Source,
): { total: number; items: Ref[] } {
  if (match === null) return { total: 0, items: [] }
  const narrowed = together(where)
  const from = `FROM ${table} WHERE is_deleted = 0 AND ${isFound(table)} AND ${narrowed.where}`
  const params = { ...narrowed.params, match }
  return {
    total: local.get<{ n: number }>(`SELECT count(*) AS n ${from}`, params)?.n ?? 0,
    items: local.all<Ref & Record<string, unknown>>(
      `SELECT ${columns} ${from} ORDER BY ${order} LIMIT ${USES_MAX}`,
      params,
    ),
  }
}

/** What the list of messages shows this reader; a test holds the two against each other. */
function readableMessages(actor: Actor, now: number): Condition {
  const readable = visiblePlatforms(actor, 'message.read')
  const unpublished = visiblePlatforms(actor, 'message.read_unpublished')
  if (unpublished === 'all') return null
  const about = (name: string) =>
    `EXISTS (SELECT 1 FROM json_each(platform_ids) WHERE value IN (SELECT value FROM json_each(:${name})))`
  const isRead = readable === 'all' ? 'true' : `(json_array_length(platform_ids) = 0 OR ${about('readable')})`
  return {
    sql: `(state = 'published' AND start_at <= :now AND (end_at IS NULL OR end_at > :now) AND ${isRead}) OR ${about('unpublished')}`,
    params: {
      now: toInstant(now),
      unpublished: JSON.stringify(unpublished),
      ...(readable !== 'all' && { readable: JSON.stringify(readable) }),
    },
  }
}
