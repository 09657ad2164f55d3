import { useQuery } from '@tanstack/react-query'
import type { WorkItemDetail } from '../../../../contracts/tickets.ts'
import type { Target } from '../../../api/can.ts'
import { toServerTime } from '../../../api/clock.ts'
import { CONFIRM_MS, read } from '../../../api/queries.ts'
import { isStale } from '../../../parts/staleness.ts'
import { useNow } from '../../../ui/use-now.ts'

export const ticketQuery = (id: string) => ({
  ...read('workItemRead', { params: { id } }),
  refetchInterval: CONFIRM_MS,
})

/** A ticket, how sure we are that it is still so, and since when we are. */
export function useTicket(id: string) {
  const query = useQuery(ticketQuery(id))
  const now = useNow()
  const confirmedAt = query.dataUpdatedAt === 0 ? 0 : toServerTime(query.dataUpdatedAt)
  const hasFailed = query.isRefetchError || query.failureCount > 0
  return {
    query,
    confirmedAt,
    isStale:
      query.data !== undefined && isStale({ confirmedAt, changesAt: null, hasFailed, intervalMs: CONFIRM_MS }, now),
    /** It was here a moment ago. */
    isGone: query.data !== undefined && query.error?.code === 'not_found',
  }
}

/** What access looks at, as the portal does. */
export const targetOf = ({
  platform_id,
  created_by,
  category,
}: Pick<WorkItemDetail, 'platform_id' | 'created_by' | 'category'>): Target => ({
  platformIds: platform_id === null ? [] : [platform_id],
  owner: created_by,
  isOpen: category !== 'done',
})
