import { append, type Interval } from './timeline.ts'

/** Half-open; `end` null lasts until further notice. */
export interface MaintenanceWindow {
  start: number
  end: number | null
}

export const isInMaintenance = (windows: readonly MaintenanceWindow[], at: number): boolean =>
  windows.some(({ start, end }) => start <= at && (end === null || at < end))

/** The timeline with maintenance over it: it hides every state but disabled. Windows may overlap and come in any order. */
export function withMaintenance(timeline: readonly Interval[], windows: readonly MaintenanceWindow[]): Interval[] {
  const spans = joined(windows)
  const overlaid: Interval[] = []
  let first = 0
  for (const interval of timeline) {
    if (interval.state === 'disabled') {
      append(overlaid, interval)
      continue
    }
    let at = interval.start
    while ((spans[first]?.end ?? Number.POSITIVE_INFINITY) <= at) first += 1
    for (let index = first; at < interval.end; index += 1) {
      const span = spans[index]
      const start = Math.min(Math.max(span?.start ?? interval.end, at), interval.end)
      const end = Math.max(Math.min(span?.end ?? interval.end, interval.end), start)
      append(overlaid, { ...interval, start: at, end: start })
      append(overlaid, { start, end, state: 'maintenance', reason: null, message: null })
      at = end
    }
  }
  return overlaid
}

/** Ascending, none touching the next. */
function joined(windows: readonly MaintenanceWindow[]): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = []
  const ascending = windows.map(({ start, end }) => ({ start, end: end ?? Number.POSITIVE_INFINITY }))
  for (const span of ascending.filter(({ start, end }) => start < end).sort((a, b) => a.start - b.start)) {
    const last = spans.at(-1)
    if (last !== undefined && span.start <= last.end) last.end = Math.max(last.end, span.end)
    else spans.push(span)
  }
  return spans
}
