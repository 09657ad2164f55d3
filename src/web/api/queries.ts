import { infiniteQueryOptions, QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { EndpointName } from '../../contracts/index.ts'
import { type CallOptions, call, type InputOf, type Reply } from './client.ts'
import { ApiFault, isWorthRepeating } from './fault.ts'
import { refresh } from './live.ts'
import { topicOf } from './topics.ts'

/** How often what is on the screen is confirmed even when no change is announced; costs a 304. */
export const CONFIRM_MS = 60_000

export const createQueries = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // A portal on this very machine works without a network, so the browser's idea of "online" decides nothing.
        networkMode: 'always',
        retry: (failures, error) => failures < 2 && isWorthRepeating(error),
        retryDelay: (failures, error) =>
          error instanceof ApiFault && error.retryAfter !== null
            ? Math.min(error.retryAfter, 10) * 1000
            : 500 * 2 ** failures,
      },
      mutations: { networkMode: 'always' },
    },
  })

/** A read, known by its endpoint's name and input; the name is what the stream finds it by. */
export const read = <N extends EndpointName>(name: N, input: InputOf<N>) =>
  queryOptions<Reply<N>, ApiFault>({ queryKey: [name, input], queryFn: ({ signal }) => call(name, input, { signal }) })

type ListName = {
  [N in EndpointName]: Reply<N> extends { next_cursor: string | null } ? N : never
}[EndpointName]
type ItemOf<N extends ListName> = Reply<N> extends { items: (infer Item)[] } ? Item : never

/** A list that grows by pages. */
export const readPages = <N extends ListName>(name: N, query: Record<string, string | number | boolean | undefined>) =>
  infiniteQueryOptions<
    Reply<N>,
    ApiFault,
    { items: ItemOf<N>[]; total: number },
    readonly unknown[],
    string | undefined
  >({
    queryKey: [name, 'pages', query],
    // The caller's query is one of this list's own; its type cannot say so for every list at once.
    queryFn: ({ signal, pageParam }) =>
      call(name, { query: { ...query, cursor: pageParam } } as InputOf<N>, { signal }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    select: ({ pages }) => ({
      items: pages.flatMap((page) => page.items as ItemOf<N>[]), // By ItemOf's definition.
      total: pages[0]?.total ?? 0,
    }),
  })

/** A write. What it changed is asked for again, whether or not the stream is there to say so. */
export function useAct<N extends EndpointName>(name: N) {
  const queries = useQueryClient()
  return useMutation<Reply<N>, ApiFault, InputOf<N> & Pick<CallOptions, 'idempotencyKey'>>({
    mutationFn: ({ idempotencyKey, ...input }) =>
      call(name, input as unknown as InputOf<N>, idempotencyKey === undefined ? {} : { idempotencyKey }),
    onSuccess: () => {
      const topic = topicOf(name)
      if (topic !== null) void refresh(queries, [topic])
    },
  })
}
