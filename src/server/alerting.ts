import type { WebhookDelivery } from '../contracts/alerts.ts'
import type { StatusMessage } from '../contracts/status.ts'
import { createNews } from './alert-news.ts'
import { createReadings } from './alert-readings.ts'
import { alertmanagerBody } from './alerts/channels/alertmanager.ts'
import { messageEventBody } from './alerts/channels/message-event.ts'
import { createWebhook } from './alerts/channels/webhook.ts'
import { type Channel, createDelivery, type Outcome } from './alerts/deliver.ts'
import { createEvaluator } from './alerts/evaluate.ts'
import { createQueue } from './alerts/queue.ts'
import type { Config } from './config.ts'
import { type AlertStore, createAlertStore } from './features/alerts/store.ts'
import { alertVerbs } from './features/alerts/verbs.ts'
import type { Board } from './features/status/board.ts'
import type { StaleAges } from './features/status/source-status.ts'
import type { StatusStore } from './features/status/store.ts'
import type { Finding } from './observe/health.ts'
import type { Log } from './observe/log.ts'
import type { Journal } from './storage/journal.ts'
import type { Local } from './storage/local/open.ts'

export interface Notification {
  channel: WebhookDelivery['channel']
  outcome: Outcome
}

export interface AlertingParts {
  config: Config
  log: Log
  clock: () => number
  local: Local
  /** Takes what people do. */
  journal: Journal
  /** Takes what is judged and sent. */
  deferred: Journal
  /** Of several instances, the one that judges and sends. */
  mayAct: () => boolean
  status: StatusStore
  board: Board
  staleAges: StaleAges
  random?: () => number
  onNotification?: (notification: Notification) => void
}

const DELIVER_EVERY_MS = 1000

/** Alerts and outgoing webhooks, wired: what is judged, what is sent where, and how both are doing. */
export function createAlerting(parts: AlertingParts) {
  const { config, log, clock, deferred } = parts
  const store = createAlertStore(parts.local, parts.journal)
  const channels = channelsOf(parts, store)
  const evaluate = createEvaluator({
    readings: createReadings({
      ...parts,
      startedAt: clock(),
      pollMs: config.INGESTION_TIMEOUT_SECONDS * 1000,
    }),
    alerts: store,
    journal: deferred,
    log,
    damping: { forMs: config.ALERT_FOR_SECONDS * 1000, recoverMs: config.ALERT_RECOVER_SECONDS * 1000 },
  })
  const delivery = createDelivery({
    channels,
    waiting: store.waiting,
    journal: deferred,
    log,
    clock,
    random: parts.random ?? Math.random,
    timeoutMs: config.WEBHOOK_TIMEOUT_SECONDS * 1000,
    onNotification: parts.onNotification ?? (() => undefined),
  })

  const enqueue = createQueue({
    untold: createNews(parts.local),
    channels: channels.map(({ name }) => name),
    journal: deferred,
    clock,
  })
  const deliver = async () => {
    await enqueue()
    if (store.hasDue(clock())) await delivery.pass(stopping.signal)
  }

  const stopping = new AbortController()
  const timers: NodeJS.Timeout[] = []
  const running = new Map<string, Promise<void>>()
  /** One at a time: while it goes on, its timer is not heard. */
  const run = (what: string, act: () => Promise<void>) => {
    if (running.has(what) || stopping.signal.aborted) return
    const ended = act()
      .catch((error: unknown) => log.error({ event: 'alerts.failed', what, err: error }, 'Alerting failed'))
      .finally(() => running.delete(what))
    running.set(what, ended)
  }

  return {
    verbs: alertVerbs(store),
    /** What fires now, newest first. */
    firing: store.firing,
    evaluate: () => evaluate(clock()),
    /** Sends what is due and waits for the answers. */
    deliver,
    /** For a process that polls once and ends. */
    async once(): Promise<void> {
      await this.evaluate()
      await this.deliver()
    },
    /** Readiness: something fires, or what is to be told does not get through. */
    finding(): Finding {
      const isUnheard = channels.some(({ name }) => store.lastFailure(name) !== null)
      const firing = store.firing()
      if (firing.length === 0 && !isUnheard) return { status: 'ok' }
      const isOnlyStale = !isUnheard && firing.every(({ rule }) => rule === 'ingestion.stale')
      return { status: 'degraded', reason: isOnlyStale ? 'stale' : 'failing' }
    },
    /** Judges only where this process polls; sends whatever is due, whoever wrote it. */
    start(): void {
      if (config.INGESTION)
        timers.push(
          setInterval(() => {
            if (parts.mayAct()) run('evaluate', this.evaluate)
          }, config.ALERT_EVERY_SECONDS * 1000),
        )
      if (channels.length > 0)
        timers.push(
          setInterval(() => {
            if (parts.mayAct()) run('deliver', deliver)
          }, DELIVER_EVERY_MS),
        )
    },
    /** Cuts off what is being sent; it is sent again later, under the same id. */
    async stop(): Promise<void> {
      for (const timer of timers) clearInterval(timer)
      stopping.abort()
      await Promise.all(running.values())
    },
  }
}

export type Alerting = ReturnType<typeof createAlerting>

function channelsOf({ config, status }: AlertingParts, store: AlertStore): Channel[] {
  const timeoutMs = config.WEBHOOK_TIMEOUT_SECONDS * 1000
  const origin = config.PUBLIC_ORIGIN
  const nameOf = (id: string) => status.platform(id)?.name ?? null
  const webhook = (url: string, secret: string) =>
    createWebhook({ url, secret, timeoutMs, steadyClock: () => performance.now() })
  const alerts = (): Channel => ({
    name: 'alert',
    ...webhook(config.ALERT_WEBHOOK_URL, config.ALERT_WEBHOOK_SECRET),
    render({ subject_id, subject_version }) {
      const row = store.version('alerts', subject_id, subject_version)
      if (row === null) return null
      const platform = row.platform_id === null ? null : nameOf(row.platform_id)
      return { body: alertmanagerBody(row, platform, origin), requestId: row.request_id }
    },
  })
  const messages = (): Channel => ({
    name: 'message',
    ...webhook(config.MESSAGE_WEBHOOK_URL, config.MESSAGE_WEBHOOK_SECRET),
    render({ event, subject_id, subject_version }) {
      const row = store.version('status_messages', subject_id, subject_version)
      if (row === null) return null
      const { is_deleted, action, request_id, actor, ...message } = row
      return { body: messageEventBody(event, message satisfies StatusMessage, nameOf, origin), requestId: request_id }
    },
  })
  return [
    ...(config.ALERT_WEBHOOK_URL === '' ? [] : [alerts()]),
    ...(config.MESSAGE_WEBHOOK_URL === '' ? [] : [messages()]),
  ]
}
