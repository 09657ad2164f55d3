import { useEffect } from 'react'
import { StateIcon } from '../parts/StateBadge.tsx'
import { announce } from '../ui/announce.tsx'
import { coarse, utc, when } from '../ui/time.ts'
import { useNow } from '../ui/use-now.ts'
import classes from './Behind.module.css'

/** The portal answers from its copy, because what stands behind it does not answer. */
export default function Behind({ asOf }: { asOf: string }) {
  const now = useNow()
  const at = Date.parse(asOf)
  useEffect(() => {
    announce('The warehouse does not answer: what you see may be old, and changes may not be saved')
  }, [])
  return (
    <aside className={classes.behind} aria-label="Warehouse">
      <StateIcon shown="stale" />
      <span>
        The warehouse does not answer. You see what was known{' '}
        <time dateTime={asOf} title={utc(at)}>
          {when(at, now)}
        </time>
        , {now - at < 10_000 ? 'a moment' : coarse(now - at)} ago; changes may not be saved until it is back.
      </span>
    </aside>
  )
}
