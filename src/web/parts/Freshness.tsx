import type { PlatformStatus } from '../../contracts/status.ts'
import { useNow } from '../ui/use-now.ts'
import classes from './Freshness.module.css'
import { describeFreshness } from './freshness.ts'

/** The age of the data against what was agreed, in words and as the share that is used up. */
export function Freshness({
  freshness,
  isStale = false,
}: {
  freshness: PlatformStatus['freshness']
  isStale?: boolean
}) {
  const { level, text, used } = describeFreshness(freshness, useNow())
  return (
    <span className={classes.freshness} data-level={isStale ? 'unknown' : level}>
      {text}
      {freshness !== null && freshness.data_as_of !== null && (
        <svg className={classes.meter} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
          <rect className={classes.rail} width="100" height="4" />
          <rect className={classes.used} width={Math.max(1, used * 100)} height="4" />
        </svg>
      )}
    </span>
  )
}
