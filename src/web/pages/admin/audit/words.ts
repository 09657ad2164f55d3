import type { AuditChange, AuditEntry } from '../../../../contracts/audit.ts'
import { utc } from '../../../ui/time.ts'

/** As they stand within a sentence. */
export const tableWords: Record<AuditEntry['table'], string> = {
  platforms: 'platform',
  status_checks: 'check',
  status_messages: 'message',
  ingestion_runs: 'run',
  role_bindings: 'role',
  api_tokens: 'API token',
  directory_people: 'person of the workspace',
  work_items: 'ticket',
  work_item_comments: 'comment',
  work_item_votes: 'vote',
  work_item_watches: 'following',
  roadmap_items: 'roadmap item',
  glossary_terms: 'glossary term',
  alerts: 'alert',
  webhook_deliveries: 'outgoing webhook',
}

/** As it stands alone. */
export const tableTitle = (table: AuditEntry['table']) =>
  tableWords[table].replace(/^./, (first) => first.toUpperCase())

export const kindWords: Record<AuditEntry['kind'], string> = {
  create: 'Made',
  change: 'Changed',
  delete: 'Deleted',
  restore: 'Made again',
}

/** A field's name as people read it: `platform_id` is a platform. */
export const fieldWord = (field: string) => field.replace(/_ids?$/, '').replaceAll('_', ' ')

export type ShownValue = { kind: 'nothing' } | { kind: 'hidden' } | { kind: 'text'; text: string }

/** One side of a change. What is stored as a structure is shown as it is stored. */
export function shownValue(value: unknown, { is_secret }: Pick<AuditChange, 'is_secret'>): ShownValue {
  if (is_secret) return { kind: 'hidden' }
  if (value === null || value === '') return { kind: 'nothing' }
  if (typeof value === 'string') return { kind: 'text', text: INSTANT.test(value) ? utc(value) : value }
  if (typeof value === 'boolean') return { kind: 'text', text: value ? 'yes' : 'no' }
  if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return value.length === 0 ? { kind: 'nothing' } : { kind: 'text', text: value.join(', ') }
  return { kind: 'text', text: JSON.stringify(value, null, 2) }
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** Texts in which it is worth looking for the line that differs. */
export const isLongText = ({ from, to }: AuditChange) =>
  typeof from === 'string' && typeof to === 'string' && (from.includes('\n') || to.includes('\n'))

/** The instants that bound calendar days of the reader's zone, both days included. */
export function bounds(from: string | undefined, to: string | undefined): { from?: string; to?: string } {
  const start = from === undefined ? undefined : midnight(from, 0)
  const end = to === undefined ? undefined : midnight(to, 1)
  return { ...(start !== undefined && { from: start }), ...(end !== undefined && { to: end }) }
}

function midnight(day: string, daysLater: number): string | undefined {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const at = new Date(year, month - 1, date + daysLater)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}
