import {
  type ComponentStatus,
  type IncidentStatus,
  incidentStatuses,
  type MaintenanceStatus,
} from '../../../../contracts/subscriptions.ts'
import { type Announcement, type Event, eventsOf, overAt } from './announcement.ts'

export interface Step<S> extends Event {
  status: S
}

/**
 * An incident is investigated until an update begins with another word of the four ("Monitoring: a fix is out"); an
 * update without one changes nothing. It is resolved when its message is over, whatever the words say.
 */
export function incidentSteps(message: Announcement, now: string): Step<IncidentStatus>[] {
  const end = overAt(message, now)
  let status: IncidentStatus = 'investigating'
  return eventsOf(message, now).flatMap((event) => {
    // The window opening is no news of an incident, which is told of only from then on.
    if (event.kind === 'started') return []
    if (event.kind === 'ended' && status === 'resolved') return []
    if (event.kind === 'note') status = statusNamed(event.body) ?? status
    if (end !== null && event.at >= end && event.kind !== 'opened') status = 'resolved'
    return [{ ...event, status, body: event.kind === 'ended' ? 'Resolved.' : event.body }]
  })
}

const FIRST_WORD = new RegExp(`^[\\s*_#>]*(${incidentStatuses.join('|')})\\b[\\s*_]*(?:[:.!–—-]|$)`, 'i')

/** The status that an update begins with: `Identified: …`, `**Monitoring** – …`. */
export function statusNamed(body: string): IncidentStatus | null {
  const word = FIRST_WORD.exec(body.slice(0, 100))?.[1]?.toLowerCase()
  return incidentStatuses.find((status) => status === word) ?? null
}

/** A maintenance goes by the clock alone. */
export function maintenanceSteps(message: Announcement, now: string): Step<MaintenanceStatus>[] {
  return eventsOf(message, now).map((event) => ({
    ...event,
    status: maintenanceStatus(message, event.at),
    body: event.kind === 'ended' ? 'Completed.' : event.body,
  }))
}

export function maintenanceStatus(message: Announcement, at: string): MaintenanceStatus {
  if (overAt(message, at) !== null) return 'completed'
  return at < message.start_at ? 'scheduled' : 'in_progress'
}

/** When it last came to have this status; null when it has not got it. */
export function since<S>(steps: readonly Step<S>[], status: S): string | null {
  if (steps.at(-1)?.status !== status) return null
  const before = steps.findLastIndex((step) => step.status !== status)
  return steps[before + 1]?.at ?? null
}

/** When it last changed to this status, whatever came after; null when it never did. */
export const lastReached = <S>(steps: readonly Step<S>[], status: S): string | null =>
  steps.findLast((step, i) => step.status === status && steps[i - 1]?.status !== status)?.at ?? null

/** What a message says of its platforms while it has this status; what is measured may differ. */
export function claimed(
  severity: Announcement['severity'],
  status: IncidentStatus | MaintenanceStatus | null,
): ComponentStatus {
  if (status === 'in_progress') return 'under_maintenance'
  const isOn = status === 'investigating' || status === 'identified' || status === 'monitoring'
  return isOn && severity === 'critical' ? 'degraded_performance' : 'operational'
}
