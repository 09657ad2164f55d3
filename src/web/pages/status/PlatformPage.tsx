import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Platform } from '../../../contracts/status.ts'
import { useCan } from '../../api/me.ts'
import { read } from '../../api/queries.ts'
import { useSummary } from '../../api/summary.ts'
import { AsOf } from '../../parts/AsOf.tsx'
import { Banner } from '../../parts/Banner.tsx'
import { Breadcrumb } from '../../parts/Breadcrumb.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { RANGE_DEFAULT, ranges, toPlatform, toStatus } from '../../paths.ts'
import { Skeletons } from '../../ui/Skeletons.tsx'
import stack from '../../ui/Stack.module.css'
import { useTitle } from '../../ui/use-title.ts'
import { CheckTable } from './CheckTable.tsx'
import { FailureTable } from './FailureTable.tsx'
import { FiringAlerts } from './FiringAlerts.tsx'
import { HistoryChart } from './HistoryChart.tsx'
import { OpenIncidents } from './OpenIncidents.tsx'
import { OtherMessages } from './OtherMessages.tsx'
import { PlatformFacts } from './PlatformFacts.tsx'
import classes from './PlatformPage.module.css'
import { PlatformRuns } from './PlatformRuns.tsx'
import { Subscribe } from './subscribe/Subscribe.tsx'

const route = getRouteApi('/platforms/$platformId')

export function PlatformPage() {
  const { platformId } = route.useParams()
  const query = useQuery(read('platformRead', { params: { id: platformId } }))
  const { summary, confirmedAt, isStale } = useSummary()
  const status = summary?.platforms.find(({ id }) => id === platformId)
  const name = query.data?.name ?? status?.name ?? 'Platform'
  useTitle(name)
  return (
    <div className={stack.page}>
      <Breadcrumb
        above={[
          <Link key="status" {...toStatus()}>
            Status
          </Link>,
        ]}
        here={name}
      />
      <div className={stack.bar}>
        <div className={stack.row}>
          <h1 tabIndex={-1}>
            <bdi>{name}</bdi>
          </h1>
          {status !== undefined && <StateBadge state={status.state} isStale={isStale} />}
          {status?.in_maintenance === true && <StateBadge state="maintenance" />}
          {query.data?.is_retired === true && <StateBadge state="unknown" word="Retired" />}
        </div>
        <AsOf confirmedAt={confirmedAt} isStale={isStale} />
      </div>
      <Loaded query={query} what="platform" skeleton={<Skeletons count={3} height={180} what="platform" />}>
        {(platform) => <Everything platform={platform} />}
      </Loaded>
    </div>
  )
}

function Everything({ platform }: { platform: Platform }) {
  const { id, name } = platform
  const can = useCan()
  const { summary, isStale } = useSummary()
  const status = summary?.platforms.find((candidate) => candidate.id === id)
  const active = summary?.messages.filter((message) => status?.active_message_ids.includes(message.id)) ?? []
  const checks = useQuery(read('statusCheckList', { query: { platform_id: id, limit: 200 } }))
  return (
    <>
      <div className={stack.section}>
        {status !== undefined && (
          <p className={classes.sentence}>
            <bdi>{status.sentence}</bdi>
          </p>
        )}
        {platform.description !== '' && <p className={stack.plain}>{platform.description}</p>}
        <PlatformFacts platform={platform} status={status} isStale={isStale} />
      </div>
      {active.length > 0 && (
        <section className={stack.section} aria-label="Messages in force">
          {active.map((message) => (
            <Banner key={message.id} message={message} platforms={summary?.platforms ?? []} />
          ))}
        </section>
      )}
      {can('alert.read', { platformIds: [id] }) && <FiringAlerts platformId={id} />}
      {can('work_item.read', { platformIds: [id] }) && <OpenIncidents platformId={id} />}
      <History id={id} name={name} />
      <section className={stack.section} aria-label="Checks">
        <h2>Checks</h2>
        <Loaded query={checks} what="checks" skeleton={<Skeletons height={200} what="checks" />}>
          {(page) => <CheckTable checks={page.items} isStale={isStale} />}
        </Loaded>
      </section>
      <OtherMessages
        platformId={id}
        activeIds={active.map((message) => message.id)}
        platforms={summary?.platforms ?? []}
      />
      {platform.is_retired ? null : <Subscribe platform={platform} />}
      {can('ingestion_run.read') && checks.data !== undefined && <PlatformRuns checks={checks.data.items} />}
    </>
  )
}

function History({ id, name }: { id: string; name: string }) {
  const { days = RANGE_DEFAULT } = route.useSearch()
  const query = useQuery({
    ...read('platformHistory', { params: { id }, query: { days } }),
    // The chart of before stays until the other range is here, so that nothing jumps.
    placeholderData: (before) => (before?.platform_id === id ? before : undefined),
  })
  return (
    <section className={stack.section} aria-label="History">
      <div className={stack.bar}>
        <h2>History</h2>
        <nav className={classes.ranges} aria-label="Time range">
          {ranges.map((range) => (
            <Link
              key={range}
              {...toPlatform(id)}
              search={range === RANGE_DEFAULT ? {} : { days: range }}
              className={classes.range}
              activeOptions={{ exact: true }}
              resetScroll={false}
              replace
            >
              {range} days
            </Link>
          ))}
        </nav>
      </div>
      <Loaded query={query} what="history" skeleton={<Skeletons height={220} what="history" />}>
        {(history) => (
          <>
            <div className={stack.panel}>
              <HistoryChart history={history} name={name} />
            </div>
            <FailureTable failures={history.failures} days={history.days.length} redMs={history.red_ms} />
          </>
        )}
      </Loaded>
    </section>
  )
}
