import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTypedText } from '../../parts/use-typed-text.ts'
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

/** The words to look for. */
export function useTypedWords(shown: string) {
  const { change } = useRoadmapFilter()
  return useTypedText(shown, {
    path: toRoadmap().to,
    keep: (q) => roadmapSearch({ q }).q,
    onChange: (q) => change({ q }, { replace: true }),
  })
}
