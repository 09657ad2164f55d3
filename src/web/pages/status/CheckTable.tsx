import type { Static } from 'typebox'
import { reasonText, type StatusCheckPage } from '../../../contracts/status.ts'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { kindNames, sourceNames } from '../../parts/sources.ts'
import { At, TimeAgo } from '../../parts/TimeAgo.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Notice } from '../../ui/Notice.tsx'
import stack from '../../ui/Stack.module.css'
import { duration } from '../../ui/time.ts'

export type Check = Static<typeof StatusCheckPage>['items'][number]

/** Every check: what it is, how it is and why, and its last failure. */
export function CheckTable({ checks, isStale }: { checks: readonly Check[]; isStale: boolean }) {
  if (checks.length === 0)
    return <Notice title="No checks yet">Without a check the state of this platform is unknown.</Notice>
  return <DataTable label="Checks" columns={columnsFor(isStale)} rows={checks} keyOf={({ id }) => id} />
}

const columnsFor = (isStale: boolean): Column<Check>[] => [
  {
    header: 'Check',
    cell: ({ name, kind, source }) => (
      <>
        <bdi>{name}</bdi>
        <p className={stack.dimmed}>
          {kindNames[kind]} · {sourceNames[source.connector]}
        </p>
      </>
    ),
  },
  {
    header: 'State',
    cell: ({ status }) =>
      status === null ? (
        <StateBadge state="unknown" word="Disabled" />
      ) : (
        <StateBadge state={status.state} isStale={isStale} />
      ),
  },
  { header: 'Why', cell: ({ status }) => (status === null ? 'Not counted while disabled' : <Why status={status} />) },
  {
    header: 'Data as of',
    cell: (check) => (
      <>
        <TimeAgo at={check.status?.data_as_of ?? null} never={needsDataTime(check) ? 'not known' : 'does not apply'} />
        {check.warn_after_seconds !== null && check.crit_after_seconds !== null && (
          <p className={stack.dimmed}>
            late after {duration(check.warn_after_seconds * 1000)}, agreed {duration(check.crit_after_seconds * 1000)}
          </p>
        )}
      </>
    ),
  },
  {
    header: 'Last observed',
    cell: ({ status, interval_seconds: seconds }) => (
      <>
        <TimeAgo at={status?.last_observed_at ?? null} />
        <p className={stack.dimmed}>every {duration(seconds * 1000)}</p>
      </>
    ),
  },
  {
    header: 'Last failure',
    cell: ({ status }) => (
      <>
        <TimeAgo at={status?.last_failure_at ?? null} never="none known" />
        {status?.last_failure_message != null && (
          <p className={stack.dimmed}>
            <bdi>{status.last_failure_message}</bdi>
          </p>
        )}
      </>
    ),
  },
]

const needsDataTime = ({ kind, source }: Check) => kind === 'freshness' || source.connector === 'push'

function Why({ status }: { status: NonNullable<Check['status']> }) {
  return (
    <>
      {reasonText[status.reason]}
      {status.since !== null && (
        <>
          {', since '}
          <At at={status.since} />
        </>
      )}
      {status.could_not_measure && <p className={stack.dimmed}>The newest attempt could not measure.</p>}
      {status.is_unstable && <p className={stack.dimmed}>Changes its state often.</p>}
      {status.message !== null && (
        <p className={stack.dimmed}>
          <bdi>{status.message}</bdi>
        </p>
      )}
    </>
  )
}
