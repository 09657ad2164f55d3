import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { askAgainIn, isStale } from '../parts/staleness.ts'
import { useNow } from '../ui/use-now.ts'
import { serverNow, toServerTime } from './clock.ts'
import { CONFIRM_MS, read } from './queries.ts'

export const summaryQuery = { ...read('statusSummary', {}), refetchInterval: CONFIRM_MS }

/** The state of everything, how sure we are that it is still so, and since when we are. */
export function useSummary() {
  const query = useQuery(summaryQuery)
  const { data, dataUpdatedAt, refetch } = query
  const changesAt = data?.changes_at ?? null

  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer, also an equal one, sets the timer anew.
  useEffect(() => {
    const wait = askAgainIn(changesAt, serverNow())
    if (wait === null) return
    const timer = setTimeout(() => void refetch(), wait)
    return () => clearTimeout(timer)
  }, [changesAt, dataUpdatedAt, refetch])

  const confirmedAt = dataUpdatedAt === 0 ? 0 : toServerTime(dataUpdatedAt)
  const now = useNow()
  const hasFailed = query.isRefetchError || query.failureCount > 0
  return {
    query,
    summary: data,
    confirmedAt,
    isStale: data !== undefined && isStale({ confirmedAt, changesAt, hasFailed, intervalMs: CONFIRM_MS }, now),
  }
}

/** Platform names for pickers and lists; empty until known. */
export function usePlatformNames(): { id: string; name: string }[] {
  return useQuery(summaryQuery).data?.platforms ?? []
}
