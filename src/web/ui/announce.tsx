import { VisuallyHidden } from '@mantine/core'
import { useSyncExternalStore } from 'react'

type Urgency = 'polite' | 'assertive'
let words: Record<Urgency, string> = { polite: '', assertive: '' }
const listeners = new Set<() => void>()

/** Says it to a screen reader. Assertive interrupts; that is for an outage only. */
export function announce(text: string, urgency: Urgency = 'polite'): void {
  words = { ...words, [urgency]: text }
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function LiveRegions() {
  const { polite, assertive } = useSyncExternalStore(subscribe, () => words)
  return (
    <>
      <VisuallyHidden aria-live="polite">{polite}</VisuallyHidden>
      <VisuallyHidden aria-live="assertive">{assertive}</VisuallyHidden>
    </>
  )
}
