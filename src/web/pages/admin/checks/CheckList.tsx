import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { reasonText, states } from '../../../../contracts/status.ts'
import { useCan } from '../../../api/me.ts'
import { readPages, useAct } from '../../../api/queries.ts'
import { usePlatformNames } from '../../../api/summary.ts'
import { Loaded } from '../../../parts/Loaded.tsx'
import { PlatformChoice } from '../../../parts/PlatformChoice.tsx'
import { StateBadge } from '../../../parts/StateBadge.tsx'
import { sourceNames } from '../../../parts/sources.ts'
import { stateWords } from '../../../parts/state.ts'
import { TimeAgo } from '../../../parts/TimeAgo.tsx'
import { toAdminChecks, toAdminPlatforms, toPlatform } from '../../../paths.ts'
import { Choice, choosing } from '../../../ui/Choice.tsx'
import { type Column, DataTable } from '../../../ui/DataTable.tsx'
import { MoreButton } from '../../../ui/MoreButton.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { tellDone, tellFault } from '../../../ui/notify.tsx'
import { Skeletons } from '../../../ui/Skeletons.tsx'
import stack from '../../../ui/Stack.module.css'
import type { Check } from '../../status/CheckTable.tsx'
import { CheckForm } from './CheckForm.tsx'

const route = getRouteApi('/admin/checks')

export function CheckList() {
  const can = useCan()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const platforms = usePlatformNames()
  const writable = platforms.filter(({ id }) => can('check.write', { platformIds: [id] }))
  const [editing, setEditing] = useState<Check | 'new' | null>(null)
  const query = useInfiniteQuery(
    readPages('statusCheckList', { limit: 50, platform_id: search.platform, state: search.state }),
  )
  const nameOf = (id: string) => platforms.find((platform) => platform.id === id)?.name ?? 'A retired platform'
  const isFiltered = search.platform !== undefined || search.state !== undefined
  const filter = (key: 'platform' | 'state', value: string) =>
    void navigate({ search: choosing(search, key, value), replace: true })
  const columns: Column<Check>[] = [
    { header: 'Check', cell: ({ name }) => <bdi>{name}</bdi> },
    {
      header: 'Platform',
      cell: ({ platform_id }) => (
        <Link {...toPlatform(platform_id)}>
          <bdi>{nameOf(platform_id)}</bdi>
        </Link>
      ),
    },
    { header: 'Source', cell: ({ source }) => sourceNames[source.connector] },
    {
      header: 'State',
      cell: ({ status }) =>
        status === null ? (
          <StateBadge state="unknown" word="Disabled" />
        ) : (
          <>
            <StateBadge state={status.state} />
            {status.reason !== 'healthy' && <p className={stack.dimmed}>{reasonText[status.reason]}</p>}
          </>
        ),
    },
    { header: 'Last observed', cell: ({ status }) => <TimeAgo at={status?.last_observed_at ?? null} /> },
    {
      header: 'Actions',
      isQuiet: true,
      cell: (check) =>
        can('check.write', { platformIds: [check.platform_id] }) && (
          <Actions check={check} onEdit={() => setEditing(check)} />
        ),
    },
  ]
  const addButton = writable.length > 0 && <Button onClick={() => setEditing('new')}>Add check</Button>
  return (
    <div className={stack.section}>
      <div className={stack.bar}>
        <h1 tabIndex={-1}>Checks</h1>
        <div className={stack.row}>
          <PlatformChoice platforms={platforms} value={search.platform} onChange={(id) => filter('platform', id)} />
          <Choice
            label="State"
            all="All states"
            options={states.map((state) => ({ value: state, label: stateWords[state] }))}
            value={search.state}
            onChange={(value) => filter('state', value)}
          />
          {addButton}
        </div>
      </div>
      <Loaded query={query} what="checks" skeleton={<Skeletons height={300} what="checks" />}>
        {({ items, total }) =>
          items.length > 0 ? (
            <>
              <DataTable label="Checks" columns={columns} rows={items} keyOf={({ id }) => id} />
              <MoreButton shown={items.length} total={total} what="checks" pages={query} />
            </>
          ) : isFiltered ? (
            <Notice title="No check matches" action={<Link {...toAdminChecks()}>Clear the filters</Link>} />
          ) : (
            <Notice
              title="No checks yet"
              action={platforms.length === 0 ? <Link {...toAdminPlatforms()}>Add a platform first</Link> : addButton}
            >
              A check says what is measured about a platform, and when it counts as late.
            </Notice>
          )
        }
      </Loaded>
      {editing !== null && (
        <CheckForm
          check={editing === 'new' ? null : editing}
          platformId={search.platform ?? ''}
          onClose={() => setEditing(null)}
        />
      )}
    </div>
  )
}

function Actions({ check, onEdit }: { check: Check; onEdit(): void }) {
  const update = useAct('statusCheckUpdate')
  const { id, name, version, is_enabled } = check
  const toggle = () =>
    update.mutate(
      { params: { id }, body: { is_enabled: !is_enabled, expected_version: version } },
      {
        onSuccess: () => tellDone(is_enabled ? `${name} is disabled and no longer counts` : `${name} is enabled`),
        onError: tellFault,
      },
    )
  return (
    <div className={stack.row}>
      <Button variant="default" size="xs" onClick={onEdit} aria-label={`Edit ${name}`}>
        Edit
      </Button>
      <Button
        variant="default"
        size="xs"
        loading={update.isPending}
        onClick={toggle}
        aria-label={`${is_enabled ? 'Disable' : 'Enable'} ${name}`}
      >
        {is_enabled ? 'Disable' : 'Enable'}
      </Button>
    </div>
  )
}
