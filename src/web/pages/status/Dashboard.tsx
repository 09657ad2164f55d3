import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { StatusSummary } from '../../../contracts/status.ts'
import { useCan } from '../../api/me.ts'
import { read } from '../../api/queries.ts'
import { useSummary } from '../../api/summary.ts'
import { AsOf } from '../../parts/AsOf.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { StateIcon } from '../../parts/StateBadge.tsx'
import { toAdminPlatforms, toStatus } from '../../paths.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { arrange } from './arrange.ts'
import { Banners } from './Banners.tsx'
import classes from './Dashboard.module.css'
import { Filters } from './Filters.tsx'
import { Legend } from './Legend.tsx'
import { PlatformTile } from './PlatformTile.tsx'
import { StaleSources } from './StaleSources.tsx'
import { useStateAnnouncement } from './use-state-announcement.ts'

export const HISTORY_DAYS = 90
export const dashboardHistory = read('statusHistory', { query: { days: HISTORY_DAYS } })

const Subscribe = lazy(() => import('./subscribe/Subscribe.tsx').then((part) => ({ default: part.Subscribe })))

const route = getRouteApi('/')

export function Dashboard() {
  useTitle('Status')
  const { query, summary, confirmedAt, isStale } = useSummary()
  useStateAnnouncement(summary)
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <h1 className={classes.sentence} tabIndex={-1}>
          {summary === undefined ? (
            'Status'
          ) : (
            <>
              <StateIcon shown={isStale ? 'stale' : summary.state} size={30} />
              {isStale ? `Last known: ${summary.sentence}` : summary.sentence}
            </>
          )}
        </h1>
        <AsOf confirmedAt={confirmedAt} isStale={isStale} />
      </div>
      <Loaded query={query} what="status" skeleton={<Skeletons columns count={6} height={272} what="status" />}>
        {(data) => <Overview summary={data} isStale={isStale} />}
      </Loaded>
    </div>
  )
}

function Overview({ summary, isStale }: { summary: StatusSummary; isStale: boolean }) {
  const search = route.useSearch()
  const history = useQuery(dashboardHistory)
  const domains = arrange(summary.platforms, search)
  if (summary.platforms.length === 0) {
    return (
      <>
        <Banners messages={summary.messages} platforms={[]} />
        <FirstRun />
      </>
    )
  }
  return (
    <>
      {summary.is_demo && (
        <p className={classes.demo}>
          <StateIcon shown="info" /> Sample data: a made-up workspace feeds this portal, nothing here is real.
        </p>
      )}
      <Banners messages={summary.messages} platforms={summary.platforms} />
      <StaleSources sources={summary.ingestion} />
      <Filters
        platforms={summary.platforms}
        shown={domains.reduce((sum, { platforms }) => sum + platforms.length, 0)}
      />
      {domains.length === 0 && (
        <Notice title="No platform matches" action={<Link {...toStatus()}>Clear the filters</Link>}>
          {search.show === 'attention' && search.q === undefined
            ? 'Nothing needs attention right now.'
            : 'Other words may find it.'}
        </Notice>
      )}
      <div className={classes.domains}>
        {domains.map(({ name, platforms }) => (
          <section key={name} aria-label={name} style={roomFor(platforms.length)}>
            <h2 className={classes.domain}>
              <bdi>{name}</bdi>
            </h2>
            <ul className={classes.tiles} data-many={summary.platforms.length > 60}>
              {platforms.map((platform) => (
                <PlatformTile
                  key={platform.id}
                  platform={platform}
                  messages={summary.messages.filter(({ id }) => platform.active_message_ids.includes(id))}
                  history={history.data?.platforms.find(({ platform_id }) => platform_id === platform.id)}
                  historyState={history.data !== undefined ? 'here' : history.error !== null ? 'failed' : 'loading'}
                  isStale={isStale}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {history.error !== null && history.data === undefined && (
        <Notice
          title="The history could not be loaded"
          action={
            <Button variant="default" onClick={() => void history.refetch()}>
              Try again
            </Button>
          }
        >
          {history.error.message} What the tiles say of the present is not affected.
        </Notice>
      )}
      <Legend />
      <Suspense>
        <Subscribe />
      </Suspense>
    </>
  )
}

const TILE = { width: 300, gap: 16 }

/** As much of a row as its tiles fill, so that small domains stand side by side. */
const roomFor = (tiles: number) => ({
  flexGrow: tiles,
  flexBasis: `min(100%, ${tiles * TILE.width + (tiles - 1) * TILE.gap}px)`,
})

/** Nothing is watched yet: why, and the one thing to do, for whoever may. */
function FirstRun() {
  const can = useCan()
  return can('platform.create') ? (
    <Notice
      icon={<StateIcon shown="unknown" size={28} />}
      title="No platforms yet"
      action={<Link {...toAdminPlatforms()}>Add the first platform</Link>}
    >
      A platform is what people depend on, such as a set of dashboards; its checks say how it is.
    </Notice>
  ) : (
    <Notice icon={<StateIcon shown="unknown" size={28} />} title="No platforms yet">
      An administrator adds the platforms that are shown here.
    </Notice>
  )
}
