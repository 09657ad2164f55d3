import * as Type from 'typebox'
import { endpointTable } from './endpoint.ts'
import { closed, Id, Instant, line, nullable, oneOf, page, pageQuery, recordFields, Version } from './primitives.ts'
import { reasons } from './status.ts'

/** What is watched: that a source is polled, and that a check does not fail. Also the `event` of the log line. */
export const alertRules = ['ingestion.stale', 'check.failing'] as const
export type AlertRule = (typeof alertRules)[number]

/** `ok` was pending and went away before it fired. A resolved alert is over; the next time is another record. */
export const alertStates = ['ok', 'pending', 'firing', 'resolved'] as const
export type AlertState = (typeof alertStates)[number]

export const alertReasons = [...reasons, 'never_ran'] as const
export type AlertReason = (typeof alertReasons)[number]

const NOTE_MAX = 2000
/** One episode of one signal: the n-th time that this source or check has been wrong for long enough to tell. */
export const Alert = closed({
  ...recordFields,
  rule: oneOf(alertRules),
  /** The source's name, or the check's id. */
  subject: Type.String({ minLength: 1, maxLength: 64 }),
  /** 1 for the first. */
  episode: Type.Integer({ minimum: 1 }),
  /** As the subject was called when this was written. */
  name: line(120),
  /** Null for a source: it belongs to no platform. */
  platform_id: nullable(Id),
  state: oneOf(alertStates),
  reason: oneOf(alertReasons),
  /** What was seen, in one line; null when there is nothing beside the reason. */
  detail: nullable(Type.String({ maxLength: 1000 })),
  /** First instant at which it was wrong. */
  pending_since: nullable(Instant),
  firing_since: nullable(Instant),
  /** Right again since then, but not yet for long enough. */
  recovering_since: nullable(Instant),
  resolved_at: nullable(Instant),
  acknowledged_by: nullable(Type.String({ maxLength: 320 })),
  acknowledged_at: nullable(Instant),
  note: nullable(Type.String({ maxLength: NOTE_MAX })),
})
export type Alert = Type.Static<typeof Alert>

export const AlertAcknowledge = closed({
  expected_version: Version,
  /** Who looks at it, what is being done. Absent: none. */
  note: Type.Optional(Type.String({ maxLength: NOTE_MAX })),
})

/** What one webhook has to tell, and how far that has come. Its id is the `webhook-id` that the receiver sees. */
export type WebhookDelivery = {
  channel: 'alert' | 'message'
  event: string
  /** The row version that it tells of; what is sent is made from that and never changes between tries. */
  subject_id: string
  subject_version: number
  state: 'pending' | 'delivered' | 'failed'
  /** Tries that ended, well or not. */
  tries: number
  /** Not before then; also how long another process leaves it to the one that is trying. */
  next_try_at: string
  last_error: string | null
  settled_at: string | null
}

export const AlertPage = page(Alert)

export const alertsEndpoints = endpointTable({
  alertList: {
    method: 'GET',
    path: '/api/v1/alerts',
    permission: 'alert.read',
    summary: 'Alerts of sources and checks, newest first',
    query: closed({
      ...pageQuery,
      state: Type.Optional(oneOf(alertStates)),
      platform_id: Type.Optional(Id),
    }),
    reply: AlertPage,
    reads: ['alerts'],
  },
  alertAcknowledge: {
    method: 'POST',
    path: '/api/v1/alerts/:id/acknowledge',
    permission: 'alert.acknowledge',
    summary: 'Say that somebody looks at what fires',
    params: closed({ id: Id }),
    body: AlertAcknowledge,
    reply: Alert,
  },
})
