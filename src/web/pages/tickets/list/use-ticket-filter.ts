import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useTypedText } from '../../../parts/use-typed-text.ts'
import { type TicketsSearch, ticketsSearch, toTickets } from '../../../paths.ts'

const route = getRouteApi('/tickets')

export type FilterChange = { [K in keyof TicketsSearch]?: TicketsSearch[K] | string | boolean | undefined }

/** The filter is the address and nothing else. What a change does not name stays; what it says is undefined goes. */
export function useTicketFilter() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = useCallback(
    (changes: FilterChange, { replace = false } = {}) =>
      void navigate({ search: (before) => ticketsSearch({ ...before, ...changes }), replace, resetScroll: false }),
    [navigate],
  )
  return { search, change }
}

/** One of the filters that are typed. */
export function useTypedFilter(key: 'q' | 'tag' | 'assignee' | 'author', shown: string) {
  const { change } = useTicketFilter()
  return useTypedText(shown, {
    path: toTickets().to,
    keep: (text) => ticketsSearch({ [key]: text })[key],
    onChange: (kept) => change({ [key]: kept }, { replace: true }),
  })
}
