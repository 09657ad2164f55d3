import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Alert } from '../../../../contracts/alerts.ts'
import { alertName, alertShown, alertWords, stateSince, whyText } from '../../../parts/alerts.ts'
import { StateBadge } from '../../../parts/StateBadge.tsx'
import { TimeAgo } from '../../../parts/TimeAgo.tsx'
import { toAdminRuns, toPlatform } from '../../../paths.ts'
import { type Column, DataTable } from '../../../ui/DataTable.tsx'
import stack from '../../../ui/Stack.module.css'

interface TableProps {
  alerts: readonly Alert[]
  platforms: readonly { id: string; name: string }[]
  action(alert: Alert): ReactNode
}

export function AlertTable({ alerts, platforms, action }: TableProps) {
  const nameOf = (id: string) => platforms.find((one) => one.id === id)?.name ?? 'a platform that is gone'
  const columns: Column<Alert>[] = [
    { header: 'What', cell: (alert) => <bdi>{alertName(alert)}</bdi> },
    {
      header: 'State',
      cell: ({ state, recovering_since }) => (
        <>
          <StateBadge state={alertShown[state]} word={alertWords[state]} />
          {recovering_since !== null && (
            <p className={stack.dimmed}>
              Well again <TimeAgo at={recovering_since} />
            </p>
          )}
        </>
      ),
    },
    { header: 'Since', cell: (alert) => <TimeAgo at={stateSince(alert)} withClock /> },
    {
      header: 'Why',
      cell: (alert) => (
        <>
          {whyText(alert)}
          {alert.detail !== null && (
            <p className={stack.dimmed}>
              <bdi>{alert.detail}</bdi>
            </p>
          )}
        </>
      ),
    },
    {
      header: 'Where',
      cell: ({ platform_id }) =>
        platform_id === null ? (
          <Link {...toAdminRuns()}>Ingestion</Link>
        ) : (
          <Link {...toPlatform(platform_id)}>
            <bdi>{nameOf(platform_id)}</bdi>
          </Link>
        ),
    },
    { header: 'Looked at by', cell: (alert) => <LookedAt alert={alert} /> },
    { header: 'Actions', isQuiet: true, cell: action },
  ]
  return <DataTable label="Alerts" columns={columns} rows={alerts} keyOf={({ id }) => id} />
}

function LookedAt({ alert: { acknowledged_by, acknowledged_at, note } }: { alert: Alert }) {
  if (acknowledged_by === null) return <>Nobody yet</>
  return (
    <>
      <bdi>{acknowledged_by}</bdi>, <TimeAgo at={acknowledged_at} />
      {note !== null && (
        <p className={stack.dimmed}>
          <bdi>{note}</bdi>
        </p>
      )}
    </>
  )
}
