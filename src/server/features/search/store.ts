import type { Found, FoundKind } from '../../../contracts/search.ts'
import type { Actor } from '../../access/actor.ts'
import { visiblePlatforms } from '../../access/decide.ts'
import type { Local } from '../../storage/local/open.ts'
import { among, together } from '../../storage/repository.ts'

/** Of each kind at most this many, so that one kind never hides the others. */
const EACH_MAX = 10

interface Kind {
  kind: FoundKind
  table: 'platforms' | 'work_items' | 'roadmap_items' | 'glossary_terms'
  /** SQL for the title and for what tells it from others. */
  title: string
  context: string
  /** The column that scopes go by; null when everybody who may read one may read all. */
  platform: 'id' | 'platform_id' | null
  permission: 'platform.read' | 'work_item.read' | 'roadmap.read' | 'glossary.read'
  only?: string
}

const kinds: readonly Kind[] = [
  {
    kind: 'platform',
    table: 'platforms',
    title: 'name',
    context: 'domain',
    platform: 'id',
    permission: 'platform.read',
    only: 'is_retired = 0',
  },
  {
    kind: 'ticket',
    table: 'work_items',
    title: 'title',
    context: "item_type || ' ' || state",
    platform: 'platform_id',
    permission: 'work_item.read',
  },
  {
    kind: 'roadmap',
    table: 'roadmap_items',
    title: 'title',
    context: "phase || coalesce(' ' || target_quarter, '')",
    platform: 'platform_id',
    permission: 'roadmap.read',
  },
  {
    kind: 'term',
    table: 'glossary_terms',
    title: 'term',
    context: `domain || CASE status WHEN 'active' THEN '' ELSE ', ' || status END || coalesce(', say ' ||
      (SELECT s.term FROM glossary_terms s WHERE s.id = glossary_terms.replaced_by AND s.is_deleted = 0) || ' instead', '')`,
    platform: null,
    permission: 'glossary.read',
  },
]

/** One question to every kind that the actor may read. */
export const createSearchStore = (local: Local) => ({
  /** Those whose title has every word before the others; within both, kind by kind in turn, best first. */
  find(actor: Actor, text: string): Found[] {
    const lists = kinds
      .filter(({ permission }) => actor.scopes.has(permission))
      .map((kind) => ofKind(local, actor, kind, text))
    const words = wordsOf(text)
    const isInTitle = ({ title }: Found) => words.every((word) => fold(title).includes(word))
    const inTurn = Array.from({ length: EACH_MAX }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat()
    return [...inTurn.filter(isInTitle), ...inTurn.filter((found) => !isInTitle(found))]
  },
})

export type SearchStore = ReturnType<typeof createSearchStore>

function ofKind(local: Local, actor: Actor, kind: Kind, text: string): Found[] {
  const visible = kind.platform === null ? 'all' : visiblePlatforms(actor, kind.permission)
  const { where, params } = together([
    kind.only === undefined ? null : { sql: kind.only },
    kind.platform === null ? null : among(kind.platform, visible),
  ])
  const ids = local.search(kind.table, text, { limit: EACH_MAX, where, params })
  const rows = local.all<{ id: string; title: string; context: string }>(
    `SELECT id, ${kind.title} AS title, ${kind.context} AS context FROM ${kind.table}
       WHERE id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(ids)],
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    return row === undefined ? [] : [{ kind: kind.kind, ...row }]
  })
}

/** As full-text search folds: case and accents do not matter. */
const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
const wordsOf = (text: string) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
