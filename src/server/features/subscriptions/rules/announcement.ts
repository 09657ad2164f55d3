import type { Severity, StatusMessage } from '../../../../contracts/status.ts'

/** A message that was published, as subscribers hear of it. Instants are texts of one form, so they compare as texts. */
export interface Announcement
  extends Pick<
    StatusMessage,
    'id' | 'severity' | 'title' | 'body' | 'start_at' | 'end_at' | 'platform_ids' | 'updates' | 'updated_at'
  > {
  /** When readers could first have it; of the last time, when it was taken back to draft in between. */
  published_at: string
  archived_at: string | null
}

export const incidentSeverities = ['warning', 'critical'] as const satisfies readonly Severity[]
export const maintenanceSeverities = ['maintenance'] as const satisfies readonly Severity[]

/** When it stopped to be in force: by its own end or by being archived; null while it is, or is still to come. */
export function overAt({ end_at, archived_at }: Announcement, now: string): string | null {
  const ends = [end_at, archived_at].filter((at) => at !== null && at <= now).sort()
  return ends[0] ?? null
}

export const latest = (first: string, ...instants: readonly string[]): string =>
  instants.reduce((last, at) => (at > last ? at : last), first)

export interface Event {
  /** Stable: the same for this event whenever it is asked for. */
  key: string
  at: string
  kind: 'opened' | 'note' | 'started' | 'ended'
  body: string
}

/**
 * Everything that was said and that the clock did until `now`, oldest first. What happened at once stays in the order
 * in which it was written.
 */
export function eventsOf(message: Announcement, now: string): Event[] {
  const notes = message.updates.toReversed().map(({ at, body }, i): Event => {
    return { key: `${i + 1}`, at, kind: 'note', body }
  })
  // A message that was taken back and published again has notes from before.
  const openedAt = [message.published_at, ...notes.map(({ at }) => at)].sort()[0] ?? message.published_at
  const end = overAt(message, now)
  const hasStarted = openedAt < message.start_at && message.start_at <= now && (end === null || message.start_at < end)
  const events: Event[] = [
    { key: '0', at: openedAt, kind: 'opened', body: message.body === '' ? message.title : message.body },
    ...notes,
    ...(hasStarted ? [{ key: 'start', at: message.start_at, kind: 'started', body: 'Started.' } as const] : []),
    ...(end === null ? [] : [{ key: 'end', at: latest(end, openedAt), kind: 'ended', body: 'Ended.' } as const]),
  ]
  return events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}
