import { Fault, versionConflict } from '../../fault.ts'
import { historyOf, quoted, quotedList } from '../ddl.ts'
import type { Announcement, Change, Provenance } from '../journal.ts'
import type { Row } from '../table.ts'
import type { RecordTopic } from '../tables.ts'
import type { Codec } from './codec.ts'
import type { Database } from './database.ts'
import type { Revisions } from './revisions.ts'
import type { Unsent } from './unsent.ts'

/** A row version with the table that it belongs to. */
export interface RowVersion {
  table: RecordTopic
  row: Row
}

export interface Commit {
  /**
   * The next versions, all or none, in one transaction. Strict is for a store that is the system of record: an expected
   * version that is not the current one refuses. Otherwise the system of record has decided already, and what this
   * replica is missing or already has is no reason to refuse. Unsent is what the system of record is told later.
   * @throws Fault `version_conflict` carrying the current record, when strict
   */
  apply(changes: readonly Change[], provenance: Provenance, how: { strict: boolean; isUnsent?: boolean }): Row[]
  /** Takes row versions over as they are, in any order and any number of times; a current row never goes back. */
  merge(versions: readonly RowVersion[], at: string): void
}

export const openCommit = (
  database: Database,
  codecs: ReadonlyMap<string, Codec>,
  revisions: Revisions,
  unsent: Unsent,
): Commit => {
  const writers = new Map([...codecs].map(([name, codec]) => [name, writerOf(database, codec)]))
  const writerFor = (table: string): Writer => {
    const writer = writers.get(table)
    if (!writer) throw new Error(`There is no table ${table}`)
    return writer
  }

  const inOneCommit = <T>(at: string, work: (touch: (table: RecordTopic) => void) => T): T => {
    let announcement: Announcement | undefined
    const result = database.transaction(() => {
      const touched = new Set<RecordTopic>()
      const answer = work((table) => touched.add(table))
      if (touched.size > 0) announcement = revisions.count(at, [...touched])
      return answer
    })
    if (announcement) revisions.announce(announcement)
    return result
  }

  const mergeOne = ({ table, row }: RowVersion, touch: (table: RecordTopic) => void) => {
    if (writerFor(table).merge(row)) touch(table)
  }

  return {
    apply(changes, provenance, { strict, isUnsent = false }) {
      for (const change of changes) refuseUnknown(change, writerFor(change.table).codec)
      refuseTwice(changes)
      refuseSeveralTables(changes)
      const at = new Date(provenance.at).toISOString()
      return inOneCommit(at, (touch) =>
        changes.map((change) => {
          const writer = writerFor(change.table)
          const before = writer.current(change.id)
          if (strict && (before?.version ?? 0) !== change.expectedVersion) throw conflict(before, writer.codec)
          const row = nextVersion(change, before, provenance, at)
          if (!strict) mergeOne({ table: change.table, row }, touch)
          else {
            writer.append(row, before)
            touch(change.table)
          }
          if (isUnsent) unsent.add('version', [change.table, row.id, row.version])
          return row
        }),
      )
    },
    merge: (versions, at) =>
      inOneCommit(at, (touch) => {
        for (const version of versions) mergeOne(version, touch)
      }),
  }
}

interface Writer {
  codec: Codec
  /** Also when deleted: a deleted record still has a version. */
  current(id: string): Row | undefined
  append(row: Row, before: Row | undefined): void
  /** Whether anything changed. */
  merge(row: Row): boolean
}

const writerOf = (database: Database, codec: Codec): Writer => {
  const { table, columns } = codec
  const [name, history] = [quoted(table.name), quoted(historyOf(table.name))]
  const list = quotedList(Object.keys(columns))
  const marks = Object.keys(columns).map(() => '?')
  const sql = {
    current: `${codec.select} WHERE id = ?`,
    insert: `INSERT INTO ${name} (${list}) VALUES (${marks})`,
    update: `UPDATE ${name} SET (${list}) = (${marks}) WHERE id = ? AND version = ?`,
    keep: `INSERT INTO ${history} (${list}) SELECT ${list} FROM ${name} WHERE id = ? AND version = ? ON CONFLICT DO NOTHING`,
    insertOlder: `INSERT INTO ${history} (${list}) VALUES (${marks}) ON CONFLICT DO NOTHING`,
    log: `INSERT INTO version_log (seq, table_name, record_id, version, updated_at, updated_by)
      SELECT coalesce(max(seq), 0) + 1, ?, ?, ?, ?, ? FROM version_log`,
    relog:
      'UPDATE version_log SET (updated_at, updated_by) = (?, ?) WHERE table_name = ? AND record_id = ? AND version = ?',
  }
  const current = (id: string): Row | undefined => {
    const raw = database.get(sql.current, [id])
    return raw && codec.decode(raw)
  }
  const log = (row: Row) => database.run(sql.log, [table.name, row.id, row.version, row.updated_at, row.updated_by])

  const append = (row: Row, before: Row | undefined) => {
    const values = codec.encode(row)
    if (before) {
      database.run(sql.keep, [before.id, before.version])
      const { changes } = database.run(sql.update, [...values, before.id, before.version])
      if (changes !== 1) throw conflict(current(row.id), codec)
    } else database.run(sql.insert, values)
    log(row)
  }

  return {
    codec,
    current,
    append,
    merge(row) {
      const before = current(row.id)
      if (!before || row.version > before.version) {
        append(row, before)
        return true
      }
      const values = codec.encode(row)
      if (row.version < before.version) {
        const { changes } = database.run(sql.insertOlder, values)
        if (changes > 0) log(row)
        return changes > 0
      }
      if (JSON.stringify(values) === JSON.stringify(codec.encode(before))) return false
      database.run(sql.update, [...values, row.id, row.version])
      database.run(sql.relog, [row.updated_at, row.updated_by, table.name, row.id, row.version])
      return true
    },
  }
}

const nextVersion = (change: Change, before: Row | undefined, provenance: Provenance, at: string): Row => ({
  ...change.fields,
  id: change.id,
  version: change.expectedVersion + 1,
  // Also when a deleted record is made again: its chain of versions goes on, and so does its origin.
  created_at: before?.created_at ?? at,
  created_by: before?.created_by ?? provenance.by,
  updated_at: at,
  updated_by: provenance.by,
  is_deleted: change.isDeleted ?? false,
  action: provenance.action,
  request_id: provenance.requestId,
  actor: provenance.actor,
})

const conflict = (current: Row | undefined, { table }: Codec): Fault => {
  if (!current) return neverMade()
  const shown = Object.entries(current).filter(([name]) => !table.columns[name]?.secret)
  return versionConflict({ version: current.version, ...Object.fromEntries(shown) })
}

/** A later version was expected of a record that was never made. */
const neverMade = () =>
  new Fault('version_conflict', 'This record does not exist any more. Look at the list again.', {
    details: { current_version: 0, current: null },
  })

const refuseUnknown = ({ table, fields }: Change, { table: { columns } }: Codec) => {
  const unknown = Object.keys(fields).find((name) => !Object.hasOwn(columns, name))
  if (unknown) throw new Error(`${unknown} is not a field of ${table}`)
}

/** A warehouse commits one table at a time, so that is what every store promises. */
const refuseSeveralTables = (changes: readonly Change[]) => {
  if (new Set(changes.map(({ table }) => table)).size > 1) throw new Error('A commit changes records of one table')
}

/** Two versions of one record in one commit could not be told apart by a reader of the history. */
const refuseTwice = (changes: readonly Change[]) => {
  const seen = new Set(changes.map(({ table, id }) => `${table} ${id}`))
  if (seen.size < changes.length) throw new Error('A commit changes a record at most once')
}
