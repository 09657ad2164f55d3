import { Link } from '@tanstack/react-router'
import { type ReactNode, Suspense, useState } from 'react'
import type { WorkItemDetail } from '../../../../contracts/tickets.ts'
import { Markdown } from '../../../parts/markdown/Markdown.tsx'
import { TimeAgo } from '../../../parts/TimeAgo.tsx'
import { toTicket } from '../../../paths.ts'
import { resolutionWords, waitingWords } from '../words.ts'
import { TransitionDialog } from './on-demand.ts'
import { TicketActions } from './TicketActions.tsx'
import classes from './TicketPage.module.css'
import { TransitionButton } from './TransitionButton.tsx'
import type { Asking } from './use-transition.ts'

interface BannersProps {
  item: WorkItemDetail
  isGone: boolean
  /** Takes what was typed into a dialog whose act is not possible any more. */
  onKeepText(text: string): void
}

/** What to know first: gone, a duplicate, waiting, how it ended; then what can be done. One dialog serves all of it. */
export function TicketBanners({ item, isGone, onKeepText }: BannersProps) {
  const [asking, setAsking] = useState<Asking | null>(null)
  // Every way on from a duplicate makes it none, so the first that may be taken is what undoes it.
  const undo =
    item.duplicate_of === null
      ? undefined
      : item.allowed_transitions.find(({ blocked_reason, duplicate_of }) => blocked_reason === null && !duplicate_of)
  return (
    <>
      {isGone && (
        <Banner tone="gone" role="alert">
          This ticket was deleted, or you may not see it any more. What you read is how it last was.
        </Banner>
      )}
      <TicketActions item={item} except={undo} isGone={isGone} onAsk={setAsking} />
      {item.duplicate_of !== null && (
        <Banner
          tone="done"
          action={undo !== undefined && !isGone && <TransitionButton item={item} option={undo} onAsk={setAsking} />}
        >
          {item.duplicate_of_item === null ? (
            'Duplicate of a ticket that you may not see'
          ) : (
            <>
              Duplicate of{' '}
              <Link {...toTicket(item.duplicate_of_item.id)}>
                <bdi>{item.duplicate_of_item.title}</bdi>
              </Link>
            </>
          )}
        </Banner>
      )}
      {item.waiting_on !== null && (
        <Banner tone="waiting" note={item.state_note}>
          Waits for {waitingWords[item.waiting_on]}, since <TimeAgo at={item.state_at} />
        </Banner>
      )}
      {item.resolution !== null && item.duplicate_of === null && (
        <Banner tone="done" note={item.state_note}>
          Resolution: {resolutionWords[item.resolution]}
        </Banner>
      )}
      <Suspense>
        {asking !== null && (
          <TransitionDialog asking={asking} onKeepText={onKeepText} onClose={() => setAsking(null)} />
        )}
      </Suspense>
    </>
  )
}

interface BannerProps {
  tone: 'gone' | 'waiting' | 'done'
  note?: string | null
  action?: ReactNode
  role?: 'alert'
  children: ReactNode
}

function Banner({ tone, note = null, action, role, children }: BannerProps) {
  return (
    <div className={classes.banner} data-tone={tone} role={role}>
      <p>{children}</p>
      {action}
      {note !== null && (
        <div className={classes.bannerNote}>
          <Markdown source={note} under={1} />
        </div>
      )}
    </div>
  )
}
