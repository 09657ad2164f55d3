import { IconClockExclamation } from '@tabler/icons-react'
import { dayName } from '../../ui/time.ts'
import { useNow } from '../../ui/use-now.ts'
import type { GuidePage } from './guide.ts'
import classes from './StaleBanner.module.css'

/** Says that nobody has vouched for the page since the day on which somebody was to. */
export function StaleBanner({ page }: { page: Pick<GuidePage, 'reviewBy' | 'owner'> }) {
  const today = new Date(useNow()).toISOString().slice(0, 10)
  if (page.reviewBy === null || page.reviewBy >= today) return null
  return (
    <p className={classes.stale} role="note">
      <IconClockExclamation className={classes.icon} size={20} aria-hidden />
      <span>
        <strong>This page may be out of date.</strong> It was to be reviewed by {dayName(page.reviewBy)}
        {page.owner !== null && (
          <>
            {'; ask '}
            <bdi>{page.owner}</bdi>
          </>
        )}
        .
      </span>
    </p>
  )
}
