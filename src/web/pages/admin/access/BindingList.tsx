import { Button, NativeSelect } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { RoleBinding } from '../../../../contracts/access.ts'
import { personRoles } from '../../../../contracts/roles.ts'
import { useCan } from '../../../api/me.ts'
import { readPages } from '../../../api/queries.ts'
import { usePlatformNames } from '../../../api/summary.ts'
import { Loaded } from '../../../parts/Loaded.tsx'
import { roleWords } from '../../../parts/roles.ts'
import { At } from '../../../parts/TimeAgo.tsx'
import { type AccessSearch, accessSearch, toAdminAccess, toAdminPermissions } from '../../../paths.ts'
import { CommittedInput } from '../../../ui/CommittedInput.tsx'
import { type Column, DataTable } from '../../../ui/DataTable.tsx'
import { MoreButton } from '../../../ui/MoreButton.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { Skeletons } from '../../../ui/Skeletons.tsx'
import stack from '../../../ui/Stack.module.css'
import filters from '../Filters.module.css'
import { kindWords } from './draft.ts'
import { RemoveBinding } from './RemoveBinding.tsx'

const BindingForm = lazy(() => import('./BindingForm.tsx').then((part) => ({ default: part.BindingForm })))

const route = getRouteApi('/admin/access')

/** Who has which role, since when and from whom. */
export function BindingList() {
  const can = useCan()
  const search = route.useSearch()
  const platforms = usePlatformNames()
  const [isGranting, setIsGranting] = useState(false)
  const [removing, setRemoving] = useState<RoleBinding | null>(null)
  const { principal, role, platform } = search
  const query = useInfiniteQuery(readPages('roleBindingList', { limit: 50, principal, role, platform_id: platform }))
  const nameOf = (id: string) => platforms.find((one) => one.id === id)?.name ?? 'a platform that is gone'
  const mayWrite = can('role_binding.write')
  const grant = mayWrite && <Button onClick={() => setIsGranting(true)}>Grant a role</Button>
  const columns: Column<RoleBinding>[] = [
    { header: 'Name', cell: (binding) => <bdi>{binding.principal}</bdi> },
    { header: 'Who', cell: (binding) => kindWords[binding.principal_kind] },
    { header: 'Role', cell: (binding) => roleWords[binding.role] },
    {
      header: 'Where',
      cell: ({ platform_id }) => (platform_id === null ? 'Everywhere' : <bdi>{nameOf(platform_id)}</bdi>),
    },
    {
      header: 'Granted',
      cell: ({ updated_at, updated_by }) => (
        <>
          <At at={updated_at} /> by <bdi>{updated_by}</bdi>
        </>
      ),
    },
    ...(mayWrite
      ? [
          {
            header: 'Actions',
            isQuiet: true,
            cell: (binding: RoleBinding) => (
              <Button
                variant="default"
                size="xs"
                onClick={() => setRemoving(binding)}
                aria-label={`Remove: ${binding.principal}, ${roleWords[binding.role]}`}
              >
                Remove
              </Button>
            ),
          },
        ]
      : []),
  ]
  return (
    <div className={stack.section}>
      <div className={stack.bar}>
        <h1 tabIndex={-1}>Access</h1>
        {grant}
      </div>
      <p className={stack.dimmed}>
        Everybody who is signed in also has the portal's default role, if it has one.{' '}
        <Link {...toAdminPermissions()}>What each role may do</Link>
      </p>
      <BindingFilters />
      <Loaded query={query} what="roles" skeleton={<Skeletons height={300} what="roles" />}>
        {({ items, total }) =>
          items.length > 0 ? (
            <>
              <DataTable label="Role bindings" columns={columns} rows={items} keyOf={({ id }) => id} />
              <MoreButton shown={items.length} total={total} what="roles" pages={query} />
            </>
          ) : Object.keys(search).length > 0 ? (
            <Notice title="No role matches" action={<Link {...toAdminAccess()}>Clear the filters</Link>} />
          ) : (
            <Notice title="Nobody was given a role" action={grant}>
              A role says what a person or a group may do, everywhere or on one platform.
            </Notice>
          )
        }
      </Loaded>
      <Suspense>{isGranting && <BindingForm onClose={() => setIsGranting(false)} />}</Suspense>
      {removing !== null && (
        <RemoveBinding
          binding={removing}
          where={removing.platform_id === null ? 'everywhere' : `of ${nameOf(removing.platform_id)}`}
          onClose={() => setRemoving(null)}
        />
      )}
    </div>
  )
}

function BindingFilters() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const platforms = usePlatformNames()
  const change = (key: keyof AccessSearch, value: string) =>
    void navigate({
      search: (before) => accessSearch({ ...before, [key]: value }),
      replace: true,
      resetScroll: false,
    })
  return (
    <search className={filters.filters}>
      <CommittedInput
        label="Person or group"
        placeholder="Any part of the name"
        value={search.principal ?? ''}
        onCommit={(value) => change('principal', value)}
      />
      <NativeSelect
        label="Role"
        value={search.role ?? ''}
        onChange={(event) => change('role', event.currentTarget.value)}
        data={[{ value: '', label: 'Any role' }, ...personRoles.map((value) => ({ value, label: roleWords[value] }))]}
      />
      <NativeSelect
        label="Platform"
        value={search.platform ?? ''}
        onChange={(event) => change('platform', event.currentTarget.value)}
        data={[{ value: '', label: 'Anywhere' }, ...platforms.map(({ id, name }) => ({ value: id, label: name }))]}
      />
    </search>
  )
}
