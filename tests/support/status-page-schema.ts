/**
 * The public status-page API, version 2, as its clients validate it: written from what those say and from answers of
 * pages in the wild, and sharing nothing with our own contract. Nothing more and nothing less may be there.
 */
const text = { type: 'string' }
const filled = { type: 'string', minLength: 1 }
const moment = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$', format: 'date-time' }
const orNull = (schema: object) => ({ anyOf: [{ type: 'null' }, schema] })
const url = { type: 'string', format: 'absolute-url' }
const word = (...words: string[]) => ({ enum: words })
const strict = (properties: Record<string, unknown>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
})
const listOf = (items: object) => ({ type: 'array', items })

const componentStatus = word(
  'operational',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
)
const page = strict({ id: filled, name: filled, url, time_zone: filled, updated_at: moment })
const status = strict({ indicator: word('none', 'minor', 'major', 'critical'), description: filled })
const component = strict({
  id: filled,
  name: text,
  status: componentStatus,
  created_at: moment,
  updated_at: moment,
  position: { type: 'integer', minimum: 1 },
  description: orNull(text),
  showcase: { type: 'boolean' },
  start_date: orNull({ type: 'string', format: 'date' }),
  group_id: orNull(filled),
  page_id: filled,
  group: { type: 'boolean' },
  only_show_if_degraded: { type: 'boolean' },
})
const affected = strict({ code: filled, name: text, old_status: componentStatus, new_status: componentStatus })
const update = (statuses: object) =>
  strict({
    id: filled,
    status: statuses,
    body: text,
    incident_id: filled,
    created_at: moment,
    updated_at: moment,
    display_at: moment,
    affected_components: orNull(listOf(affected)),
    deliver_notifications: { type: 'boolean' },
    custom_tweet: orNull(text),
    tweet_id: orNull({ type: 'integer' }),
  })
const news = (statuses: object, impact: object) => ({
  id: filled,
  name: { type: 'string', maxLength: 255 },
  status: statuses,
  created_at: moment,
  updated_at: moment,
  monitoring_at: orNull(moment),
  resolved_at: orNull(moment),
  impact,
  shortlink: url,
  started_at: moment,
  page_id: filled,
  incident_updates: { ...listOf(update(statuses)), minItems: 1 },
  components: listOf(component),
  reminder_intervals: orNull(text),
})
const incident = strict(
  news(
    word('investigating', 'identified', 'monitoring', 'resolved', 'postmortem'),
    word('none', 'minor', 'major', 'critical'),
  ),
)
const maintenance = strict({
  ...news(word('scheduled', 'in_progress', 'verifying', 'completed'), word('maintenance')),
  scheduled_for: moment,
  scheduled_until: moment,
})

const components = { components: listOf(component) }
const incidents = { incidents: { ...listOf(incident), maxItems: 50 } }
const maintenances = { scheduled_maintenances: { ...listOf(maintenance), maxItems: 50 } }

/** By what comes after `/api/v2/`. */
export const statusPageSchemas: Record<string, object> = {
  'summary.json': strict({ page, ...components, ...incidents, ...maintenances, status }),
  'status.json': strict({ page, status }),
  'components.json': strict({ page, ...components }),
  'incidents.json': strict({ page, ...incidents }),
  'incidents/unresolved.json': strict({ page, ...incidents }),
  'scheduled-maintenances.json': strict({ page, ...maintenances }),
  'scheduled-maintenances/upcoming.json': strict({ page, ...maintenances }),
  'scheduled-maintenances/active.json': strict({ page, ...maintenances }),
}
export const parts = { component, incident, maintenance, status }

export const formats = {
  'absolute-url': (value: string) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
  'date-time': (value: string) => new Date(value).toISOString() === value,
  date: (value: string) => new Date(`${value}T00:00:00.000Z`).toISOString().startsWith(value),
}
