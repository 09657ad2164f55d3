import { useEffect } from 'react'
import { useLinkState } from '../api/live.ts'
import { announce } from '../ui/announce.tsx'
import { coarse, utc, when } from '../ui/time.ts'
import { useNow } from '../ui/use-now.ts'
import classes from './AsOf.module.css'
import { StateIcon } from './StateBadge.tsx'

const words = { open: 'Live', connecting: 'Connecting', down: 'Asking every 30 s' }

/** How old what you see is. Quiet while it is the present; plain about it when it is not. */
export function AsOf({ confirmedAt, isStale }: { confirmedAt: number; isStale: boolean }) {
  const link = useLinkState()
  const now = useNow()
  // Once, when it happens: the age beside it changes all the time and must not be read out each time.
  useEffect(() => {
    if (isStale) announce('Stale: what you see may have changed')
  }, [isStale])
  if (confirmedAt === 0) return null
  const clock = (
    <time dateTime={new Date(confirmedAt).toISOString()} title={utc(confirmedAt)}>
      {when(confirmedAt, now)}
    </time>
  )
  if (isStale) {
    return (
      <p className={classes.stale}>
        <StateIcon shown="stale" />
        <span>
          Stale: as of {clock}, {now - confirmedAt < 10_000 ? 'a moment' : coarse(now - confirmedAt)} old. What you see
          may have changed; trying again.
        </span>
      </p>
    )
  }
  return (
    <p className={classes.asOf}>
      <span className={classes.dot} data-link={link} aria-hidden="true" />
      <span>
        {words[link]}, as of {clock}
      </span>
    </p>
  )
}
