import type { ConnectorName } from '../../../../contracts/sources.ts'
import type { StatusCheck } from '../../../../contracts/status.ts'
import { kindNames, sourceNames } from '../../../parts/sources.ts'
import { duration } from '../../../ui/time.ts'
import { sourceFrom, textsOf } from './source-fields.ts'

export interface CheckDraft {
  platform_id: string
  name: string
  description: string
  kind: StatusCheck['kind']
  /** One field, because a connector's texts mean nothing to another connector. */
  source: { connector: ConnectorName; texts: Record<string, string> }
  interval_seconds: number | null
  warn_after_seconds: number | null
  crit_after_seconds: number | null
  for_minutes: number
  recover_minutes: number
  is_enabled: boolean
}

export const checkLabels: Record<keyof CheckDraft, string> = {
  platform_id: 'Platform',
  name: 'Name',
  description: 'Description',
  kind: 'Kind',
  source: 'Source',
  interval_seconds: 'Measured every',
  warn_after_seconds: 'Late after',
  crit_after_seconds: 'Very late after',
  for_minutes: 'Bad must last (minutes)',
  recover_minutes: 'Good must last (minutes)',
  is_enabled: 'Enabled',
}

export const emptyCheck = (platformId: string): CheckDraft => ({
  platform_id: platformId,
  name: '',
  description: '',
  kind: 'freshness',
  source: { connector: 'databricks_job', texts: {} },
  interval_seconds: 300,
  warn_after_seconds: 3600,
  crit_after_seconds: 7200,
  for_minutes: 0,
  recover_minutes: 0,
  is_enabled: true,
})

export const draftOfCheck = (check: StatusCheck): CheckDraft => ({
  platform_id: check.platform_id,
  name: check.name,
  description: check.description,
  kind: check.kind,
  source: { connector: check.source.connector, texts: textsOf(check.source) },
  interval_seconds: check.interval_seconds,
  warn_after_seconds: check.warn_after_seconds,
  crit_after_seconds: check.crit_after_seconds,
  for_minutes: check.for_minutes,
  recover_minutes: check.recover_minutes,
  is_enabled: check.is_enabled,
})

/** Is lateness what this check is about? The others take their colour from the connector. */
export const needsThresholds = ({ kind, source }: Pick<CheckDraft, 'kind' | 'source'>) =>
  kind === 'freshness' || source.connector === 'push'

/** What is wrong with which field; source fields as `source.job_id`. Empty when it may be sent. */
export function checkErrors(draft: CheckDraft): Record<string, string> {
  const errors: Record<string, string> = {}
  if (draft.platform_id === '') errors.platform_id = 'Choose a platform'
  if (draft.name.trim() === '') errors.name = 'A name is needed'
  const interval = draft.interval_seconds
  if (interval === null || interval < 10 || interval > 604_800)
    errors.interval_seconds = 'Between 10 seconds and 7 days'
  if (needsThresholds(draft)) {
    const { warn_after_seconds: warn, crit_after_seconds: crit } = draft
    if (warn === null || warn <= 0) errors.warn_after_seconds = 'Needed: when is it late?'
    if (crit === null || crit <= 0) errors.crit_after_seconds = 'Needed: when is it very late?'
    else if (warn !== null && warn >= crit) errors.crit_after_seconds = 'Must be more than "late after"'
  }
  const result = sourceFrom(draft.source.connector, draft.source.texts)
  if ('errors' in result) for (const [field, wrong] of Object.entries(result.errors)) errors[`source.${field}`] = wrong
  return errors
}

/** The record's fields, from a draft in which `checkErrors` finds nothing. */
export function fieldsOfCheck(draft: CheckDraft) {
  const { source: typed, interval_seconds: interval, ...rest } = draft
  const result = sourceFrom(typed.connector, typed.texts)
  if ('errors' in result || interval === null) throw new Error('A draft is checked before it is sent.')
  const thresholds = needsThresholds(draft) ? {} : { warn_after_seconds: null, crit_after_seconds: null }
  return { ...rest, ...thresholds, source: result.source, interval_seconds: interval }
}

/** How a field's value reads in a sentence. */
export function showCheckValue(field: string, value: unknown, platformName: (id: string) => string): string {
  if (field === 'platform_id') return platformName(String(value))
  if (field === 'kind') return kindNames[value as CheckDraft['kind']]
  if (field === 'source') return showSource(value as CheckDraft['source'])
  if (field.endsWith('_seconds')) return typeof value === 'number' ? duration(value * 1000) : 'none'
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)
}

const showSource = ({ connector, texts }: CheckDraft['source']) =>
  [sourceNames[connector], ...Object.entries(texts).map(([name, text]) => `${name}: ${text}`)].join('\n')
