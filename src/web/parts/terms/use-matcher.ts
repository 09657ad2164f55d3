import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useCan } from '../../api/me.ts'
import { read } from '../../api/queries.ts'
import { createMatcher, type Matcher } from './matcher.ts'

/** The glossary's words, asked for once the page is there; until then, and when they cannot be had, undefined. */
export function useMatcher(): Matcher | undefined {
  const can = useCan()
  const enabled = useQuiet() && can('glossary.read')
  return useQuery({ ...read('glossaryWords', {}), staleTime: STALE_MS, enabled, select: matcherOf }).data
}

/** A change is announced anyway; this is for when the announcement got lost. */
const STALE_MS = 10 * 60_000

type Words = Parameters<typeof createMatcher>[0]
const made = new WeakMap<Words, Matcher>()

/** One for all texts on the page: it is made from thousands of words. */
function matcherOf({ items }: { items: Words }): Matcher {
  const matcher = made.get(items) ?? createMatcher(items)
  made.set(items, matcher)
  return matcher
}

let isQuiet = false

/** Has the browser had a moment of rest since the app began? */
function useQuiet(): boolean {
  const [quiet, setQuiet] = useState(isQuiet)
  useEffect(() => {
    if (isQuiet) return
    const note = () => {
      isQuiet = true
      setQuiet(true)
    }
    if (typeof requestIdleCallback === 'function') {
      const handle = requestIdleCallback(note, { timeout: 2000 })
      return () => cancelIdleCallback(handle)
    }
    const timer = setTimeout(note, 300)
    return () => clearTimeout(timer)
  }, [])
  return quiet
}
