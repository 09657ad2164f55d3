import type { HistoryDay, State } from '../../../../contracts/status.ts'
import { DAY_MS, startOfDay, toDay } from '../../../time.ts'
import type { Interval, TimelineState } from './timeline.ts'
import { isWorse } from './worst.ts'

/** Whole milliseconds per state. Additive: a window is the sum of its days. */
export type Totals = Record<`${TimelineState}_ms`, number>

/** A UTC day; `worst` is null when nothing is known of it. */
export interface DayTotals extends Totals, Pick<HistoryDay, 'day'> {
  worst: State | null
}

export const noTotals: Totals = {
  red_ms: 0,
  yellow_ms: 0,
  green_ms: 0,
  unknown_ms: 0,
  maintenance_ms: 0,
  disabled_ms: 0,
}

/** One entry for every UTC day that `[from, to)` touches, ascending. Only time inside the window counts. */
export function rollupDays(timeline: readonly Interval[], from: number, to: number): DayTotals[] {
  const days: DayTotals[] = []
  for (let day = startOfDay(from); day < to; day += DAY_MS) days.push({ day: toDay(day), ...noTotals, worst: null })
  for (const interval of timeline) {
    const end = Math.min(interval.end, to)
    for (let start = Math.max(interval.start, from); start < end; ) {
      const nextDay = startOfDay(start) + DAY_MS
      const totals = days[Math.round((startOfDay(start) - startOfDay(from)) / DAY_MS)]
      if (totals !== undefined) count(totals, interval.state, Math.min(end, nextDay) - start)
      start = nextDay
    }
  }
  return days
}

function count(totals: DayTotals, state: TimelineState, ms: number): void {
  totals[`${state}_ms`] += ms
  if (state === 'disabled' || state === 'maintenance') return
  if (totals.worst === null || isWorse(state, totals.worst)) totals.worst = state
}

export const sumDays = (days: readonly Totals[]): Totals =>
  days.reduce<Totals>(
    (sum, day) => ({
      red_ms: sum.red_ms + day.red_ms,
      yellow_ms: sum.yellow_ms + day.yellow_ms,
      green_ms: sum.green_ms + day.green_ms,
      unknown_ms: sum.unknown_ms + day.unknown_ms,
      maintenance_ms: sum.maintenance_ms + day.maintenance_ms,
      disabled_ms: sum.disabled_ms + day.disabled_ms,
    }),
    noTotals,
  )
