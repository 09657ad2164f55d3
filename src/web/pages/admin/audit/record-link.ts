import type { AuditEntry } from '../../../../contracts/audit.ts'
import { toAdminAccess, toAdminAlerts, toAdminTokens, toPlatform, toRoadmap, toTerm, toTicket } from '../../../paths.ts'

/** Where the record of an entry is read, or null where it has no page or is gone. A page more is a line more here. */
export function recordLink({ table, record_id, kind, changes }: AuditEntry) {
  if (kind === 'delete') return null
  const held = (field: string) => changes.find((change) => change.field === field)?.to
  switch (table) {
    case 'platforms':
      return toPlatform(record_id)
    case 'work_items':
      return toTicket(record_id)
    case 'work_item_comments':
    case 'work_item_votes':
    case 'work_item_watches': {
      const ticket = held('work_item_id')
      return typeof ticket === 'string' ? toTicket(ticket) : null
    }
    case 'roadmap_items':
      return toRoadmap({ item: record_id })
    case 'glossary_terms':
      return toTerm(record_id)
    case 'role_bindings': {
      const principal = held('principal')
      return typeof principal === 'string' ? toAdminAccess({ principal }) : null
    }
    case 'alerts':
      return toAdminAlerts({ state: 'all' })
    case 'api_tokens':
      return toAdminTokens()
    default:
      return null
  }
}
