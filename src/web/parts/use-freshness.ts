import { toServerTime } from '../api/clock.ts'
import { CONFIRM_MS } from '../api/queries.ts'
import { useNow } from '../ui/use-now.ts'
import { isStale } from './staleness.ts'

interface Answer {
  dataUpdatedAt: number
  isRefetchError: boolean
  failureCount: number
}

/** How sure we are that what is shown is still so, and since when: as old as the oldest of its answers. 0 is not yet. */
export function useFreshness(...answers: readonly Answer[]): { confirmedAt: number; isStale: boolean } {
  const now = useNow()
  const oldest = Math.min(...answers.map(({ dataUpdatedAt }) => dataUpdatedAt))
  const confirmedAt = oldest === 0 ? 0 : toServerTime(oldest)
  const hasFailed = answers.some(({ isRefetchError, failureCount }) => isRefetchError || failureCount > 0)
  return {
    confirmedAt,
    isStale: confirmedAt !== 0 && isStale({ confirmedAt, changesAt: null, hasFailed, intervalMs: CONFIRM_MS }, now),
  }
}
