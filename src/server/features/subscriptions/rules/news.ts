import type { Component, Impact, Incident, Maintenance } from '../../../../contracts/subscriptions.ts'
import { type Announcement, latest } from './announcement.ts'
import { PAGE_ID } from './components.ts'
import { claimed, incidentSteps, lastReached, maintenanceSteps, type Step, since } from './progress.ts'

export interface Place {
  /** `https://portal.example.com`, without a slash at its end. */
  origin: string
  /** What the reader may see, in order. */
  components: readonly Component[]
}

export function incidentOf(message: Announcement, now: string, place: Place): Incident {
  const steps = incidentSteps(message, now)
  return {
    ...newsOf(message, steps, place),
    status: steps.at(-1)?.status ?? 'investigating',
    monitoring_at: lastReached(steps, 'monitoring'),
    resolved_at: since(steps, 'resolved'),
    impact: impactOf(message.severity),
  }
}

/** A window without an end says its beginning as its end, because clients insist on one. */
export function maintenanceOf(message: Announcement, now: string, place: Place): Maintenance {
  const steps = maintenanceSteps(message, now)
  const completedAt = since(steps, 'completed')
  return {
    ...newsOf(message, steps, place),
    status: steps.at(-1)?.status ?? 'scheduled',
    monitoring_at: null,
    resolved_at: completedAt,
    impact: 'maintenance',
    scheduled_for: message.start_at,
    scheduled_until: message.end_at ?? completedAt ?? message.start_at,
  }
}

export const impactOf = (severity: Announcement['severity']): Impact =>
  severity === 'maintenance' ? 'maintenance' : severity === 'critical' ? 'critical' : 'minor'

/** Where people read about it: the one platform that it names, else the status page. */
export const pageOf = ({ platform_ids }: Pick<Announcement, 'platform_ids'>, origin: string): string =>
  platform_ids.length === 1 ? `${origin}/platforms/${platform_ids[0]}` : `${origin}/`

function newsOf<S extends Incident['status'] | Maintenance['status']>(
  message: Announcement,
  steps: readonly Step<S>[],
  { origin, components }: Place,
) {
  const affected = components.filter(({ id }) => message.platform_ids.includes(id))
  const updates = steps.map((step, i) => ({
    id: `${message.id}-${step.key}`,
    status: step.status,
    body: step.body,
    incident_id: message.id,
    created_at: step.at,
    updated_at: step.at,
    display_at: step.at,
    affected_components:
      affected.length === 0
        ? null
        : affected.map(({ id, name }) => ({
            code: id,
            name,
            old_status: claimed(message.severity, steps[i - 1]?.status ?? null),
            new_status: claimed(message.severity, step.status),
          })),
    deliver_notifications: false,
    custom_tweet: null,
    tweet_id: null,
  }))
  const createdAt = steps[0]?.at ?? message.published_at
  return {
    id: message.id,
    name: message.title,
    created_at: createdAt,
    updated_at: latest(message.updated_at, ...steps.map(({ at }) => at)),
    shortlink: pageOf(message, origin),
    started_at: message.start_at,
    page_id: PAGE_ID,
    incident_updates: updates.toReversed(),
    components: affected,
    reminder_intervals: null,
  }
}
