import type { QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { endpoints } from '../../contracts/index.ts'
import { followChanges, type LinkState } from './stream.ts'
import { isTouched } from './topics.ts'

let state: LinkState = 'connecting'
const listeners = new Set<() => void>()

/**
 * Keeps what is on the screen current while the page is visible. A hidden page lets go: browsers allow six connections
 * to one origin over HTTP/1.1, and a seventh tab would otherwise wait for ever.
 */
export function goLive(queries: QueryClient): () => void {
  let link: ReturnType<typeof followChanges> | null = null
  let waiting = new Set<string>()
  let flushTimer: ReturnType<typeof setTimeout> | undefined

  // One change of the store often comes as several events; and a thousand browsers should not ask in the same instant.
  const note = (topics: readonly string[]) => {
    for (const topic of topics) waiting.add(topic)
    flushTimer ??= setTimeout(
      () => {
        flushTimer = undefined
        const changed = [...waiting]
        waiting = new Set()
        void refresh(queries, changed)
      },
      100 + Math.random() * 300,
    )
  }
  const start = () => {
    link ??= followChanges({ open: () => new EventSource(endpoints.stream.path), onTopics: note, onState: setState })
  }
  const follow = () => {
    if (document.visibilityState === 'hidden') {
      link?.stop()
      link = null
      return
    }
    if (link === null && wasHidden) note(['*'])
    start()
  }
  let wasHidden = false
  const onVisibility = () => {
    wasHidden = true
    follow()
  }
  document.addEventListener('visibilitychange', onVisibility)
  follow()
  return () => {
    document.removeEventListener('visibilitychange', onVisibility)
    clearTimeout(flushTimer)
    link?.stop()
  }
}

/** Asks again for what is made of these topics; what nobody looks at is asked for when somebody does. */
export const refresh = (queries: QueryClient, topics: readonly string[]) =>
  queries.invalidateQueries({ predicate: ({ queryKey }) => isTouched(String(queryKey[0]), topics) })

function setState(next: LinkState): void {
  if (next === state) return
  state = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useLinkState = () => useSyncExternalStore(subscribe, () => state)
