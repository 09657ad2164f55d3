import { append, type Interval } from './timeline.ts'
import { isWorse } from './worst.ts'

/**
 * A platform over `[from, to)`: at every instant the worst of its checks, so its downtime is the union of theirs. One
 * check that is down makes the platform down, whatever is unknown of another. Disabled checks do not count: where all
 * are, so is the platform. Maintenance of one is maintenance of all. Where there is no check yet it is unknown.
 */
export function platformTimeline(timelines: readonly (readonly Interval[])[], from: number, to: number): Interval[] {
  const places = timelines.map(() => 0)
  const union: Interval[] = []
  for (let start = from; start < to; ) {
    let end = to
    let worst: Interval | null = null
    for (const [check, timeline] of timelines.entries()) {
      let place = places[check] ?? 0
      while ((timeline[place]?.end ?? Number.POSITIVE_INFINITY) <= start) place += 1
      places[check] = place
      const interval = timeline[place]
      if (interval === undefined) continue
      if (interval.start > start) {
        end = Math.min(end, interval.start)
        continue
      }
      end = Math.min(end, interval.end)
      if (worst === null || hides(interval, worst)) worst = interval
    }
    append(union, { state: 'unknown', reason: 'no_checks', message: null, ...worst, start, end })
    start = end
  }
  return union
}

/** Whether a platform shows `a` when one check says `a` and another `b`. */
function hides(a: Interval, b: Interval): boolean {
  if (a.state === 'disabled' || b.state === 'maintenance') return false
  if (b.state === 'disabled' || a.state === 'maintenance') return true
  return isWorse(a.state, b.state)
}
