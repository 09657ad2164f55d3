import { historyOf, quoted } from '../ddl.ts'
import type { Database } from './database.ts'

/** One thing that definitions cannot express, done to a store that an earlier Lakeport made. */
export type Step = (database: Database) => void

/** Run once, in order, before the definitions are applied. Only ever added to. */
export const steps: readonly Step[] = [dateVersionLog]

/** The log of versions learns when and by whom each was made: what it is listed by across all tables. */
function dateVersionLog(database: Database): void {
  const names = database.all<{ table_name: string }>('SELECT DISTINCT table_name FROM version_log')
  database.exec(`ALTER TABLE version_log ADD COLUMN updated_at TEXT NOT NULL DEFAULT '';
    ALTER TABLE version_log ADD COLUMN updated_by TEXT NOT NULL DEFAULT ''`)
  for (const { table_name: name } of names) {
    for (const table of [historyOf(name), name]) {
      database.run(
        `UPDATE version_log SET (updated_at, updated_by) = (made.updated_at, made.updated_by)
         FROM ${quoted(table)} AS made
         WHERE table_name = ? AND made.id = record_id AND made.version = version_log.version`,
        [name],
      )
    }
  }
}
