import type { Alert, AlertState, WebhookDelivery } from '../../../contracts/alerts.ts'
import type { Page } from '../../../contracts/primitives.ts'
import type { Actor } from '../../access/actor.ts'
import { visiblePlatforms } from '../../access/decide.ts'
import type { Journal } from '../../storage/journal.ts'
import type { Local } from '../../storage/local/open.ts'
import type { Doing } from '../../storage/provenance.ts'
import { among, createRepository, equals, type Limits, type RecordOf } from '../../storage/repository.ts'
import type { RowOf } from '../../storage/tables.ts'
import { toInstant } from '../../time.ts'

export type Delivery = RecordOf<'webhook_deliveries'>
/** Looked at in one go; what is not among them waits until some of these are settled. */
const DUE_MAX = 200

/** Alerts, and what is still to be told about them and about messages. */
export function createAlertStore(local: Local, journal: Journal) {
  const alerts = createRepository('alerts', local, journal)
  const deliveries = createRepository('webhook_deliveries', local, journal)
  return {
    alert: (id: string): Alert | null => alerts.find(id),
    /** One that belongs to no platform is for those who see everything. */
    listAlerts: (actor: Actor, query: Limits & { state?: AlertState; platform_id?: string }): Page<Alert> =>
      alerts.page(
        query,
        among('platform_id', visiblePlatforms(actor, 'alert.read')),
        equals('state', query.state),
        equals('platform_id', query.platform_id),
      ),
    saveAlert: (doing: Doing, action: string, alert: Alert, changes: Partial<Alert>): Promise<Alert> =>
      alerts.update(doing, action, alert, changes),
    open: (): Alert[] => alerts.all("AND state IN ('ok', 'pending', 'firing')"),
    firing: (): Alert[] => alerts.all("AND state = 'firing' ORDER BY firing_since DESC, id"),
    episodes: ({ rule, subject }: Pick<Alert, 'rule' | 'subject'>): number =>
      local.get<{ n: number | null }>('SELECT max(episode) AS n FROM alerts WHERE rule = ? AND subject = ?', [
        rule,
        subject,
      ])?.n ?? 0,

    /** What waits for this channel, also what is not due yet, in the order in which it happened. */
    waiting: (channel: WebhookDelivery['channel']): Delivery[] =>
      deliveries.all("AND state = 'pending' AND channel = ? ORDER BY created_at, subject_version, id LIMIT ?", [
        channel,
        DUE_MAX,
      ]),
    hasDue: (now: number): boolean =>
      local.get("SELECT 1 FROM webhook_deliveries WHERE state = 'pending' AND next_try_at <= ? LIMIT 1", [
        toInstant(now),
      ]) !== undefined,
    /** How the newest try of a channel ended; null when it was well, or none was made. */
    lastFailure: (channel: WebhookDelivery['channel']): string | null =>
      deliveries.all('AND channel = ? AND tries > 0 ORDER BY updated_at DESC, id DESC LIMIT 1', [channel])[0]
        ?.last_error ?? null,
    /** That version and no other; null while it is not here. */
    version<T extends 'alerts' | 'status_messages'>(table: T, id: string, version: number): RowOf<T> | null {
      const current = local.row(table, id)
      return current === undefined || current.version < version ? null : local.version(table, id, version)
    },
  }
}

export type AlertStore = ReturnType<typeof createAlertStore>
