import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { WorkItemDetail } from '../../../../contracts/tickets.ts'
import { Breadcrumb } from '../../../parts/Breadcrumb.tsx'
import { Loaded } from '../../../parts/Loaded.tsx'
import { Markdown } from '../../../parts/markdown/Markdown.tsx'
import { toTickets } from '../../../paths.ts'
import { Skeletons } from '../../../ui/Skeletons.tsx'
import stack from '../../../ui/Stack.module.css'
import { useTitle } from '../../../ui/use-title.ts'
import { CommentBox } from './CommentBox.tsx'
import { TicketBanners } from './TicketBanners.tsx'
import { TicketFacts } from './TicketFacts.tsx'
import { TicketHeader } from './TicketHeader.tsx'
import classes from './TicketPage.module.css'
import { Timeline } from './Timeline.tsx'
import { useTicket } from './ticket-query.ts'
import { useCommentDraft } from './use-comment-draft.ts'

const route = getRouteApi('/tickets/$ticketId')

/** One ticket: what it is, what may be done to it, and what happened. */
export function TicketPage() {
  const { ticketId } = route.useParams()
  const { query, confirmedAt, isStale, isGone } = useTicket(ticketId)
  useTitle(query.data?.title ?? 'Ticket')
  return (
    <div className={stack.page}>
      <Breadcrumb
        above={[
          <Link key="tickets" {...toTickets()}>
            Tickets
          </Link>,
        ]}
        here={query.data?.title ?? 'Ticket'}
      />
      <Loaded level={1} query={query} what="ticket" skeleton={<Skeletons count={3} height={180} what="ticket" />}>
        {(item) => (
          <>
            <TicketHeader item={item} freshness={{ confirmedAt, isStale }} />
            <Everything key={item.id} item={item} isGone={isGone} />
          </>
        )}
      </Loaded>
    </div>
  )
}

function Everything({ item, isGone }: { item: WorkItemDetail; isGone: boolean }) {
  const comment = useCommentDraft(item.id)
  useFocusKept(item.state)
  return (
    <>
      <TicketBanners item={item} isGone={isGone} onKeepText={comment.add} />
      <div className={classes.columns}>
        <section className={stack.panel} aria-label="Description">
          {item.description.trim() === '' ? (
            <p className={`${stack.plain} ${classes.empty}`}>No description.</p>
          ) : (
            <Markdown source={item.description} under={1} />
          )}
        </section>
        <TicketFacts item={item} />
        <div className={stack.page}>
          <Timeline item={item} keep={comment.add} />
          <CommentBox item={item} draft={comment} />
        </div>
      </div>
    </>
  )
}

/** A button that changed the state may be gone with it; whoever stood on it goes on at the heading, not at the top. */
function useFocusKept(state: string): void {
  const last = useRef(state)
  useEffect(() => {
    if (last.current === state) return
    last.current = state
    if (document.activeElement === document.body)
      document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
  }, [state])
}
