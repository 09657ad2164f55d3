import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type RoadmapSearch, roadmapSearch, toRoadmap } from '../../paths.ts'
import type { RoadmapFilter } from './filter.ts'

const route = getRouteApi('/roadmap')

type Change = { [K in keyof RoadmapSearch]?: string | undefined }

/** The filter is the address and nothing else. What a change does not name stays; what it says is undefined goes. */
export function useRoadmapFilter() {
  const { item, theme, platform, quarter, q } = route.useSearch()
  const navigate = route.useNavigate()
  const change = useCallback(
    (changes: Change, { replace = false } = {}) =>
      void navigate({ search: (before) => roadmapSearch({ ...before, ...changes }), replace, resetScroll: false }),
    [navigate],
  )
  // The same object as long as it says the same, so that opening a card draws no other card anew.
  const filter = useMemo<RoadmapFilter>(
    () => roadmapSearch({ theme, platform, quarter, q }),
    [theme, platform, quarter, q],
  )
  return { filter, item, change }
}

const PAUSE_MS = 300

/** The words to look for, which go into the address after a short pause and without a history entry for every letter. */
export function useTypedWords(shown: string) {
  const { change } = useRoadmapFilter()
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
      const { q } = roadmapSearch({ q: next })
      // Nothing new; or the reader is already on the way to another page, which this must not call off.
      if ((q ?? '') === sent.current || router.latestLocation.pathname !== toRoadmap().to) return
      sent.current = q ?? ''
      change({ q }, { replace: true })
    }, PAUSE_MS)
  }
  return { text, type }
}
