import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ApiFault } from '../api/fault.ts'
import { ErrorState } from './ErrorState.tsx'

type Query<T> = Pick<UseQueryResult<T, ApiFault>, 'data' | 'error' | 'refetch'>

/** One part of a page: its skeleton, its error, or what it shows. One failing part leaves the others alone. */
export function Loaded<T>({
  query,
  what,
  skeleton,
  level = 2,
  children,
}: {
  query: Query<T>
  what: string
  skeleton: ReactNode
  level?: 1 | 2
  children: (data: T) => ReactNode
}) {
  if (query.data !== undefined) return children(query.data)
  if (query.error !== null)
    return <ErrorState level={level} error={query.error} what={what} onRetry={() => void query.refetch()} />
  return skeleton
}
