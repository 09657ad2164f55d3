import type { WebhookDelivery } from '../contracts/alerts.ts'
import { alertEvent, deliveryId, messageEvent, type Told } from './alerts/queue.ts'
import type { Local } from './storage/local/open.ts'

/** Versions looked at in one go, told or not: far more than there are in the time that is looked back. */
const NEWS_MAX = 5000

/** What happened to alerts and messages since an instant, and every alert that fires, of which no delivery was made yet. */
export function createNews(local: Local) {
  const alertEventOf = (id: string, version: number) => {
    const event = alertEvent(local.version('alerts', id, version).action)
    // That something is over is news only to who was told that it began.
    return event === 'resolved' && !wasTold(id) ? null : event
  }
  const wasTold = (id: string) =>
    local.get("SELECT 1 FROM webhook_deliveries WHERE channel = 'alert' AND subject_id = ? AND event = 'firing'", [
      id,
    ]) !== undefined
  const messageEventOf = (id: string, version: number): WebhookDelivery['event'] | null => {
    const stateAt = (at: number) => (at < 1 ? null : local.version('status_messages', id, at).state)
    const event = messageEvent(stateAt(version - 1), stateAt(version) ?? 'draft')
    return event === null ? null : `status_message.${event}`
  }
  return (channel: WebhookDelivery['channel'], since: string): Told[] => {
    const table = channel === 'alert' ? 'alerts' : 'status_messages'
    const recent = local.all<{ id: string; version: number }>(
      'SELECT record_id AS id, version FROM version_log WHERE table_name = ? AND updated_at >= ? ORDER BY updated_at, seq LIMIT ?',
      [table, since, NEWS_MAX],
    )
    const firing =
      channel === 'alert'
        ? local
            .rows('alerts', "WHERE state = 'firing' AND is_deleted = 0")
            .flatMap(({ id }) => local.history('alerts', id).map(({ version }) => ({ id, version })))
        : []
    const told = [...firing, ...recent].flatMap(({ id, version }): Told[] => {
      const event = channel === 'alert' ? alertEventOf(id, version) : messageEventOf(id, version)
      return event === null ? [] : [{ channel, event, subject_id: id, subject_version: version }]
    })
    const once = new Map(told.map((one) => [deliveryId(one), one]))
    return [...once].flatMap(([id, one]) => (local.row('webhook_deliveries', id) === undefined ? [one] : []))
  }
}
