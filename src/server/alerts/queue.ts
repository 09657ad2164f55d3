import type { WebhookDelivery } from '../../contracts/alerts.ts'
import { idOf } from '../storage/ids.ts'
import type { Change, Journal } from '../storage/journal.ts'
import { toInstant } from '../time.ts'

type Told = Pick<WebhookDelivery, 'channel' | 'event' | 'subject_id' | 'subject_version'>

/**
 * What makes a webhook due, for the same commit as what it tells of: neither is ever there without the other. Its id
 * follows from what is told, so that telling it twice is the same delivery.
 */
export function queued(told: Told, now: number): Change {
  const fields: WebhookDelivery = {
    ...told,
    state: 'pending',
    tries: 0,
    next_try_at: toInstant(now),
    last_error: null,
    settled_at: null,
  }
  return {
    table: 'webhook_deliveries',
    id: idOf('webhook', told.channel, told.subject_id, String(told.subject_version), told.event),
    expectedVersion: 0,
    fields: { ...fields },
  }
}

type MessageState = 'draft' | 'published' | 'archived'

/**
 * A journal that also makes a webhook due for each message that people see change: published, changed while published,
 * archived after it was. Drafts stay inside.
 * @param stateOf a message's state as it is stored; null when there is none
 */
export function tellingOfMessages(journal: Journal, stateOf: (id: string) => MessageState | null): Journal {
  return {
    commit(changes, provenance) {
      const told = changes.flatMap((change): Change[] => {
        if (change.table !== 'status_messages') return []
        const event = messageEvent(stateOf(change.id), change.fields.state as MessageState) // A message's own column.
        if (event === null) return []
        const subject = { subject_id: change.id, subject_version: change.expectedVersion + 1 }
        return [queued({ channel: 'message', event: `status_message.${event}`, ...subject }, provenance.at)]
      })
      return journal.commit([...changes, ...told], provenance)
    },
    observe: journal.observe,
    get revision() {
      return journal.revision
    },
    revisionOf: journal.revisionOf,
    epoch: journal.epoch,
    changedSince: journal.changedSince,
    subscribe: journal.subscribe,
  }
}

export function messageEvent(
  before: MessageState | null,
  after: MessageState,
): 'published' | 'updated' | 'archived' | null {
  if (after === 'published') return before === 'published' ? 'updated' : 'published'
  return before === 'published' ? 'archived' : null
}
