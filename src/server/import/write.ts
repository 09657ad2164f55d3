import { idOf } from '../storage/ids.ts'
import type { Change, Journal } from '../storage/journal.ts'
import { type Imported, type ItemFields, type Judged, judge, Refusal } from './imported.ts'
import type { Row } from './read-file.ts'

export interface ImportStore {
  journal: Pick<Journal, 'commit'>
  /** The current version of a record, also of a deleted one. */
  version(table: 'work_items' | 'work_item_comments', id: string): { version: number; is_deleted: boolean } | null
  platformIdOf(nameOrId: string): string | null
}

export interface Report {
  rows: number
  created: number
  unchanged: number
  comments: number
  /** What was made to fit, and what was refused, each with where and why. */
  changed: string[]
  refused: string[]
}

export interface ImportOptions {
  now: number
  requestId: string
  isDryRun: boolean
  onProgress(report: Report): void
}

const PROGRESS_EVERY = 1000

/**
 * Writes what is not there yet, under its original author and time. Ids follow from the source's, so a second run, or
 * one after a run that was cut off, adds what is missing and nothing else.
 */
export async function importRows<T>(
  rows: AsyncIterable<Row<T>>,
  read: (value: T, at: string) => Imported,
  store: ImportStore,
  options: ImportOptions,
): Promise<Report> {
  const report: Report = { rows: 0, created: 0, unchanged: 0, comments: 0, changed: [], refused: [] }
  for await (const { at, value } of rows) {
    report.rows += 1
    let where = at === '' ? `row ${report.rows}` : at
    try {
      if (value instanceof Error) throw new Refusal(value.message)
      const imported = read(value, at)
      where = imported.at
      const judged = judge(imported, store.platformIdOf, options.now)
      for (const change of judged.changed) report.changed.push(`${where}: ${change}`)
      await writeOne(imported.sourceId, judged, store, options, report)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      report.refused.push(`${where}: ${error.message}`)
    }
    if (report.rows % PROGRESS_EVERY === 0) options.onProgress(report)
  }
  return report
}

async function writeOne(
  sourceId: string,
  { fields, author, at, became, comments }: Judged,
  store: ImportStore,
  { requestId, isDryRun }: ImportOptions,
  report: Report,
): Promise<void> {
  const id = idOf('import', sourceId)
  const commit = async (change: Change, by: string, when: number) => {
    if (isDryRun) return
    await store.journal.commit([change], { by, actor: null, at: when, action: 'work_item.import', requestId })
  }
  const there = store.version('work_items', id)
  if (there?.is_deleted === true) {
    report.unchanged += 1
    return
  }
  if (there === null) await commit({ table: 'work_items', id, expectedVersion: 0, fields }, author, at)
  // Of the first version only: what people changed here since is theirs.
  if (became !== null && (there === null || there.version === 1)) {
    const next: ItemFields = { ...fields, ...became.fields }
    await commit({ table: 'work_items', id, expectedVersion: 1, fields: next }, 'system:import', became.at)
  }
  let added = 0
  for (const comment of comments) {
    const commentId = idOf('import', comment.sourceId)
    if (store.version('work_item_comments', commentId) !== null) continue
    const said = { work_item_id: id, body: comment.body, by_staff: false }
    await commit(
      { table: 'work_item_comments', id: commentId, expectedVersion: 0, fields: said },
      comment.author,
      comment.at,
    )
    added += 1
  }
  report.comments += added
  if (there === null) report.created += 1
  else report.unchanged += 1
}
