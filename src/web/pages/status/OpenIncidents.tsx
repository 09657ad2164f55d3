import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { WorkItemSummary } from '../../../contracts/tickets.ts'
import { useCan } from '../../api/me.ts'
import { read } from '../../api/queries.ts'
import { Loaded } from '../../parts/Loaded.tsx'
import { TimeAgo } from '../../parts/TimeAgo.tsx'
import { toNewTicket, toTicket, toTickets } from '../../paths.ts'
import { Skeletons } from '../../ui/Skeletons.tsx'
import stack from '../../ui/Stack.module.css'
import { StateTag } from '../tickets/StateTag.tsx'
import { severityWords, votesText } from '../tickets/words.ts'
import classes from './OpenIncidents.module.css'

const SHOWN_MAX = 5

/** Incidents of one platform that are not done, the most urgent first. */
export function OpenIncidents({ platformId }: { platformId: string }) {
  const can = useCan()
  const query = useQuery(
    read('workItemList', {
      query: { item_type: 'INCIDENT', platform_id: platformId, done: false, limit: SHOWN_MAX, sort: 'priority' },
    }),
  )
  return (
    <section className={stack.section} aria-label="Open incidents">
      <div className={stack.bar}>
        <h2>Open incidents</h2>
        <div className={stack.row}>
          <Link {...toTickets({ type: 'INCIDENT', platform: platformId })}>All incidents</Link>
          {can('work_item.create', { platformIds: [platformId] }) && (
            <Link {...toNewTicket({ type: 'INCIDENT', platform: platformId })}>Report a problem</Link>
          )}
        </div>
      </div>
      <Loaded query={query} what="incidents" skeleton={<Skeletons height={60} what="incidents" />}>
        {({ items, total }) => <Incidents incidents={items} total={total} />}
      </Loaded>
    </section>
  )
}

function Incidents({ incidents, total }: { incidents: readonly WorkItemSummary[]; total: number }) {
  if (total === 0) return <p className={stack.dimmed}>None is open.</p>
  return (
    <>
      <ul className={classes.list}>
        {incidents.map(({ id, title, state, severity, votes, created_at }) => (
          <li key={id} className={classes.incident}>
            <Link {...toTicket(id)} className={classes.title}>
              <bdi>{title}</bdi>
            </Link>
            <StateTag state={state} />
            <span className={classes.facts}>
              {severity !== null && `${severityWords[severity]}, `}
              {votesText(votes)}, <TimeAgo at={created_at} />
            </span>
          </li>
        ))}
      </ul>
      {total > incidents.length && <p className={stack.dimmed}>And {total - incidents.length} more.</p>}
    </>
  )
}
