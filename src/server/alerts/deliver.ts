import type { WebhookDelivery } from '../../contracts/alerts.ts'
import { Fault } from '../fault.ts'
import type { Log } from '../observe/log.ts'
import { newId } from '../storage/ids.ts'
import type { Journal } from '../storage/journal.ts'
import { toInstant } from '../time.ts'
import type { Send } from './channels/webhook.ts'

type Delivery = WebhookDelivery & { id: string; version: number }

export interface Channel {
  name: WebhookDelivery['channel']
  /** All that is ever logged of where it goes. */
  host: string
  send: Send
  /** Null while the version that it tells of is not here. */
  render(delivery: WebhookDelivery): { body: string; requestId: string } | null
}

export interface DeliverParts {
  channels: readonly Channel[]
  /** Pending ones in the order in which they happened, also those that are not due. */
  waiting(channel: WebhookDelivery['channel']): readonly Delivery[]
  journal: Pick<Journal, 'commit'>
  log: Log
  /** Milliseconds since the epoch; asked again when a try has ended. */
  clock(): number
  /** 0 to 1. */
  random(): number
  timeoutMs: number
  /** Each settled or failed try, for the metrics. */
  onNotification(notification: { channel: WebhookDelivery['channel']; outcome: Outcome }): void
}

export type Outcome = 'delivered' | 'retried' | 'given_up'

export const TRIES_MAX = 5
/** Before the second try; four times as long before each further one, so that five tries take about a quarter of an hour. */
const BACKOFF_MS = 10_000
/** How many receivers' answers are waited for at once, so that a hanging one does not hold up everything. */
const AT_ONCE_MAX = 4
/** A try that has not been written down by then was cut off with its process. */
const GRACE_MS = 5000

/**
 * Tries what is due. A try is first claimed and then made, so that two processes never make the same one and a killed
 * one is made again: the receiver may see a webhook twice, under one `webhook-id`, and never misses one.
 * What is told of one subject keeps its order: that an alert is over waits until its beginning is settled.
 */
export function createDelivery(parts: DeliverParts) {
  return {
    async pass(signal: AbortSignal): Promise<void> {
      await Promise.all(parts.channels.map((channel) => passChannel(channel, parts, signal)))
    },
  }
}

async function passChannel(channel: Channel, parts: DeliverParts, signal: AbortSignal): Promise<void> {
  const now = parts.clock()
  const due = firstOfEach(parts.waiting(channel.name)).filter(({ next_try_at }) => next_try_at <= toInstant(now))
  const take = async () => {
    for (let next = due.shift(); next !== undefined && !signal.aborted; next = due.shift())
      await deliver(next, channel, parts, signal)
  }
  await Promise.all(Array.from({ length: AT_ONCE_MAX }, take))
}

function firstOfEach(waiting: readonly Delivery[]): Delivery[] {
  const seen = new Set<string>()
  return waiting.filter(({ subject_id }) => !seen.has(subject_id) && seen.add(subject_id))
}

async function deliver(delivery: Delivery, channel: Channel, parts: DeliverParts, signal: AbortSignal): Promise<void> {
  const now = parts.clock()
  const claimed = await save(delivery, { next_try_at: toInstant(now + parts.timeoutMs + GRACE_MS) }, 'claim', parts)
  if (claimed === null) return
  const told = channel.render(claimed)
  const error =
    told === null
      ? 'What it tells of is not here yet.'
      : await channel.send({ id: claimed.id, at: now, ...told }, signal)
  // Cut off by stopping is no answer: the claim runs out and it is tried again.
  if (error !== null && signal.aborted) return
  await settle(claimed, error, channel, parts)
}

async function settle(delivery: Delivery, error: string | null, channel: Channel, parts: DeliverParts): Promise<void> {
  const now = parts.clock()
  const tries = delivery.tries + 1
  const outcome: Outcome = error === null ? 'delivered' : tries < TRIES_MAX ? 'retried' : 'given_up'
  const changes =
    outcome === 'retried'
      ? { tries, last_error: error, next_try_at: toInstant(now + waitMs(tries, parts.random)) }
      : { tries, last_error: error, state: stateOf[outcome], settled_at: toInstant(now) }
  if ((await save(delivery, changes, outcome, parts)) === null) return
  parts.onNotification({ channel: channel.name, outcome })
  const line = { channel: channel.name, host: channel.host, webhook_id: delivery.id, told: delivery.event, tries }
  if (outcome === 'delivered') parts.log.info({ event: 'webhook.delivered', ...line }, 'A webhook was accepted')
  else if (outcome === 'retried')
    parts.log.warn({ event: 'webhook.retried', ...line, error }, 'A webhook was not accepted')
  else parts.log.error({ event: 'webhook.given_up', ...line, error }, `A webhook was not accepted ${TRIES_MAX} times`)
}

const stateOf = { delivered: 'delivered', given_up: 'failed' } as const

/** Half to all of the step, so that many that failed together do not come back together. */
export const waitMs = (tries: number, random: () => number): number =>
  Math.round(BACKOFF_MS * 4 ** (tries - 1) * (0.5 + random() / 2))

/** Null when another process was first. */
async function save(
  { id, version, ...before }: Delivery,
  changes: Partial<WebhookDelivery>,
  act: Outcome | 'claim',
  { journal, clock }: DeliverParts,
): Promise<Delivery | null> {
  const { channel, event, subject_id, subject_version, state, tries, next_try_at, last_error, settled_at } = before
  const fields: WebhookDelivery = {
    ...{ channel, event, subject_id, subject_version, state, tries, next_try_at, last_error, settled_at },
    ...changes,
  }
  const at = clock()
  try {
    await journal.commit([{ table: 'webhook_deliveries', id, expectedVersion: version, fields: { ...fields } }], {
      by: 'system:alerts',
      actor: null,
      at,
      action: `webhook.${act}`,
      requestId: newId(at),
    })
    return { id, version: version + 1, ...fields }
  } catch (error) {
    if (error instanceof Fault && error.code === 'version_conflict') return null
    throw error
  }
}
