import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { summaryQuery } from '../api/summary.ts'
import { StateIcon } from '../parts/StateBadge.tsx'
import { announce } from '../ui/announce.tsx'
import { coarse, utc, when } from '../ui/time.ts'
import { useNow } from '../ui/use-now.ts'
import classes from './Behind.module.css'

/** Every answer says how old it is, so asking for a small one tells when the warehouse is back. */
const ASK_AGAIN_MS = 3000

/** The portal answers from its copy, because what stands behind it does not answer. */
export default function Behind({ asOf }: { asOf: string }) {
  const now = useNow()
  const at = Date.parse(asOf)
  useQuery({ ...summaryQuery, refetchInterval: ASK_AGAIN_MS })
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
