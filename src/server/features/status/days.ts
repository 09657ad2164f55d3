import type { HistoryDay } from '../../../contracts/status.ts'
import { fromInstant, toDay, toInstant } from '../../time.ts'
import type { CheckRule } from './rules/check.ts'
import { inOrder, type Observed } from './rules/observed.ts'
import { type CheckPast, foldAll, play, settledUntil } from './rules/past.ts'
import { platformTimeline } from './rules/platform-timeline.ts'
import { type DayTotals, noTotals, rollupDays, sumDays, type Totals } from './rules/rollup.ts'
import { checkTimeline, type Interval } from './rules/timeline.ts'
import { uptimeOf } from './rules/uptime.ts'
import type { StatusStore } from './store.ts'

export function timelineFrom(
  rule: CheckRule,
  past: CheckPast,
  observations: readonly Observed[],
  from: number,
  to: number,
): Pick<CheckDay, 'timeline' | 'isSettled'> {
  const start = Math.max(from, past.playedTo)
  if (start >= to) return { timeline: [], isSettled: () => true }
  const inside = observations.filter(({ measuredAt }) => measuredAt >= start)
  return {
    timeline: checkTimeline(rule, past, inside, start, to),
    isSettled: () => settledUntil(play(rule, foldAll(rule, inside, past), to)) >= to,
  }
}

export interface CheckDay {
  id: string
  timeline: readonly Interval[]
  /** Nothing that is still to come can change it. Folds the observations again, so ask only before keeping it. */
  isSettled(): boolean
}

export function dayOf(checks: readonly CheckDay[], from: number, day: number, to: number) {
  const whole = (timeline: readonly Interval[]): DayTotals =>
    rollupDays(timeline, day, to)[0] ?? { day: toDay(day), ...noTotals, worst: null }
  return {
    platform: whole(
      from < to
        ? platformTimeline(
            checks.map(({ timeline }) => timeline),
            from,
            to,
          )
        : [],
    ),
    checks: checks.map(({ id, timeline }) => ({ id, ...whole(timeline) })),
    isSettled: () => checks.every((check) => check.isSettled()),
  }
}

export function asHistoryDay(day: Totals & { day: string; worst: HistoryDay['state'] }): HistoryDay {
  // The sum of one day is its totals and nothing else that the roll-up carries.
  const totals = sumDays([day])
  return { day: day.day, state: day.worst, ...totals, uptime: uptimeOf(totals).uptime }
}

/** Almost always what is new goes to the end; sorted at most once, however many are late. */
export function withMore(observations: Observed[], more: readonly Observed[]): Observed[] {
  for (const [index, next] of more.entries()) {
    const last = observations.at(-1)
    if (last !== undefined && last.measuredAt >= next.measuredAt)
      return inOrder([...observations, ...more.slice(index)])
    observations.push(next)
  }
  return observations
}

export const midnightOf = (day: string) => fromInstant(`${day}T00:00:00.000Z`)

/** Midnights in `[from, to)` of a platform's days that are rolled up. */
export const rolledUpDays = (store: StatusStore, platformId: string, from: number, to: number): Set<number> =>
  new Set(store.rollups.read('platform', [platformId], toDay(from), toDay(to - 1)).map(({ day }) => midnightOf(day)))

/** Writes a day's roll-ups, of the platform and of each of its checks. */
export function keep(
  store: StatusStore,
  platformId: string,
  day: { platform: DayTotals; checks: readonly (DayTotals & { id: string })[] },
  now: number,
): void {
  const computed_at = toInstant(now)
  store.rollups.upsert([
    { ...day.platform, subject_kind: 'platform', subject_id: platformId, computed_at },
    ...day.checks.map(({ id, ...totals }) => ({
      ...totals,
      subject_kind: 'check' as const,
      subject_id: id,
      computed_at,
    })),
  ])
}
