import type { Page } from '../../../contracts/primitives.ts'
import { type SourceName, sourceNames } from '../../../contracts/sources.ts'
import type { IngestionRun } from '../../../contracts/status.ts'
import type { Local } from '../../storage/local/open.ts'
import { equals, type Limits, type Repository } from '../../storage/repository.ts'

/** Looked up source by source, so that it costs the same however many runs there are. */
const newestOfEach = {
  sql: `id IN (
    SELECT (SELECT id FROM ingestion_runs AS newest WHERE newest.source = named.value ORDER BY started_at DESC, id DESC LIMIT 1)
    FROM json_each(:sources) AS named)`,
  params: { sources: JSON.stringify(sourceNames) },
}

export const createRunStore = (runs: Repository<'ingestion_runs'>, local: Local) => ({
  listRuns: (query: Limits & { source?: string; state?: string }): Page<IngestionRun> =>
    runs.page(query, equals('source', query.source), equals('state', query.state)),
  latestRuns: (limits: Limits): Page<IngestionRun> => runs.page(limits, newestOfEach),
  run: (id: string): IngestionRun | null => runs.find(id),
  newestRuns: (): IngestionRun[] => runs.all(`AND ${newestOfEach.sql}`, newestOfEach.params),
  newestRunOf: (source: SourceName): IngestionRun | null =>
    runs.all('AND source = ? ORDER BY started_at DESC, id DESC LIMIT 1', [source])[0] ?? null,
  runningRuns: (): IngestionRun[] => runs.all("AND state = 'RUNNING'"),
  /** When it last ended well. */
  lastSuccessOf: (source: SourceName): string | null =>
    local.get<{ at: string | null }>(
      "SELECT ended_at AS at FROM ingestion_runs WHERE source = ? AND state = 'SUCCESS' ORDER BY started_at DESC LIMIT 1",
      [source],
    )?.at ?? null,
})
