import type { AuditEntry } from '../../../contracts/audit.ts'
import type { Page } from '../../../contracts/primitives.ts'
import type { Local } from '../../storage/local/open.ts'
import type { VersionFilter, VersionPair } from '../../storage/local/version-log.ts'
import type { Column } from '../../storage/table.ts'
import { type Records, type RecordTopic, tables } from '../../storage/tables.ts'
import { changesBetween, kindOf } from './rules.ts'

/** The column by which people know a record of each table; null where it is known by what it belongs to. */
const nameColumns: { readonly [N in RecordTopic]: (keyof Records[N] & string) | null } = {
  platforms: 'name',
  status_checks: 'name',
  status_messages: 'title',
  ingestion_runs: 'source',
  role_bindings: 'principal',
  api_tokens: 'name',
  directory_people: 'user_name',
  work_items: 'title',
  work_item_comments: null,
  work_item_votes: 'voter',
  work_item_watches: 'watcher',
  roadmap_items: 'title',
  glossary_terms: 'term',
  alerts: 'name',
  webhook_deliveries: 'event',
}

/** What every write left behind. Read only: nobody writes an audit record, the row versions are it. */
export const createAuditStore = (local: Local) => ({
  /** Newest first. */
  list(filter: VersionFilter, limits: { limit: number; cursor?: string | undefined }): Page<AuditEntry> {
    const { rows, ...rest } = local.versionsPage(filter, limits)
    return { items: rows.map(entryOf), ...rest }
  },
})

export type AuditStore = ReturnType<typeof createAuditStore>

function entryOf({ table, row, before }: VersionPair): AuditEntry {
  const columns: Readonly<Record<string, Column>> = tables[table].columns
  const nameColumn = nameColumns[table]
  return {
    table,
    record_id: row.id,
    version: row.version,
    kind: kindOf(before, row),
    name: nameColumn === null ? null : String((row as Record<string, unknown>)[nameColumn]), // A text column of this table.
    at: row.updated_at,
    by: row.updated_by,
    actor: row.actor,
    action: row.action,
    request_id: row.request_id,
    changes: changesBetween(columns, before, row),
  }
}
