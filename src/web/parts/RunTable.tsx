import { isSnapshot } from '../../contracts/sources.ts'
import type { IngestionRun } from '../../contracts/status.ts'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import stack from '../ui/Stack.module.css'
import { duration } from '../ui/time.ts'
import { RunBadge } from './RunBadge.tsx'
import { sourceNames } from './sources.ts'
import { TimeAgo } from './TimeAgo.tsx'

export function RunTable({ runs }: { runs: readonly IngestionRun[] }) {
  if (runs.length === 0) return <p className={stack.dimmed}>No run yet.</p>
  return <DataTable label="Runs" columns={columns} rows={runs} keyOf={({ id }) => id} />
}

const columns: Column<IngestionRun>[] = [
  { header: 'Source', cell: ({ source }) => sourceNames[source] },
  { header: 'Outcome', cell: ({ state }) => <RunBadge state={state} /> },
  { header: 'Started', cell: ({ started_at }) => <TimeAgo at={started_at} withClock /> },
  {
    header: 'Took',
    cell: ({ started_at, ended_at }) =>
      ended_at === null ? 'still running' : duration(Date.parse(ended_at) - Date.parse(started_at)),
  },
  {
    header: 'Results',
    cell: ({ source, results, failed_checks: failed }) =>
      isSnapshot(source)
        ? `${results} people read`
        : failed === 0
          ? `${results} written`
          : `${results} written, ${failed} could not be measured`,
  },
  {
    header: 'What went wrong',
    cell: ({ error_summary }) => (error_summary === null ? 'Nothing' : <bdi>{error_summary}</bdi>),
  },
]
