import { infiniteQueryOptions } from '@tanstack/react-query'
import type { EndpointName } from '../../../../contracts/index.ts'
import { LIMIT_MAX } from '../../../../contracts/primitives.ts'
import { call, type Reply } from '../../../api/client.ts'
import type { ApiFault } from '../../../api/fault.ts'

type ListName = Extract<EndpointName, 'workItemEvents' | 'workItemCommentList'>

/** A list of a ticket's own, by pages; known by its endpoint's name, as every read is. */
const listOf = <N extends ListName>(name: N, id: string) =>
  infiniteQueryOptions<
    Reply<N>,
    ApiFault,
    { items: Reply<N>['items'][number][]; total: number },
    readonly unknown[],
    string | undefined
  >({
    queryKey: [name, 'pages', id],
    // Both lists take the same input; the union of the two cannot say so.
    queryFn: ({ signal, pageParam }) =>
      call(name as ListName, { params: { id }, query: { limit: LIMIT_MAX, cursor: pageParam } }, { signal }) as Promise<
        Reply<N>
      >,
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    select: ({ pages }) => ({
      items: pages.flatMap((page) => page.items as Reply<N>['items'][number][]),
      total: pages[0]?.total ?? 0,
    }),
  })

export const eventsQuery = (id: string) => listOf('workItemEvents', id)
export const commentsQuery = (id: string) => listOf('workItemCommentList', id)
