import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { Alert } from '../../../../contracts/alerts.ts'
import { useCan } from '../../../api/me.ts'
import { readPages } from '../../../api/queries.ts'
import { usePlatformNames } from '../../../api/summary.ts'
import { Loaded } from '../../../parts/Loaded.tsx'
import { PlatformChoice } from '../../../parts/PlatformChoice.tsx'
import { toAdminAlerts } from '../../../paths.ts'
import { Choice, choosing } from '../../../ui/Choice.tsx'
import { MoreButton } from '../../../ui/MoreButton.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { Skeletons } from '../../../ui/Skeletons.tsx'
import stack from '../../../ui/Stack.module.css'
import { AlertTable } from './AlertTable.tsx'

const AcknowledgeForm = lazy(() => import('./AcknowledgeForm.tsx').then((part) => ({ default: part.AcknowledgeForm })))

const route = getRouteApi('/admin/alerts')

/** What fires; on request what may soon, and what did. */
export function AlertList() {
  const search = route.useSearch()
  const { state = 'firing', platform } = search
  const navigate = route.useNavigate()
  const can = useCan()
  const platforms = usePlatformNames()
  const [answering, setAnswering] = useState<string | null>(null)
  const query = useInfiniteQuery(
    readPages('alertList', { limit: 50, state: state === 'all' ? undefined : state, platform_id: platform }),
  )
  const filter = (key: 'state' | 'platform', value: string) =>
    void navigate({ search: choosing(search, key, value), replace: true })
  const mayAnswer = ({ platform_id }: Alert) =>
    can('alert.acknowledge', { platformIds: platform_id === null ? [] : [platform_id] })
  const answered = query.data?.items.find(({ id }) => id === answering)
  return (
    <div className={stack.section}>
      <div className={stack.bar}>
        <h1 tabIndex={-1}>Alerts</h1>
        <div className={stack.row}>
          <Choice
            label="State"
            all="Firing"
            options={[
              { value: 'pending', label: 'Pending' },
              { value: 'resolved', label: 'Resolved' },
              { value: 'all', label: 'All states' },
            ]}
            value={search.state}
            onChange={(value) => filter('state', value)}
          />
          <PlatformChoice platforms={platforms} value={platform} onChange={(id) => filter('platform', id)} />
        </div>
      </div>
      <Loaded query={query} what="alerts" skeleton={<Skeletons height={300} what="alerts" />}>
        {({ items, total }) =>
          items.length > 0 ? (
            <>
              <AlertTable
                alerts={items}
                platforms={platforms}
                action={(alert) =>
                  alert.state === 'firing' &&
                  mayAnswer(alert) && (
                    <Button
                      variant="default"
                      size="xs"
                      onClick={() => setAnswering(alert.id)}
                      aria-label={`Acknowledge: ${alert.name}`}
                    >
                      Acknowledge
                    </Button>
                  )
                }
              />
              <MoreButton shown={items.length} total={total} what="alerts" pages={query} />
            </>
          ) : platform === undefined && state === 'firing' ? (
            <Notice title="Nothing fires">
              An alert fires when a check stays red, or a source is not polled, for long enough to matter.
            </Notice>
          ) : (
            <Notice title="No alert matches" action={<Link {...toAdminAlerts()}>Clear the filters</Link>} />
          )
        }
      </Loaded>
      <Suspense>
        {answered !== undefined && <AcknowledgeForm alert={answered} onClose={() => setAnswering(null)} />}
      </Suspense>
    </div>
  )
}
