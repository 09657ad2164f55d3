import { infiniteQueryOptions, useQuery } from '@tanstack/react-query'
import { LIMIT_MAX } from '../../../contracts/primitives.ts'
import { call, type Reply } from '../../api/client.ts'
import type { ApiFault } from '../../api/fault.ts'
import { CONFIRM_MS, read, readPages } from '../../api/queries.ts'
import type { GlossarySearch } from '../../paths.ts'

export type TermDetail = Reply<'glossaryRead'>
export type TermEvent = Reply<'glossaryHistory'>['items'][number]

const PAGE_SIZE = 50

export const termsQuery = ({ q, domain, status }: GlossarySearch) =>
  readPages('glossaryList', { limit: PAGE_SIZE, q, domain, status })

export const useDomains = () => useQuery(read('glossaryDomains', {})).data?.items ?? []

export const useTerm = (id: string) =>
  useQuery({ ...read('glossaryRead', { params: { id } }), refetchInterval: CONFIRM_MS })

export const useTermUses = (id: string) => useQuery(read('glossaryUses', { params: { id } }))

/** What happened to a term, by pages, oldest first. */
export const historyQuery = (id: string) =>
  infiniteQueryOptions<
    Reply<'glossaryHistory'>,
    ApiFault,
    { items: TermEvent[]; total: number },
    readonly unknown[],
    string | undefined
  >({
    queryKey: ['glossaryHistory', 'pages', id],
    queryFn: ({ signal, pageParam }) =>
      call('glossaryHistory', { params: { id }, query: { limit: LIMIT_MAX, cursor: pageParam } }, { signal }),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    select: ({ pages }) => ({ items: pages.flatMap(({ items }) => items), total: pages[0]?.total ?? 0 }),
  })
