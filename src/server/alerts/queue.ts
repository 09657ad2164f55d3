import type { WebhookDelivery } from '../../contracts/alerts.ts'
import { Fault } from '../fault.ts'
import { idOf, newId } from '../storage/ids.ts'
import type { Change, Journal } from '../storage/journal.ts'
import { toInstant } from '../time.ts'

export type Told = Pick<WebhookDelivery, 'channel' | 'event' | 'subject_id' | 'subject_version'>

/** Follows from what is told, so that telling it twice is the same delivery. */
export const deliveryId = ({ channel, subject_id, subject_version, event }: Told) =>
  idOf('webhook', channel, subject_id, String(subject_version), event)

export interface QueueParts {
  /** What happened since this instant and is not in the queue, oldest first. */
  untold(channel: WebhookDelivery['channel'], since: string): readonly Told[]
  channels: readonly WebhookDelivery['channel'][]
  journal: Pick<Journal, 'commit'>
  clock: () => number
}

/** Older news than this is not told any more by a process that begins; alerts that fire still are. */
const NEWS_MS = 60 * 60_000

/**
 * Makes webhooks due. What is due is read off the versions of alerts and messages, so nobody who writes those has to
 * think of it, and a process killed before it came to this finds it when it is started again.
 */
export const createQueue =
  ({ untold, channels, journal, clock }: QueueParts) =>
  async (): Promise<void> => {
    const now = clock()
    const since = toInstant(now - NEWS_MS)
    const changes = channels.flatMap((channel) => untold(channel, since)).map((told) => queued(told, now))
    if (changes.length === 0) return
    const provenance = { by: 'system:alerts', actor: null, at: now, action: 'webhook.queue', requestId: newId(now) }
    await journal.commit(changes, provenance).catch((error: unknown) => {
      // Another process was first with some of them; the rest is found again.
      if (!(error instanceof Fault && error.code === 'version_conflict')) throw error
    })
  }

function queued(told: Told, now: number): Change {
  const fields: WebhookDelivery = {
    ...told,
    state: 'pending',
    tries: 0,
    next_try_at: toInstant(now),
    last_error: null,
    settled_at: null,
  }
  return { table: 'webhook_deliveries', id: deliveryId(told), expectedVersion: 0, fields: { ...fields } }
}

type MessageState = 'draft' | 'published' | 'archived'

/** What people outside hear of a message that became what it is; drafts stay inside. */
export function messageEvent(
  before: MessageState | null,
  after: MessageState,
): 'published' | 'updated' | 'archived' | null {
  if (after === 'published') return before === 'published' ? 'updated' : 'published'
  return before === 'published' ? 'archived' : null
}

/** What is told of an alert's version, by the act that made it. */
export const alertEvent = (action: string): 'firing' | 'resolved' | null =>
  action === 'alert.fire' ? 'firing' : action === 'alert.resolve' ? 'resolved' : null
