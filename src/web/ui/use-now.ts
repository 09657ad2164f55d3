import { useSyncExternalStore } from 'react'
import { serverNow } from '../api/clock.ts'

const TICK_MS = 5000
let now = serverNow()
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  timer ??= setInterval(tick, TICK_MS)
  tick()
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function tick(): void {
  const next = serverNow()
  if (Math.abs(next - now) < 1000) return
  now = next
  for (const listener of listeners) listener()
}

/** The time by the portal's clock; one timer for the whole page, so that all ages change together. */
export const useNow = () => useSyncExternalStore(subscribe, () => now)
