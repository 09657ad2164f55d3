import type { Alert } from '../../contracts/alerts.ts'
import { reasonText } from '../../contracts/status.ts'
import { sourceNames } from './sources.ts'

export const alertWords: Record<Alert['state'], string> = {
  ok: 'Went away',
  pending: 'Pending',
  firing: 'Firing',
  resolved: 'Resolved',
}
export const alertShown = { ok: 'unknown', pending: 'yellow', firing: 'red', resolved: 'green' } as const

/** What it is about, as people call it. */
export const alertName = ({ rule, subject, name }: Alert): string =>
  rule === 'ingestion.stale' && Object.hasOwn(sourceNames, subject)
    ? sourceNames[subject as keyof typeof sourceNames] // Owned, so it is a source.
    : name

export function whyText({ rule, reason }: Pick<Alert, 'rule' | 'reason'>): string {
  if (rule === 'check.failing') return reason === 'never_ran' ? 'Never ran' : reasonText[reason]
  if (reason === 'never_ran') return 'Never polled with success'
  return reason === 'failing' ? 'Polling fails' : 'Not polled for too long'
}

/** Since when it has been what it is. */
export const stateSince = (alert: Alert): string =>
  (alert.state === 'resolved'
    ? alert.resolved_at
    : alert.state === 'firing'
      ? alert.firing_since
      : alert.pending_since) ?? alert.updated_at
