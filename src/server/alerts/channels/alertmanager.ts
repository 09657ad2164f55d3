import { createHash } from 'node:crypto'
import type { AlertRule } from '../../../contracts/alerts.ts'
import { reasonText } from '../../../contracts/status.ts'
import type { AlertFields } from '../rules.ts'
import { firingSentence, recoveredSentence } from '../sentences.ts'

const names: Record<AlertRule, string> = { 'ingestion.stale': 'IngestionStale', 'check.failing': 'CheckFailing' }
/** How Alertmanager writes that something has not ended. */
const NOT_ENDED = '0001-01-01T00:00:00Z'

/**
 * One alert as Alertmanager's webhook, version 4, which most receivers understand.
 * @param origin where people reach the portal; empty when nobody said
 */
export function alertmanagerBody(alert: AlertFields, platformName: string | null, origin: string): string {
  const { rule, subject, name, reason, detail, episode, firing_since, resolved_at } = alert
  const status = alert.state === 'resolved' ? 'resolved' : 'firing'
  const labels = {
    alertname: names[rule],
    ...(rule === 'ingestion.stale' ? { source: subject } : { check: name, check_id: subject }),
    ...(platformName === null ? {} : { platform: platformName }),
    severity: rule === 'ingestion.stale' ? 'warning' : 'critical',
  }
  const annotations = {
    summary: status === 'firing' ? firingSentence(alert) : recoveredSentence(alert),
    description: detail ?? (reason === 'never_ran' ? 'It never ran well.' : reasonText[reason]),
    episode: String(episode),
  }
  return JSON.stringify({
    version: '4',
    groupKey: `{}:{alertname=${JSON.stringify(labels.alertname)},subject=${JSON.stringify(subject)}}`,
    truncatedAlerts: 0,
    status,
    receiver: 'lakeport',
    groupLabels: { alertname: labels.alertname },
    commonLabels: labels,
    commonAnnotations: annotations,
    externalURL: origin,
    alerts: [
      {
        status,
        labels,
        annotations,
        startsAt: firing_since,
        endsAt: resolved_at ?? NOT_ENDED,
        generatorURL: origin === '' ? '' : `${origin}${pathOf(alert)}`,
        fingerprint: createHash('sha256').update(`${rule} ${subject}`).digest('hex').slice(0, 16),
      },
    ],
  })
}

const pathOf = ({ platform_id }: AlertFields) =>
  platform_id === null ? '/admin/alerts' : `/platforms/${encodeURIComponent(platform_id)}`
