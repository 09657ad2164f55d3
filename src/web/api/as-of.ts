import { useSyncExternalStore } from 'react'

let asOf: string | null = null
const listeners = new Set<() => void>()

/** What an answer said of its age: `current`, an instant, or nothing where there is no copy that could be old. */
export function noteAsOf(told: string | null): void {
  const next = told === null || Number.isNaN(Date.parse(told)) ? null : told
  if (next === asOf) return
  asOf = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** When what the portal answers was so; null while that is now. */
export const useAsOf = () => useSyncExternalStore(subscribe, () => asOf)
