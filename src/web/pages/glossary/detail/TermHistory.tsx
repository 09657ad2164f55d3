import { useInfiniteQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { Loaded } from '../../../parts/Loaded.tsx'
import { TimeAgo } from '../../../parts/TimeAgo.tsx'
import { MoreButton } from '../../../ui/MoreButton.tsx'
import { Skeletons } from '../../../ui/Skeletons.tsx'
import stack from '../../../ui/Stack.module.css'
import { Person } from '../../tickets/detail/people.tsx'
import { historyQuery, type TermEvent } from '../queries.ts'
import { type Told, tellTerm } from './sentences.ts'
import classes from './TermPage.module.css'

const LineDiff = lazy(() => import('../../../parts/LineDiff.tsx').then((module) => ({ default: module.LineDiff })))

/** Who changed what and when, oldest first. */
export function TermHistory({ id }: { id: string }) {
  const query = useInfiniteQuery(historyQuery(id))
  return (
    <section className={stack.section} aria-label="History">
      <h2>History</h2>
      <Loaded query={query} what="history" skeleton={<Skeletons count={2} height={40} what="history" />}>
        {({ items, total }) => (
          <>
            <ol className={classes.events}>
              {items.map((event) => (
                <li key={event.id}>
                  <EventLine event={event} />
                </li>
              ))}
            </ol>
            {query.hasNextPage && <MoreButton shown={items.length} total={total} what="changes" pages={query} />}
          </>
        )}
      </Loaded>
    </section>
  )
}

function EventLine({ event }: { event: TermEvent }) {
  const { deed, texts } = tellTerm(event)
  return (
    <>
      <p>
        <Person principal={event.by} /> <bdi>{deed}</bdi> · <TimeAgo at={event.at} />
      </p>
      {texts.map((text) => (
        <TextChange key={text.field} {...text} />
      ))}
    </>
  )
}

/** Compared only when somebody looks. */
function TextChange({ field, from, to }: Told['texts'][number]) {
  const [isOpen, setIsOpen] = useState(false)
  const label = `What changed in the ${field.replaceAll('_', ' ')}`
  return (
    <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{label}</summary>
      <Suspense>{isOpen && <LineDiff from={from} to={to} label={label} />}</Suspense>
    </details>
  )
}
