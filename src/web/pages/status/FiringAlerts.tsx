import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { read } from '../../api/queries.ts'
import { alertName, alertShown, alertWords, stateSince, whyText } from '../../parts/alerts.ts'
import { Loaded } from '../../parts/Loaded.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { TimeAgo } from '../../parts/TimeAgo.tsx'
import { toAdminAlerts } from '../../paths.ts'
import { Skeletons } from '../../ui/Skeletons.tsx'
import stack from '../../ui/Stack.module.css'
import classes from './OpenIncidents.module.css'

const SHOWN_MAX = 5

/** What fires on one platform, the newest first. */
export function FiringAlerts({ platformId }: { platformId: string }) {
  const query = useQuery(read('alertList', { query: { state: 'firing', platform_id: platformId, limit: SHOWN_MAX } }))
  return (
    <section className={stack.section} aria-label="Alerts">
      <div className={stack.bar}>
        <h2>Alerts</h2>
        <Link {...toAdminAlerts({ platform: platformId, state: 'all' })}>All alerts</Link>
      </div>
      <Loaded query={query} what="alerts" skeleton={<Skeletons height={60} what="alerts" />}>
        {({ items, total }) =>
          total === 0 ? (
            <p className={stack.dimmed}>Nothing fires.</p>
          ) : (
            <>
              <ul className={classes.list}>
                {items.map((alert) => (
                  <li key={alert.id} className={classes.incident}>
                    <Link {...toAdminAlerts({ platform: platformId })} className={classes.title}>
                      <bdi>{alertName(alert)}</bdi>
                    </Link>
                    <StateBadge state={alertShown[alert.state]} word={alertWords[alert.state]} />
                    <span className={classes.facts}>
                      {whyText(alert)}, <TimeAgo at={stateSince(alert)} />
                      {alert.acknowledged_by !== null && (
                        <>
                          , <bdi>{alert.acknowledged_by}</bdi> looks at it
                        </>
                      )}
                    </span>
                  </li>
                ))}
              </ul>
              {total > items.length && <p className={stack.dimmed}>And {total - items.length} more.</p>}
            </>
          )
        }
      </Loaded>
    </section>
  )
}
