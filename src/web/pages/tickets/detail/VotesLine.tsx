import type { WorkItemEvent } from '../../../../contracts/tickets.ts'
import { TimeAgo } from '../../../parts/TimeAgo.tsx'
import { Person } from './people.tsx'
import classes from './Timeline.module.css'
import { votesSummary } from './timeline.ts'

/** Votes in a row, as one line; whose, on demand. */
export function VotesLine({ events }: { events: readonly WorkItemEvent[] }) {
  return (
    <details className={classes.event}>
      <summary>
        {votesSummary(events)} · <TimeAgo at={events.at(-1)?.at ?? null} />
      </summary>
      <ul className={classes.votes}>
        {events.map(({ id, by, type, at }) => (
          <li key={id}>
            <Person principal={by} /> {type === 'VOTE' ? 'voted' : 'took it back'} · <TimeAgo at={at} />
          </li>
        ))}
      </ul>
    </details>
  )
}
