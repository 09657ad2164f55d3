import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useTypedText } from '../../../parts/use-typed-text.ts'
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

/** The words to look for. */
export function useTypedWords() {
  const { search, change } = useGlossaryFilter()
  return useTypedText(search.q ?? '', {
    path: toGlossary().to,
    keep: (q) => glossarySearch({ q }).q,
    onChange: (q) => change({ q }, { replace: true }),
  })
}
