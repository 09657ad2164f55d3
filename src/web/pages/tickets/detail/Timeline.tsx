import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { WorkItemDetail } from '../../../../contracts/tickets.ts'
import { Loaded } from '../../../parts/Loaded.tsx'
import { MoreButton } from '../../../ui/MoreButton.tsx'
import { Skeletons } from '../../../ui/Skeletons.tsx'
import stack from '../../../ui/Stack.module.css'
import { CommentCard } from './CommentCard.tsx'
import { EventLine } from './EventLine.tsx'
import classes from './Timeline.module.css'
import { type Entry, interleave, type View, views } from './timeline.ts'
import { commentsQuery, eventsQuery } from './timeline-query.ts'
import { VotesLine } from './VotesLine.tsx'

const viewWords: Record<View, string> = { everything: 'Everything', comments: 'Comments', changes: 'Changes' }

/**
 * What was said and what happened, in one order, oldest first.
 *
 * @param props.keep takes what somebody was writing in a comment that is not there any more.
 */
export function Timeline({ item, keep }: { item: WorkItemDetail; keep(text: string): void }) {
  const [view, setView] = useState<View>('everything')
  const events = useInfiniteQuery(eventsQuery(item.id))
  const comments = useInfiniteQuery(commentsQuery(item.id))
  return (
    <section className={stack.section} aria-label="History">
      <div className={stack.bar}>
        <h2>History</h2>
        <fieldset className={classes.views} aria-label="Show">
          {views.map((value) => (
            <button
              key={value}
              type="button"
              className={classes.view}
              aria-pressed={view === value}
              onClick={() => setView(value)}
            >
              {viewWords[value]}
            </button>
          ))}
        </fieldset>
      </div>
      <Loaded query={events} what="history" skeleton={skeleton}>
        {(eventPart) => (
          <Loaded query={comments} what="comments" skeleton={skeleton}>
            {(commentPart) => {
              const entries = interleave(
                { items: eventPart.items, isComplete: !events.hasNextPage },
                { items: commentPart.items, isComplete: !comments.hasNextPage },
                view,
              )
              const [isMoreEvents, isMoreComments] = [
                view !== 'comments' && events.hasNextPage,
                view !== 'changes' && comments.hasNextPage,
              ]
              return (
                <>
                  <Entries entries={entries} item={item} view={view} keep={keep} />
                  {(isMoreEvents || isMoreComments) && (
                    <MoreButton
                      shown={entries.length}
                      total={view === 'comments' ? commentPart.total : eventPart.total}
                      what="entries"
                      pages={{
                        hasNextPage: true,
                        isFetchingNextPage: events.isFetchingNextPage || comments.isFetchingNextPage,
                        fetchNextPage: () => {
                          if (isMoreEvents) void events.fetchNextPage()
                          if (isMoreComments) void comments.fetchNextPage()
                        },
                      }}
                    />
                  )}
                </>
              )
            }}
          </Loaded>
        )}
      </Loaded>
    </section>
  )
}

const skeleton = <Skeletons count={3} height={70} what="history" />

const nothing: Record<View, string> = {
  everything: 'Nothing happened yet.',
  comments: 'No comments yet.',
  changes: 'No changes yet.',
}

interface EntriesProps {
  entries: readonly Entry[]
  item: WorkItemDetail
  view: View
  keep(text: string): void
}

function Entries({ entries, item, view, keep }: EntriesProps) {
  if (entries.length === 0) return <p className={stack.dimmed}>{nothing[view]}</p>
  return (
    <ol className={classes.entries}>
      {entries.map((entry) => (
        <li key={entry.key} className={classes.entry}>
          <EntryView entry={entry} item={item} keep={keep} />
        </li>
      ))}
    </ol>
  )
}

function EntryView({ entry, item, keep }: { entry: Entry; item: WorkItemDetail; keep(text: string): void }) {
  switch (entry.kind) {
    case 'comment':
      return <CommentCard comment={entry.comment} item={item} keep={keep} />
    case 'event':
      return <EventLine event={entry.event} />
    case 'votes':
      return <VotesLine events={entry.events} />
  }
}
