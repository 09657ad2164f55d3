import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { ApiToken } from '../../../../contracts/access.ts'
import { useCan } from '../../../api/me.ts'
import { readPages, useAct } from '../../../api/queries.ts'
import { usePlatformNames } from '../../../api/summary.ts'
import { Loaded } from '../../../parts/Loaded.tsx'
import { roleWords } from '../../../parts/roles.ts'
import { StateBadge } from '../../../parts/StateBadge.tsx'
import { At } from '../../../parts/TimeAgo.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { type Column, DataTable } from '../../../ui/DataTable.tsx'
import { MoreButton } from '../../../ui/MoreButton.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { tellDone, tellFault } from '../../../ui/notify.tsx'
import { Skeletons } from '../../../ui/Skeletons.tsx'
import stack from '../../../ui/Stack.module.css'
import { useNow } from '../../../ui/use-now.ts'
import { tokenState, tokenStateWords } from './token-state.ts'

const TokenForm = lazy(() => import('./TokenForm.tsx').then((part) => ({ default: part.TokenForm })))

const signs = {
  active: { state: 'green', icon: 'green' },
  expired: { state: 'unknown', icon: 'stale' },
  revoked: { state: 'unknown', icon: 'red' },
} as const

/** What machines sign in with. */
export function TokenList() {
  const can = useCan()
  const now = useNow()
  const platforms = usePlatformNames()
  const [isMaking, setIsMaking] = useState(false)
  const [revoking, setRevoking] = useState<ApiToken | null>(null)
  const query = useInfiniteQuery(readPages('apiTokenList', { limit: 50 }))
  const mayWrite = can('token.write')
  const make = mayWrite && <Button onClick={() => setIsMaking(true)}>New API token</Button>
  const nameOf = (id: string) => platforms.find((one) => one.id === id)?.name ?? 'a platform that is gone'
  const columns: Column<ApiToken>[] = [
    { header: 'Name', cell: ({ name }) => <bdi>{name}</bdi> },
    {
      header: 'State',
      cell: (token) => {
        const state = tokenState(token, now)
        return <StateBadge {...signs[state]} word={tokenStateWords[state]} />
      },
    },
    { header: 'Role', cell: ({ role }) => roleWords[role] },
    {
      header: 'Where',
      cell: ({ platform_id }) => (platform_id === null ? 'Everywhere' : <bdi>{nameOf(platform_id)}</bdi>),
    },
    {
      header: 'Ends',
      cell: ({ expires_at, revoked_at }) =>
        revoked_at === null ? (
          <At at={expires_at} />
        ) : (
          <>
            Revoked <At at={revoked_at} />
          </>
        ),
    },
    {
      header: 'Made',
      cell: ({ created_at, created_by }) => (
        <>
          <At at={created_at} /> by <bdi>{created_by}</bdi>
        </>
      ),
    },
    {
      header: 'Actions',
      isQuiet: true,
      cell: (token) =>
        mayWrite &&
        tokenState(token, now) === 'active' && (
          <Button variant="default" size="xs" onClick={() => setRevoking(token)} aria-label={`Revoke ${token.name}`}>
            Revoke
          </Button>
        ),
    },
  ]
  return (
    <div className={stack.section}>
      <div className={stack.bar}>
        <h1 tabIndex={-1}>API tokens</h1>
        {make}
      </div>
      <Loaded query={query} what="tokens" skeleton={<Skeletons height={300} what="tokens" />}>
        {({ items, total }) =>
          items.length > 0 ? (
            <>
              <DataTable label="API tokens" columns={columns} rows={items} keyOf={({ id }) => id} />
              <MoreButton shown={items.length} total={total} what="tokens" pages={query} />
            </>
          ) : (
            <Notice title="No tokens yet" action={make}>
              A token lets a machine in: a pipeline that reports results, or whatever reads the metrics.
            </Notice>
          )
        }
      </Loaded>
      <Suspense>{isMaking && <TokenForm onClose={() => setIsMaking(false)} />}</Suspense>
      {revoking !== null && <RevokeDialog token={revoking} onClose={() => setRevoking(null)} />}
    </div>
  )
}

function RevokeDialog({ token, onClose }: { token: ApiToken; onClose(): void }) {
  const revoke = useAct('apiTokenRevoke')
  const confirm = () =>
    revoke.mutate(
      { params: { id: token.id }, query: { expected_version: token.version } },
      { onSuccess: () => tellDone('Token revoked'), onError: tellFault, onSettled: onClose },
    )
  return (
    <ConfirmDialog
      title={`Revoke ${token.name}?`}
      act="Revoke token"
      isActing={revoke.isPending}
      onConfirm={confirm}
      onClose={onClose}
    >
      Whatever uses it is refused from then on. This cannot be undone; a new token takes its place.
    </ConfirmDialog>
  )
}
