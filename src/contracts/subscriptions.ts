import * as Type from 'typebox'
import { endpointTable } from './endpoint.ts'
import { closed, Id, Instant, nullable, oneOf } from './primitives.ts'

// The public status-page API, version 2: shapes that existing clients read, so no word of them is ours to change.

/** Newest first, and no more than this many of each kind. */
export const NEWS_MAX = 50

export const indicators = ['none', 'minor', 'major', 'critical'] as const
export type Indicator = (typeof indicators)[number]

/** Best first. */
export const componentStatuses = [
  'operational',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
] as const
export type ComponentStatus = (typeof componentStatuses)[number]

export const incidentStatuses = ['investigating', 'identified', 'monitoring', 'resolved'] as const
export type IncidentStatus = (typeof incidentStatuses)[number]
export const maintenanceStatuses = ['scheduled', 'in_progress', 'completed'] as const
export type MaintenanceStatus = (typeof maintenanceStatuses)[number]
export const impacts = ['maintenance', 'minor', 'critical'] as const
export type Impact = (typeof impacts)[number]

const Text = (maxLength: number) => Type.String({ maxLength })
const Url = Text(400)
const Line = Text(400)
const Moment = nullable(Instant)

const Page = closed({ id: Line, name: Line, url: Url, time_zone: Line, updated_at: Instant })
const Status = closed({ indicator: oneOf(indicators), description: Line })
const Component = closed({
  id: Id,
  name: Line,
  status: oneOf(componentStatuses),
  created_at: Instant,
  updated_at: Instant,
  position: Type.Integer({ minimum: 1 }),
  description: nullable(Line),
  showcase: Type.Boolean(),
  start_date: nullable(Line),
  group_id: Type.Null(),
  page_id: Line,
  group: Type.Boolean(),
  only_show_if_degraded: Type.Boolean(),
})
export type Component = Type.Static<typeof Component>

const Affected = closed({
  code: Id,
  name: Line,
  old_status: oneOf(componentStatuses),
  new_status: oneOf(componentStatuses),
})
const update = <const S extends readonly string[]>(statuses: S) =>
  closed({
    id: Line,
    status: oneOf(statuses),
    body: Text(100_000),
    incident_id: Id,
    created_at: Instant,
    updated_at: Instant,
    display_at: Instant,
    affected_components: nullable(Type.Array(Affected, { maxItems: 100 })),
    deliver_notifications: Type.Boolean(),
    custom_tweet: Type.Null(),
    tweet_id: Type.Null(),
  })
const news = <const S extends readonly string[]>(statuses: S) => ({
  id: Id,
  name: Line,
  status: oneOf(statuses),
  created_at: Instant,
  updated_at: Instant,
  monitoring_at: Moment,
  resolved_at: Moment,
  impact: oneOf(impacts),
  shortlink: Url,
  started_at: Instant,
  page_id: Line,
  incident_updates: Type.Array(update(statuses), { maxItems: 510 }),
  components: Type.Array(Component, { maxItems: 100 }),
  reminder_intervals: Type.Null(),
})
const Incident = closed(news(incidentStatuses))
export type Incident = Type.Static<typeof Incident>
const Maintenance = closed({ ...news(maintenanceStatuses), scheduled_for: Instant, scheduled_until: Instant })
export type Maintenance = Type.Static<typeof Maintenance>

const page = { page: Page }
const status = { status: Status }
const components = { components: Type.Array(Component, { maxItems: 1000 }) }
const incidents = { incidents: Type.Array(Incident, { maxItems: NEWS_MAX }) }
const maintenances = { scheduled_maintenances: Type.Array(Maintenance, { maxItems: NEWS_MAX }) }

const inForce = ['platforms', 'status_checks', 'status_results', 'status_messages'] as const

/** A feed tells what was written, not how things are. */
const written = { reads: ['platforms', 'status_messages'] } as const

const get = { method: 'GET', permission: 'status.read', reads: inForce } as const
const v2 = <const P extends string>(name: P) => ({ ...get, path: `/api/v2/${name}.json` as const })
const answer = <R extends Type.TProperties>(reply: R) => closed({ ...page, ...reply })
const feed = { ...get, ...written, reply: Type.String(), text: 'application/atom+xml' } as const
const badge = { ...get, reply: Type.String(), text: 'image/svg+xml', isEmbeddable: true } as const
const params = closed({ id: Id })

export const subscriptionEndpoints = endpointTable({
  pageSummary: {
    ...v2('summary'),
    summary: 'Components, what is unresolved and planned, and the overall state',
    reply: answer({ ...components, ...incidents, ...maintenances, ...status }),
  },
  pageStatus: { ...v2('status'), summary: 'The overall state', reply: answer(status) },
  pageComponents: { ...v2('components'), summary: 'Every platform as a component', reply: answer(components) },
  pageIncidents: {
    ...v2('incidents'),
    summary: 'The newest incidents, also resolved ones',
    reply: answer(incidents),
  },
  pageIncidentsUnresolved: {
    ...v2('incidents/unresolved'),
    summary: 'Incidents that are not resolved',
    reply: answer(incidents),
  },
  pageMaintenances: {
    ...v2('scheduled-maintenances'),
    summary: 'The newest maintenances, also completed ones',
    reply: answer(maintenances),
  },
  pageMaintenancesUpcoming: {
    ...v2('scheduled-maintenances/upcoming'),
    summary: 'Maintenances to come',
    reply: answer(maintenances),
  },
  pageMaintenancesActive: {
    ...v2('scheduled-maintenances/active'),
    summary: 'Maintenances going on now',
    reply: answer(maintenances),
  },

  feed: { ...feed, path: '/history.atom', summary: 'Atom feed of messages' },
  platformFeed: {
    ...feed,
    path: '/api/v1/platforms/:id/history.atom',
    params,
    summary: 'Atom feed of messages about a platform',
  },
  badge: { ...badge, path: '/api/v1/status/badge.svg', summary: 'The overall state as a badge' },
  platformBadge: {
    ...badge,
    path: '/api/v1/platforms/:id/badge.svg',
    params,
    summary: 'State of a platform as a badge',
  },
})
