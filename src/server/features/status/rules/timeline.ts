import type { Reason, State } from '../../../../contracts/status.ts'
import type { CheckRule } from './check.ts'
import type { Observed } from './observed.ts'
import { type CheckPast, foldNext, play, type Stretch } from './past.ts'

export type TimelineState = State | 'disabled' | 'maintenance'

/** Half-open, `[start, end)`. */
export interface Interval {
  start: number
  end: number
  state: TimelineState
  /** Null while disabled or in maintenance. */
  reason: Reason | null
  /** What the newest observation said when the interval began. */
  message: string | null
}

/**
 * The states of a check over `[max(from, created), to)`: without gaps, and no two neighbours alike. Linear in the
 * observations.
 *
 * `past` must end at or before the window, and `observations` ascend; those that are in the past already are left out,
 * as are those from `to` on. The timeline is what is known at `to`: it says at every instant what `evaluateCheck` says,
 * but for what was confirmed since. That shows from its first instant, where `evaluateCheck` still showed what counted
 * then. So a later window may rewrite an earlier one from `settledUntil` on.
 *
 * @throws RangeError when the past reaches into the window, or the observations do not ascend
 */
export function checkTimeline(
  rule: CheckRule,
  past: CheckPast,
  observations: readonly Observed[],
  from: number,
  to: number,
): Interval[] {
  const start = Math.max(from, rule.createdAt)
  if (past.playedTo > start) throw new RangeError('The past must end where the timeline starts.')
  const { intervals, add } = recorder()
  let current = past
  let previous = Number.NEGATIVE_INFINITY
  for (const observed of observations) {
    if (observed.measuredAt < previous) throw new RangeError('Observations must ascend.')
    previous = observed.measuredAt
    if (observed.measuredAt >= to) break
    if (current.playedTo < start) current = play(rule, current, Math.min(start, observed.measuredAt))
    current = foldNext(rule, current, observed, add)
  }
  if (start < to) play(rule, play(rule, current, start), to, add)
  return intervals
}

/** Collects what is shown, and puts what was seen in its place once that is confirmed. */
function recorder() {
  const intervals: Interval[] = []
  let unconfirmed: Interval[] = []
  const add = ({ start, end, seen, shown, datedFrom, isPending, message }: Stretch) => {
    if (datedFrom !== null) {
      cutBack(intervals, datedFrom)
      for (const interval of unconfirmed) append(intervals, interval)
    }
    if (!isPending) unconfirmed = []
    else unconfirmed.push({ start, end, ...seen, message })
    append(intervals, { start, end, ...shown, message })
  }
  return { intervals, add }
}

/** Adds an interval behind the last one; joins the two where they say the same. */
export function append(intervals: Interval[], next: Interval): void {
  if (next.start >= next.end) return
  const last = intervals.at(-1)
  if (last !== undefined && last.end === next.start && last.state === next.state && last.reason === next.reason) {
    last.end = next.end
    last.message ??= next.message
  } else {
    intervals.push({ ...next })
  }
}

function cutBack(intervals: Interval[], to: number): void {
  let last = intervals.at(-1)
  while (last !== undefined && last.start >= to) {
    intervals.pop()
    last = intervals.at(-1)
  }
  if (last !== undefined && last.end > to) last.end = to
}
