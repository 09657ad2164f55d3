import * as Type from 'typebox'
import { closed, Day, Id, Instant, line, Markdown, nullable, oneOf, page, recordFields, Version } from './primitives.ts'
import { Source, sourceNames } from './sources.ts'

/** Worst first; the order in which one state hides another. */
export const states = ['red', 'yellow', 'unknown', 'green'] as const
export type State = (typeof states)[number]
export const State = oneOf(states)

/** Why a check or a platform has its state. The sentence for each is in `reasonText`. */
export const reasons = [
  'healthy',
  'late',
  'very_late',
  'failing',
  'degraded',
  'silent',
  'no_data',
  'stale',
  'clock_skew',
  'no_checks',
  'message',
] as const
export type Reason = (typeof reasons)[number]
export const Reason = oneOf(reasons)

export const reasonText: Record<Reason, string> = {
  healthy: 'Healthy',
  late: 'Data is later than agreed',
  very_late: 'Data is far later than agreed',
  failing: 'Failed when last measured',
  degraded: 'Working, with problems',
  silent: 'Nothing was reported when it was due',
  no_data: 'Not measured yet',
  stale: 'Not measured for too long',
  clock_skew: 'The data claims to come from the future',
  no_checks: 'No check is enabled',
  message: 'Raised by a critical message',
}

// --- platforms

const platformFields = {
  name: line(120),
  description: Type.String({ maxLength: 2000 }),
  /** What platforms are grouped by on the dashboard: "Sales", "Finance". */
  domain: line(80),
  /** Person or team that answers for it. */
  owner: Type.String({ maxLength: 320 }),
}
export const Platform = closed({ ...recordFields, ...platformFields, is_retired: Type.Boolean() })
export type Platform = Type.Static<typeof Platform>
export const PlatformCreate = closed({
  name: platformFields.name,
  description: Type.Optional(platformFields.description),
  domain: platformFields.domain,
  owner: Type.Optional(platformFields.owner),
})
export const PlatformUpdate = Type.Object(
  { ...Type.Partial(Type.Object(platformFields)).properties, expected_version: Version },
  { additionalProperties: false },
)

// --- checks

export const checkKinds = ['freshness', 'availability', 'latency', 'quality'] as const
const Seconds = Type.Integer({ minimum: 1, maximum: 31_536_000 })
const Minutes = Type.Integer({ minimum: 0, maximum: 10_080 })
const checkFields = {
  name: line(120),
  description: Type.String({ maxLength: 2000 }),
  kind: oneOf(checkKinds),
  source: Source,
  /** How often it is measured (I in the status rules). */
  interval_seconds: Type.Integer({ minimum: 10, maximum: 604_800 }),
  /** W and E: needed for `freshness` and for `push`, null for the rest; 0 < warn < crit. */
  warn_after_seconds: nullable(Seconds),
  crit_after_seconds: nullable(Seconds),
  /** Bad must last this long before it counts, and good this long before it counts again. */
  for_minutes: Minutes,
  recover_minutes: Minutes,
  is_enabled: Type.Boolean(),
}
export const StatusCheck = closed({ ...recordFields, platform_id: Id, ...checkFields })
export type StatusCheck = Type.Static<typeof StatusCheck>
export const StatusCheckCreate = closed({
  platform_id: Id,
  name: checkFields.name,
  description: Type.Optional(checkFields.description),
  kind: checkFields.kind,
  source: checkFields.source,
  interval_seconds: Type.Optional(checkFields.interval_seconds),
  warn_after_seconds: Type.Optional(checkFields.warn_after_seconds),
  crit_after_seconds: Type.Optional(checkFields.crit_after_seconds),
  for_minutes: Type.Optional(checkFields.for_minutes),
  recover_minutes: Type.Optional(checkFields.recover_minutes),
  is_enabled: Type.Optional(checkFields.is_enabled),
})
export const StatusCheckUpdate = Type.Object(
  { platform_id: Type.Optional(Id), ...Type.Partial(Type.Object(checkFields)).properties, expected_version: Version },
  { additionalProperties: false },
)

/** What a check is at an instant. */
export const CheckStatus = closed({
  state: State,
  reason: Reason,
  /** The newest attempt could not measure; the state is the one before it. */
  could_not_measure: Type.Boolean(),
  /** What the newest observation said, one line. */
  message: nullable(Type.String({ maxLength: 1000 })),
  /** Changes its mind often (flapping). */
  is_unstable: Type.Boolean(),
  /** Since when it is in this state; null when never observed. */
  since: nullable(Instant),
  evaluated_at: Instant,
  last_observed_at: nullable(Instant),
  /** The watermark: newest time of the data itself. */
  data_as_of: nullable(Instant),
  /** When it last went well: the data's own time where there is one, else when it was last measured well. */
  last_success_at: nullable(Instant),
  last_failure_at: nullable(Instant),
  last_failure_message: nullable(Type.String({ maxLength: 1000 })),
})
export type CheckStatus = Type.Static<typeof CheckStatus>

export const StatusCheckWithStatus = closed({
  ...StatusCheck.properties,
  /** Null when the check is disabled: it is then not counted anywhere. */
  status: nullable(CheckStatus),
})

// --- results (observations)

export const outcomes = ['ok', 'fail', 'error'] as const
export type Outcome = (typeof outcomes)[number]
/** Colour that the connector read, for checks that have no data time. */
export const readings = ['green', 'yellow'] as const

const observationFields = {
  check_id: Id,
  /** When we looked. */
  measured_at: Instant,
  /** How fresh the data itself is; null when the source has no such time. */
  data_time: nullable(Instant),
  /** `fail`: measured, and bad. `error`: could not measure. */
  outcome: oneOf(outcomes),
  reading: nullable(oneOf(readings)),
  /** The number or word seen: latency, HTTP status, run state. */
  observed_value: nullable(Type.String({ maxLength: 200 })),
  message: nullable(Type.String({ maxLength: 1000 })),
}
export const StatusResult = closed({ ...observationFields, platform_id: Id, run_id: nullable(Id) })
export type StatusResult = Type.Static<typeof StatusResult>
export const ObservationPush = closed({
  check_id: Id,
  measured_at: Instant,
  data_time: Type.Optional(observationFields.data_time),
  outcome: observationFields.outcome,
  reading: Type.Optional(observationFields.reading),
  observed_value: Type.Optional(observationFields.observed_value),
  message: Type.Optional(observationFields.message),
})
export const StatusResultPush = Type.Union([
  ObservationPush,
  closed({ observations: Type.Array(ObservationPush, { minItems: 1, maxItems: 500 }) }),
])

// --- messages

export const severities = ['info', 'maintenance', 'warning', 'critical'] as const
export type Severity = (typeof severities)[number]
export const messageStates = ['draft', 'published', 'archived'] as const
const messageFields = {
  severity: oneOf(severities),
  title: line(200),
  body: Markdown,
  start_at: Instant,
  end_at: nullable(Instant),
  /** Affected platforms; empty means everyone. */
  platform_ids: Type.Array(Id, { maxItems: 100, uniqueItems: true }),
}
export const MessageNote = closed({ at: Instant, by: Type.String({ maxLength: 320 }), body: Markdown })
export const StatusMessage = closed({
  ...recordFields,
  ...messageFields,
  state: oneOf(messageStates),
  /** Timeline, newest first. */
  updates: Type.Array(MessageNote, { maxItems: 500 }),
})
export type StatusMessage = Type.Static<typeof StatusMessage>
export const StatusMessageCreate = closed({
  severity: messageFields.severity,
  title: messageFields.title,
  body: Type.Optional(messageFields.body),
  start_at: Type.Optional(messageFields.start_at),
  end_at: Type.Optional(messageFields.end_at),
  platform_ids: Type.Optional(messageFields.platform_ids),
})
export const StatusMessageUpdate = Type.Object(
  {
    ...Type.Partial(Type.Object(messageFields)).properties,
    /** Only from archived back to draft; publishing and archiving have their own calls. */
    state: Type.Optional(Type.Literal('draft')),
    expected_version: Version,
  },
  { additionalProperties: false },
)
export const ExpectedVersion = closed({ expected_version: Version })

// --- ingestion runs

export const runStates = ['RUNNING', 'SUCCESS', 'FAIL'] as const
export const IngestionRun = closed({
  ...recordFields,
  source: oneOf(sourceNames),
  state: oneOf(runStates),
  started_at: Instant,
  ended_at: nullable(Instant),
  /** Observations written, or people read of a source that feeds no check. */
  results: Type.Integer({ minimum: 0 }),
  /** Checks that could not be measured. */
  failed_checks: Type.Integer({ minimum: 0 }),
  error_summary: nullable(Type.String({ maxLength: 500 })),
})
export type IngestionRun = Type.Static<typeof IngestionRun>

// --- summary and history

const Count = Type.Integer({ minimum: 0 })
export const PlatformStatus = closed({
  id: Id,
  name: platformFields.name,
  domain: platformFields.domain,
  state: State,
  reason: Reason,
  /** One sentence: what is wrong, or that nothing is. */
  sentence: Type.String({ maxLength: 400 }),
  /** Inside a published maintenance window. */
  in_maintenance: Type.Boolean(),
  is_unstable: Type.Boolean(),
  worst_check: nullable(
    closed({
      id: Id,
      name: line(120),
      state: State,
      reason: Reason,
      message: nullable(Type.String({ maxLength: 1000 })),
      could_not_measure: Type.Boolean(),
    }),
  ),
  checks: closed({ red: Count, yellow: Count, unknown: Count, green: Count }),
  /** Of the worst check. */
  last_success_at: nullable(Instant),
  evaluated_at: Instant,
  last_observed_at: nullable(Instant),
  data_as_of: nullable(Instant),
  /** The freshness check nearest to (or furthest past) its limit. */
  freshness: nullable(
    closed({ check_id: Id, data_as_of: nullable(Instant), warn_after_seconds: Seconds, sla_seconds: Seconds }),
  ),
  open_incidents: Count,
  open_alerts: Count,
  active_message_ids: Type.Array(Id, { maxItems: 100 }),
})
export type PlatformStatus = Type.Static<typeof PlatformStatus>

export const SourceStatus = closed({
  source: oneOf(sourceNames),
  last_success_at: nullable(Instant),
  last_run_state: nullable(oneOf(runStates)),
  is_stale: Type.Boolean(),
})

export type SourceStatus = Type.Static<typeof SourceStatus>

export const StatusSummary = closed({
  as_of: Instant,
  /** When time alone could next change this answer; null when it cannot. */
  changes_at: nullable(Instant),
  state: State,
  /** "All 12 platforms healthy", "2 degraded, 1 down". */
  sentence: Type.String({ maxLength: 400 }),
  counts: closed({ red: Count, yellow: Count, unknown: Count, green: Count }),
  platforms: Type.Array(PlatformStatus, { maxItems: 1000 }),
  messages: Type.Array(StatusMessage, { maxItems: 100 }),
  ingestion: Type.Array(SourceStatus, { maxItems: 50 }),
  /** The sample workspace feeds this portal; nothing here is real. */
  is_demo: Type.Boolean(),
})
export type StatusSummary = Type.Static<typeof StatusSummary>

const Share = nullable(Type.Number({ minimum: 0, maximum: 1 }))
/** A UTC day in whole milliseconds per state; what is left of the day was not there yet or is still to come. */
export const HistoryDay = closed({
  day: Day,
  /** Worst that happened; null when nothing is known of the day. */
  state: nullable(State),
  red_ms: Count,
  yellow_ms: Count,
  green_ms: Count,
  unknown_ms: Count,
  maintenance_ms: Count,
  disabled_ms: Count,
  /** 0 to 1; null when nothing counted. */
  uptime: Share,
})
export type HistoryDay = Type.Static<typeof HistoryDay>
export const HistoryWindow = closed({
  uptime: Share,
  /** Ready to show, floored so that any downtime never reads 100; null when nothing counted. */
  uptime_percent: nullable(Type.Number({ minimum: 0, maximum: 100 })),
  /** Share of the window that was measured. */
  coverage: Share,
  red_ms: Count,
})
export const Failure = closed({
  check_id: Id,
  check_name: line(120),
  started_at: Instant,
  /** Null while it lasts. */
  ended_at: nullable(Instant),
  reason: Reason,
  message: nullable(Type.String({ maxLength: 1000 })),
})
export const PlatformHistory = closed({
  platform_id: Id,
  from: Instant,
  to: Instant,
  days: Type.Array(HistoryDay, { maxItems: 366 }),
  ...HistoryWindow.properties,
  /** Red spells, newest first, at most 100; older than the raw results are kept: none. */
  failures: Type.Array(Failure, { maxItems: 100 }),
})
export type PlatformHistory = Type.Static<typeof PlatformHistory>
/** Every platform's bars in one reply, for the dashboard. */
export const StatusHistory = closed({
  from: Instant,
  to: Instant,
  platforms: Type.Array(
    closed({
      platform_id: Id,
      ...HistoryWindow.properties,
      days: Type.Array(closed({ day: Day, state: nullable(State), uptime: Share }), { maxItems: 366 }),
    }),
    { maxItems: 1000 },
  ),
})
export type StatusHistory = Type.Static<typeof StatusHistory>

export const PlatformPage = page(Platform)
export const StatusCheckPage = page(StatusCheckWithStatus)
export const StatusResultPage = page(StatusResult)
export const StatusMessagePage = page(StatusMessage)
export const IngestionRunPage = page(IngestionRun)
