import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { itemTypes } from '../contracts/workflows.ts'
import type { Running } from './command.ts'
import { openCommandStore } from './command-store.ts'
import { fromCsv, plainMapping, readMapping } from './import/csv.ts'
import { fromGithub } from './import/github-issues.ts'
import { readCsv, readJson } from './import/read-file.ts'
import { importRows, type Report } from './import/write.ts'
import { newId } from './storage/ids.ts'

export interface ImportArguments {
  file: string | undefined
  format?: string | undefined
  mapping?: string | undefined
  platform?: string | undefined
  type?: string | undefined
  source?: string | undefined
  delimiter?: string | undefined
  isDryRun: boolean
}

const LISTED_MAX = 100

/**
 * Brings tickets of another system in; a portal that runs on the same store sees them by itself.
 * Exit status 0, or 3 when some rows were refused.
 */
export async function importTickets({ config, flush }: Running, given: ImportArguments): Promise<void> {
  const { file, format } = given
  if (file === undefined) throw new UsageError('import needs a file')
  if (format !== 'github-issues' && format !== 'csv') throw new UsageError('--format is github-issues or csv')
  const type = given.type?.toUpperCase()
  if (type !== undefined && !(itemTypes as readonly string[]).includes(type))
    throw new UsageError(`--type is one of ${itemTypes.join(', ')}`)

  const { local, journal, close } = await openCommandStore(config)
  try {
    const now = Date.now()
    const store = {
      journal,
      version: (table: 'work_items' | 'work_item_comments', id: string) => local.row(table, id) ?? null,
      platformIdOf: (nameOrId: string) =>
        local.get<{ id: string }>(
          'SELECT id FROM platforms WHERE is_deleted = 0 AND (id = :it OR lower(name) = lower(:it)) ORDER BY is_retired LIMIT 1',
          { it: nameOrId },
        )?.id ?? null,
    }
    const options = { now, requestId: newId(now), isDryRun: given.isDryRun, onProgress: tellProgress }
    const report =
      format === 'csv'
        ? await importRows(readCsv(file, given.delimiter ?? ','), await csvReader(given, type, file), store, options)
        : await importRows(
            readJson(file),
            (value, at) => fromGithub(value, at, { type, source: given.source, platform: given.platform, now }),
            store,
            options,
          )
    tell(report, given.isDryRun)
    process.exitCode = report.refused.length > 0 ? 3 : 0
  } finally {
    await close()
    await flush()
  }
}

/** Something about the command line itself is wrong. */
export class UsageError extends Error {}

async function csvReader({ mapping, platform, source }: ImportArguments, type: string | undefined, file: string) {
  const chosen = mapping === undefined ? plainMapping : readMapping(JSON.parse(await readFile(mapping, 'utf8')))
  const options = { mapping: chosen, type, platform, source: source ?? `csv:${basename(file)}` }
  return (row: Record<string, string>, at: string) => fromCsv(row, at, options)
}

const tellProgress = ({ rows, created, refused }: Report) =>
  void process.stderr.write(`${rows} rows read, ${created} created, ${refused.length} refused\n`)

function tell(report: Report, isDryRun: boolean): void {
  for (const list of [report.changed, report.refused]) {
    for (const line of list.slice(0, LISTED_MAX)) process.stderr.write(`${line}\n`)
    if (list.length > LISTED_MAX) process.stderr.write(`and ${list.length - LISTED_MAX} more\n`)
  }
  const { created, unchanged, comments, refused } = report
  process.stdout.write(
    `${isDryRun ? 'Dry run: ' : ''}${created} created, ${unchanged} unchanged, ${comments} comments added, ${refused.length} refused\n`,
  )
}
