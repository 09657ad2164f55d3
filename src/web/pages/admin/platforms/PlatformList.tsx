import { Button, Switch } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Platform } from '../../../../contracts/status.ts'
import { useCan } from '../../../api/me.ts'
import { readPages, useAct } from '../../../api/queries.ts'
import { Loaded } from '../../../parts/Loaded.tsx'
import { StateBadge } from '../../../parts/StateBadge.tsx'
import { At } from '../../../parts/TimeAgo.tsx'
import { toAdminChecks, toPlatform } from '../../../paths.ts'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { type Column, DataTable } from '../../../ui/DataTable.tsx'
import { MoreButton } from '../../../ui/MoreButton.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { tellDone, tellFault } from '../../../ui/notify.tsx'
import { Skeletons } from '../../../ui/Skeletons.tsx'
import stack from '../../../ui/Stack.module.css'
import { PlatformForm } from './PlatformForm.tsx'

export function PlatformList() {
  const can = useCan()
  const [isRetired, setIsRetired] = useState(false)
  const [editing, setEditing] = useState<Platform | 'new' | null>(null)
  const [retiring, setRetiring] = useState<Platform | null>(null)
  const query = useInfiniteQuery(readPages('platformList', { limit: 50, retired: isRetired ? true : undefined }))
  const columns: Column<Platform>[] = [
    {
      header: 'Name',
      cell: ({ id, name }) => (
        <Link {...toPlatform(id)}>
          <bdi>{name}</bdi>
        </Link>
      ),
    },
    { header: 'Domain', cell: ({ domain }) => <bdi>{domain}</bdi> },
    { header: 'Owner', cell: ({ owner }) => (owner === '' ? 'Nobody named' : <bdi>{owner}</bdi>) },
    {
      header: 'Changed',
      cell: ({ updated_at, updated_by }) => (
        <>
          <At at={updated_at} /> by <bdi>{updated_by}</bdi>
        </>
      ),
    },
    {
      header: 'Actions',
      isQuiet: true,
      cell: (platform) =>
        platform.is_retired ? (
          <StateBadge state="unknown" word="Retired" />
        ) : (
          <Actions platform={platform} onEdit={() => setEditing(platform)} onRetire={() => setRetiring(platform)} />
        ),
    },
  ]
  return (
    <div className={stack.section}>
      <div className={stack.bar}>
        <h1 tabIndex={-1}>Platforms</h1>
        <div className={stack.row}>
          <Switch
            label="Show retired"
            checked={isRetired}
            onChange={(event) => setIsRetired(event.currentTarget.checked)}
          />
          {can('platform.create') && <Button onClick={() => setEditing('new')}>Add platform</Button>}
        </div>
      </div>
      <Loaded query={query} what="platforms" skeleton={<Skeletons height={300} what="platforms" />}>
        {({ items, total }) =>
          items.length === 0 ? (
            <Notice
              title={isRetired ? 'No retired platforms' : 'No platforms yet'}
              action={
                can('platform.create') &&
                !isRetired && <Button onClick={() => setEditing('new')}>Add the first platform</Button>
              }
            >
              {isRetired
                ? 'A retired platform leaves the dashboard and keeps its history.'
                : 'A platform is what people depend on; its checks say how it is.'}
            </Notice>
          ) : (
            <>
              <DataTable label="Platforms" columns={columns} rows={items} keyOf={({ id }) => id} />
              <MoreButton shown={items.length} total={total} what="platforms" pages={query} />
            </>
          )
        }
      </Loaded>
      {editing !== null && (
        <PlatformForm platform={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
      {retiring !== null && <RetireDialog platform={retiring} onClose={() => setRetiring(null)} />}
    </div>
  )
}

function Actions({ platform, onEdit, onRetire }: { platform: Platform; onEdit(): void; onRetire(): void }) {
  const can = useCan()
  const target = { platformIds: [platform.id] }
  return (
    <div className={stack.row}>
      {can('check.write', target) && <Link {...toAdminChecks({ platform: platform.id })}>Checks</Link>}
      {can('platform.update', target) && (
        <Button variant="default" size="xs" onClick={onEdit} aria-label={`Edit ${platform.name}`}>
          Edit
        </Button>
      )}
      {can('platform.retire', target) && (
        <Button variant="default" size="xs" onClick={onRetire} aria-label={`Retire ${platform.name}`}>
          Retire
        </Button>
      )}
    </div>
  )
}

function RetireDialog({ platform, onClose }: { platform: Platform; onClose(): void }) {
  const retire = useAct('platformRetire')
  const confirm = () =>
    retire.mutate(
      { params: { id: platform.id }, query: { expected_version: platform.version } },
      { onSuccess: () => tellDone('Platform retired'), onError: tellFault, onSettled: onClose },
    )
  return (
    <ConfirmDialog
      title={`Retire ${platform.name}?`}
      act="Retire platform"
      isActing={retire.isPending}
      onConfirm={confirm}
      onClose={onClose}
    >
      It leaves the dashboard and its checks stop counting. Its history stays. This cannot be undone here.
    </ConfirmDialog>
  )
}
