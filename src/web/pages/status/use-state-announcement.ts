import { useEffect, useRef } from 'react'
import type { StatusSummary } from '../../../contracts/status.ts'
import { announce } from '../../ui/announce.tsx'

/** Tells a screen reader when the global state changes while the page is open; only an outage interrupts. */
export function useStateAnnouncement(summary: StatusSummary | undefined): void {
  const before = useRef<StatusSummary | undefined>(undefined)
  useEffect(() => {
    const last = before.current
    before.current = summary
    if (summary === undefined || last === undefined || last.sentence === summary.sentence) return
    const isOutage = summary.counts.red > last.counts.red
    announce(`Status changed: ${summary.sentence}`, isOutage ? 'assertive' : 'polite')
  }, [summary])
}
