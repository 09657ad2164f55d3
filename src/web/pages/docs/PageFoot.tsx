import { Link } from '@tanstack/react-router'
import { canSomewhere } from '../../api/can.ts'
import { useMe } from '../../api/me.ts'
import { toNewTicket } from '../../paths.ts'
import { dayName } from '../../ui/time.ts'
import type { GuidePage } from './guide.ts'
import classes from './PageFoot.module.css'

/** How old the page is, whose it is, and where to say that it did not help. */
export function PageFoot({ page }: { page: GuidePage }) {
  const mayFile = canSomewhere(useMe(), 'work_item.create')
  return (
    <footer className={classes.foot}>
      <p>
        Last changed <time dateTime={page.changedOn}>{dayName(page.changedOn)}</time>
        {page.owner !== null && (
          <>
            {' · kept by '}
            <bdi>{page.owner}</bdi>
          </>
        )}
      </p>
      {mayFile && (
        <p>
          Was this helpful?{' '}
          <Link {...toNewTicket({ type: 'IMPROVEMENT', title: `Docs: ${page.title}` })}>No, say what is missing</Link>
        </p>
      )}
    </footer>
  )
}
