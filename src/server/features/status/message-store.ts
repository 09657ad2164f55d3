import type { Page } from '../../../contracts/primitives.ts'
import type { StatusMessage } from '../../../contracts/status.ts'
import type { Actor } from '../../access/actor.ts'
import { visiblePlatforms } from '../../access/decide.ts'
import type { Local } from '../../storage/local/open.ts'
import type { Doing } from '../../storage/provenance.ts'
import { type Condition, equals, type Limits, type Repository } from '../../storage/repository.ts'
import type { Records } from '../../storage/tables.ts'
import { fromInstant, toInstant } from '../../time.ts'

const ACTIVE = "state = 'published' AND start_at <= :now AND (end_at IS NULL OR end_at > :now)"

export const createMessageStore = (messages: Repository<'status_messages'>, local: Local) => ({
  message: (id: string): StatusMessage | null => messages.find(id),
  activeMessages: (now: number): StatusMessage[] =>
    messages.all(`AND ${ACTIVE} ORDER BY start_at DESC, id`, { now: toInstant(now) }),
  /** Windows that were announced, also those that are over and archived. */
  maintenanceMessages: (): StatusMessage[] =>
    messages.all("AND severity = 'maintenance' AND state IN ('published', 'archived')"),
  /** When a window next opens or closes. Milliseconds; Infinity when none does. */
  messagesChangeAt(now: number): number {
    const next = local.get<{ at: string | null }>(
      `SELECT min(at) AS at FROM (
         SELECT start_at AS at FROM status_messages WHERE state = 'published' AND is_deleted = 0 AND start_at > :now
         UNION ALL SELECT end_at FROM status_messages WHERE state = 'published' AND is_deleted = 0 AND end_at > :now)`,
      { now: toInstant(now) },
    )
    return next?.at ? fromInstant(next.at) : Number.POSITIVE_INFINITY
  },
  listMessages: (
    actor: Actor,
    now: number,
    query: Limits & { state?: string; platform_id?: string },
  ): Page<StatusMessage> =>
    messages.page(
      query,
      visibleTo(actor, now),
      equals('state', query.state),
      query.platform_id === undefined ? null : naming([query.platform_id], 'platform'),
    ),
  createMessage: (doing: Doing, fields: Records['status_messages']): Promise<StatusMessage> =>
    messages.create(doing, 'status_message.create', fields),
  saveMessage: (
    doing: Doing,
    action: string,
    message: StatusMessage,
    changes: Partial<Records['status_messages']>,
  ): Promise<StatusMessage> => messages.update(doing, action, message, changes),
})

/** What is in force, for its readers; everything else only for those who may read what is not published. */
function visibleTo(actor: Actor, now: number): Condition {
  const readable = visiblePlatforms(actor, 'message.read')
  const unpublished = visiblePlatforms(actor, 'message.read_unpublished')
  if (unpublished === 'all') return null
  const read = readable === 'all' ? { sql: 'true', params: {} } : naming(readable, 'readable')
  const drafts = naming(unpublished, 'unpublished')
  return {
    sql: `(${ACTIVE} AND (${read.sql} OR json_array_length(platform_ids) = 0)) OR ${drafts.sql}`,
    params: { now: toInstant(now), ...read.params, ...drafts.params },
  }
}

/** Messages about any of these platforms. */
const naming = (platformIds: readonly string[], name: string) => ({
  sql: `EXISTS (SELECT 1 FROM json_each(platform_ids) WHERE value IN (SELECT value FROM json_each(:${name})))`,
  params: { [name]: JSON.stringify(platformIds) },
})
