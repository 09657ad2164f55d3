import { useQuery } from '@tanstack/react-query'
import type { WorkItemDetail } from '../../../../contracts/tickets.ts'
import type { Target } from '../../../api/can.ts'
import { CONFIRM_MS, read } from '../../../api/queries.ts'
import { useFreshness } from '../../../parts/use-freshness.ts'

export const ticketQuery = (id: string) => ({
  ...read('workItemRead', { params: { id } }),
  refetchInterval: CONFIRM_MS,
})

/** A ticket, how sure we are that it is still so, and since when we are. */
export function useTicket(id: string) {
  const query = useQuery(ticketQuery(id))
  return {
    query,
    ...useFreshness(query),
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
