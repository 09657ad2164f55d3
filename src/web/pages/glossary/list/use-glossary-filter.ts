import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type GlossarySearch, glossarySearch, toGlossary } from '../../../paths.ts'

const route = getRouteApi('/glossary')

/** The filter is the address and nothing else. What a change does not name stays; what it says is undefined goes. */
export function useGlossaryFilter() {
  // The router keeps beside it what it does not know, or knows to be wrong.
  const search = glossarySearch({ ...route.useSearch() })
  const navigate = route.useNavigate()
  const change = useCallback(
    (changes: { [K in keyof GlossarySearch]?: string | undefined }, { replace = false } = {}) =>
      void navigate({ search: (before) => glossarySearch({ ...before, ...changes }), replace, resetScroll: false }),
    [navigate],
  )
  return { search, change }
}

const PAUSE_MS = 300

/** Words that go into the address after a short pause, without a history entry for every letter. */
export function useTypedWords() {
  const { search, change } = useGlossaryFilter()
  const shown = search.q ?? ''
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
      const { q } = glossarySearch({ q: next })
      // Nothing new; or the reader is already on the way to another page, which this must not call off.
      if ((q ?? '') === sent.current || router.latestLocation.pathname !== toGlossary().to) return
      sent.current = q ?? ''
      change({ q }, { replace: true })
    }, PAUSE_MS)
  }
  return { text, type }
}
