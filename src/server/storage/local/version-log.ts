import type { Row } from '../table.ts'
import type { RecordTopic } from '../tables.ts'
import type { Codec } from './codec.ts'
import type { RowVersion } from './commit.ts'
import type { Database } from './database.ts'
import { ownTables } from './own-tables.ts'
import { type Page, readPage } from './page.ts'
import type { Reads } from './read.ts'

export interface VersionFilter {
  table?: RecordTopic | undefined
  recordId?: string | undefined
  /** Exactly as it is written in `updated_by`. */
  by?: string | undefined
  /** Only what people and machines of theirs did, not the portal by itself. */
  byPeople?: true | undefined
  /** Half-open, `[from, to)`. */
  from?: string | undefined
  to?: string | undefined
}

/** A version with the one before it, which is null for the first of its record. */
export type VersionPair = RowVersion & { before: Row | null }

/** What was ever written, over all tables of records. */
export interface VersionLog {
  /** Row versions in the order in which they came here, after the one numbered `seq`. */
  versionsAfter(seq: number, limit: number): { seq: number; version: RowVersion }[]
  /**
   * Newest first by the time that they carry; what came later stands first within one millisecond.
   * @throws Fault `validation_error` for a cursor that this list did not give out
   */
  versionsPage(filter: VersionFilter, limits: { limit: number; cursor?: string | undefined }): Page<VersionPair>
}

interface Entry {
  seq: number
  table_name: RecordTopic
  record_id: string
  version: number
}

export const openVersionLog = (
  database: Database,
  codecs: ReadonlyMap<string, Codec>,
  { version }: Pick<Reads, 'version'>,
): VersionLog => {
  const versionOf = (entry: Entry): RowVersion => ({
    table: entry.table_name,
    row: version(entry.table_name, entry.record_id, entry.version),
  })
  /** A copy may have been given a version before the one that it followed; then the last one known stands for it. */
  const beforeOf = (entry: Entry): Row | null => {
    const codec = codecs.get(entry.table_name)
    const raw = database.get(`${codec?.selectHistory} WHERE id = ? AND version < ? ORDER BY version DESC LIMIT 1`, [
      entry.record_id,
      entry.version,
    ])
    return codec === undefined || raw === undefined ? null : codec.decode(raw)
  }

  return {
    versionsAfter: (seq, limit) =>
      database
        .all<Entry>('SELECT seq, table_name, record_id, version FROM version_log WHERE seq > ? ORDER BY seq LIMIT ?', [
          seq,
          limit,
        ])
        .map((entry) => ({ seq: entry.seq, version: versionOf(entry) })),

    versionsPage(filter, { limit, cursor }) {
      const asked = filterKeys.filter((key) => filter[key] !== undefined)
      const page = readPage(database, {
        select: 'SELECT seq, table_name, record_id, version, updated_at FROM version_log',
        from: 'version_log',
        columns,
        where: asked.map((key) => conditions[key]).join(' AND ') || 'true',
        params: Object.fromEntries(asked.map((key) => [key, filter[key] ?? null])),
        order: [
          { column: 'updated_at', direction: 'desc' },
          { column: 'seq', direction: 'desc' },
        ],
        limit,
        cursor,
      })
      const entries = page.rows as unknown as Entry[] // The columns that it selects.
      return { ...page, rows: entries.map((entry) => ({ ...versionOf(entry), before: beforeOf(entry) })) }
    },
  }
}

/** Each names its parameter, also where that is only a yes. */
const conditions: Record<keyof VersionFilter, string> = {
  table: 'table_name = :table',
  recordId: 'record_id = :recordId',
  by: 'updated_by = :by',
  byPeople: "updated_by NOT GLOB 'system:*' AND :byPeople",
  from: 'updated_at >= :from',
  to: 'updated_at < :to',
}
// Its own keys.
const filterKeys = Object.keys(conditions) as (keyof VersionFilter)[]
const columns = ownTables.find(({ name }) => name === 'version_log')?.columns ?? {}
