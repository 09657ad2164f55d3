import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { PlatformStatus } from '../../../contracts/status.ts'
import { type StatusSearch, toStatus } from '../../paths.ts'
import { announce } from '../../ui/announce.tsx'
import { needsAttention } from './arrange.ts'
import classes from './Filters.module.css'

const route = getRouteApi('/')

export function Filters({ platforms, shown }: { platforms: readonly PlatformStatus[]; shown: number }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const attention = platforms.filter(needsAttention).length
  const isFiltered = search.q !== undefined || search.show !== undefined
  useEffect(() => {
    if (isFiltered) announce(`${shown} of ${platforms.length} platforms shown`)
  }, [isFiltered, shown, platforms.length])

  const find = (q: string) => {
    const { q: _, ...rest } = search
    void navigate({ search: q === '' ? rest : { ...rest, q }, replace: true, resetScroll: false })
  }
  const choice = (label: string, count: number, show: StatusSearch['show']) => {
    const { show: _, ...rest } = search
    return (
      <Link
        {...toStatus()}
        search={show === undefined ? rest : { ...rest, show }}
        className={classes.choice}
        activeOptions={{ exact: true }}
        resetScroll={false}
      >
        {label} <span className={classes.count}>{count}</span>
      </Link>
    )
  }
  return (
    <search className={classes.filters} aria-label="Filter platforms">
      <div className={classes.choices}>
        {choice('All', platforms.length, undefined)}
        {choice('Needs attention', attention, 'attention')}
      </div>
      <TextInput
        aria-label="Find a platform"
        placeholder="Find a platform"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={search.q ?? ''}
        onChange={(event) => find(event.currentTarget.value)}
        type="search"
        maxLength={100}
      />
    </search>
  )
}
