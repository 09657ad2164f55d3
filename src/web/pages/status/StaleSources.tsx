import type { StatusSummary } from '../../../contracts/status.ts'
import { StateIcon } from '../../parts/StateBadge.tsx'
import { sourceNames } from '../../parts/sources.ts'
import { TimeAgo } from '../../parts/TimeAgo.tsx'
import classes from './Dashboard.module.css'

/** Sources that nothing has been heard of: what hangs on them may have changed without us. */
export function StaleSources({ sources }: { sources: StatusSummary['ingestion'] }) {
  const stale = sources.filter(({ is_stale }) => is_stale)
  if (stale.length === 0) return null
  return (
    <ul className={classes.sources} aria-label="Sources that are behind">
      {stale.map(({ source, last_success_at, last_run_state }) => (
        <li key={source}>
          <StateIcon shown="stale" /> {sourceNames[source]}: last polled successfully <TimeAgo at={last_success_at} />
          {last_run_state === 'FAIL' && ', the newest run failed'}.
        </li>
      ))}
    </ul>
  )
}
