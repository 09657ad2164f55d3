import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState } from 'react'
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

const PAUSE_MS = 300

/** Text that goes into the address after a short pause, without a history entry for every letter. */
export function useTypedFilter(key: 'q' | 'tag' | 'assignee' | 'author', shown: string) {
  const { change } = useTicketFilter()
  const router = useRouter()
  const [text, setText] = useState(shown)
  const sent = useRef(shown)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    // Not what was typed here: a link or the back button.
    if (shown === sent.current) return
    sent.current = shown
    clearTimeout(timer.current)
    setText(shown)
  }, [shown])
  useEffect(() => () => clearTimeout(timer.current), [])

  const type = (next: string) => {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      const kept = ticketsSearch({ [key]: next })[key]
      // Nothing new; or the reader is already on the way to another page, which this must not call off.
      if ((kept ?? '') === sent.current || router.latestLocation.pathname !== toTickets().to) return
      sent.current = kept ?? ''
      change({ [key]: kept }, { replace: true })
    }, PAUSE_MS)
  }
  return { text, type, isRefused: text.trim() !== '' && ticketsSearch({ [key]: text })[key] === undefined }
}
