import type { Reason } from '../../../../contracts/status.ts'
import type { Interval } from './timeline.ts'

/** A red spell. */
export interface RedSpell {
  startedAt: number
  /** Null when it lasts to the end of the timeline. */
  endedAt: number | null
  /** What it began with. */
  reason: Reason
  message: string | null
}

/** The red spells of a check, newest first. Red for another reason continues a spell; anything but red ends it. */
export function failures(timeline: readonly Interval[]): RedSpell[] {
  const spells: RedSpell[] = []
  let open: RedSpell | null = null
  for (const { start, state, reason, message } of timeline) {
    if (state !== 'red') {
      if (open !== null) open.endedAt = start
      open = null
    } else if (open === null) {
      open = { startedAt: start, endedAt: null, reason: reason ?? 'failing', message }
      spells.push(open)
    } else {
      open.message ??= message
    }
  }
  return spells.reverse()
}
