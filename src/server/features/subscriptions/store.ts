import type { Severity } from '../../../contracts/status.ts'
import { NEWS_MAX } from '../../../contracts/subscriptions.ts'
import type { Local } from '../../storage/local/open.ts'
import type { Announcement } from './rules/announcement.ts'

export interface NewsFilter {
  severities: readonly Severity[]
  /** Platforms that the reader may see; messages to everybody are everybody's. */
  visible: 'all' | readonly string[]
  /** Only about this one, or about all. */
  platformId?: string
  when: keyof typeof windows
}

/** Of what is told at all, by where the clock stands in its window. */
const windows = {
  any: 'true',
  not_over: "state = 'published' AND (end_at IS NULL OR end_at > :now)",
  to_come: "state = 'published' AND start_at > :now",
  going_on: "state = 'published' AND start_at <= :now AND (end_at IS NULL OR end_at > :now)",
} as const

/**
 * Archiving ends a message and does not unsay it; taking it back to draft does. What was archived without having been
 * in force was never said. Incidents are told from their start, maintenances ahead of it.
 */
const TOLD = `(state = 'published' AND (start_at <= :now OR severity = 'maintenance'))
  OR (state = 'archived' AND published_at IS NOT NULL AND archived_at > start_at)`

const ANNOUNCED = `
  WITH versions AS (
    SELECT id, version, state, updated_at FROM status_messages
    UNION ALL SELECT id, version, state, updated_at FROM status_messages_history),
  announced AS (
    SELECT id, severity, title, body, start_at, end_at, platform_ids, updates, updated_at, state,
      (SELECT min(v.updated_at) FROM versions v WHERE v.id = m.id AND v.state = 'published' AND v.version >
        (SELECT coalesce(max(d.version), 0) FROM versions d WHERE d.id = m.id AND d.state = 'draft')) AS published_at,
      CASE state WHEN 'archived' THEN (SELECT min(v.updated_at) FROM versions v
        WHERE v.id = m.id AND v.state = 'archived' AND v.version >
          (SELECT coalesce(max(p.version), 0) FROM versions p WHERE p.id = m.id AND p.state <> 'archived')) END AS archived_at
    FROM status_messages m WHERE is_deleted = 0 AND state <> 'draft')`

const CONCERNS = (list: string) =>
  `(json_array_length(platform_ids) = 0 OR EXISTS (SELECT 1 FROM json_each(platform_ids)
     WHERE value IN (SELECT value FROM json_each(${list}))))`

/** What was published, for whoever follows it from outside. Reads the messages of Status and writes nothing. */
export const createSubscriptionStore = (local: Local) => ({
  /** Newest start first, at most `NEWS_MAX`. `now` as an instant. */
  announcements(filter: NewsFilter, now: string): Announcement[] {
    const { severities, visible, platformId, when } = filter
    const rows = local.all<Stored>(
      `${ANNOUNCED} SELECT * FROM announced
       WHERE (${TOLD}) AND ${windows[when]}
         AND severity IN (SELECT value FROM json_each(:severities))
         AND (:visible IS NULL OR ${CONCERNS(':visible')})
         AND (:platform IS NULL OR ${CONCERNS(':platform')})
       ORDER BY start_at DESC, id DESC LIMIT ${NEWS_MAX}`,
      {
        now,
        severities: JSON.stringify(severities),
        visible: visible === 'all' ? null : JSON.stringify(visible),
        platform: platformId === undefined ? null : JSON.stringify([platformId]),
      },
    )
    return rows.map(({ platform_ids, updates, state, ...row }) => ({
      ...row,
      // The columns that the store keeps as JSON.
      platform_ids: JSON.parse(platform_ids) as Announcement['platform_ids'],
      updates: JSON.parse(updates) as Announcement['updates'],
    }))
  },
})

export type SubscriptionStore = ReturnType<typeof createSubscriptionStore>

interface Stored extends Omit<Announcement, 'platform_ids' | 'updates'> {
  platform_ids: string
  updates: string
  state: string
}
