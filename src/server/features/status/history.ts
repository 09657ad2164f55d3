import type { HistoryDay, PlatformHistory } from '../../../contracts/status.ts'
import type { Journal, Observation } from '../../storage/journal.ts'
import { DAY_MS, fromInstant, startOfDay, toDay, toInstant } from '../../time.ts'
import { asHistoryDay, dayOf, keep, rolledUpDays, timelineFrom, withMore } from './days.ts'
import { createFailures } from './failures.ts'
import { earliest, maintenanceWindows, windowsFor } from './maintenance-windows.ts'
import { pastBefore, ruleFor } from './pasts.ts'
import type { CheckRule } from './rules/check.ts'
import { withMaintenance } from './rules/maintenance.ts'
import { type Observed, observed } from './rules/observed.ts'
import { type CheckPast, foldAll } from './rules/past.ts'
import { noTotals, sumDays, type Totals } from './rules/rollup.ts'
import type { Interval } from './rules/timeline.ts'
import { uptimeOf } from './rules/uptime.ts'
import type { StatusStore } from './store.ts'

export type HistoryOfWindow = Pick<PlatformHistory, 'days' | 'uptime' | 'uptime_percent' | 'coverage' | 'red_ms'>

/** Where a day's observations come from: the store, or a backfill that does not keep them. */
export type ObservationsOf = (check: CheckRule, from: number, to: number) => readonly Observed[]

/** Days are rolled up while the process is otherwise idle, one platform and day at a time. */
const SETTLE_EVERY_MS = 15 * 60_000
/** How far back most people look. */
const READY_DAYS = 90

/**
 * The past of platforms by UTC day. Days that are over and settled are read from roll-ups; today, and days that late
 * data or a changed maintenance window has touched, are computed from observations.
 */
export function createHistory(store: StatusStore, journal: Pick<Journal, 'subscribe'>, clock: () => number) {
  /** Today so far, per check: the past at midnight and what came since. */
  const today = new Map<string, { version: number; day: number; past: CheckPast; observations: Observed[] }>()
  let windows = maintenanceWindows(store)
  let settling: NodeJS.Immediate | NodeJS.Timeout | undefined

  journal.subscribe(({ topics }) => {
    if (!topics.includes('status_messages')) return
    const before = windows
    windows = maintenanceWindows(store)
    for (const { id } of store.platforms()) {
      const [old, now] = [windowsFor(before, id), windowsFor(windows, id)]
      if (JSON.stringify(old) !== JSON.stringify(now)) history.rewrite(id, earliest([...old, ...now]))
    }
  })

  const fromStore: ObservationsOf = (rule, from, to) =>
    store.results.range(rule.id, toInstant(from), toInstant(to)).map(observed)

  const timelineOf = (rule: CheckRule, version: number, from: number, to: number) => {
    if (from !== startOfDay(clock()))
      return timelineFrom(rule, pastBefore(rule, from, store), fromStore(rule, from, to), from, to)
    let known = today.get(rule.id)
    if (known === undefined || known.version !== version || known.day !== from) {
      known = {
        version,
        day: from,
        past: pastBefore(rule, from, store),
        observations: [...fromStore(rule, from, from + DAY_MS)],
      }
      today.set(rule.id, known)
    }
    return timelineFrom(rule, known.past, known.observations, from, to)
  }

  /** As people see it. */
  const shown = (timeline: readonly Interval[], platformId: string) =>
    withMaintenance(timeline, windowsFor(windows, platformId))

  const failures = createFailures(store, {
    over: (check, from, to) =>
      shown(timelineOf(ruleFor(check, store), check.version, from, to).timeline, check.platform_id),
    onDays(check, from, to) {
      const rule = ruleFor(check, store)
      const days: Interval[][] = []
      let past = pastBefore(rule, from, store)
      for (let day = from; day < to; day += DAY_MS) {
        const observations = fromStore(rule, day, day + DAY_MS)
        const { timeline } = timelineFrom(rule, past, observations, day, day + DAY_MS)
        days.push(shown(timeline, check.platform_id))
        if (day + DAY_MS < to) past = foldAll(rule, observations, past)
      }
      return days
    },
  })

  /** One day of a platform and its checks. */
  const computeDay = (platformId: string, day: number, to: number) => {
    const platform = store.platform(platformId)
    const from = Math.max(day, platform === null ? day : fromInstant(platform.created_at))
    const checks = store.checksOf(platformId).map((check) => {
      const rule = ruleFor(check, store)
      const { timeline, isSettled } = timelineOf(rule, check.version, day, to)
      return { id: check.id, isSettled, timeline: shown(timeline, platformId) }
    })
    return dayOf(checks, from, day, to)
  }

  /** On that day or before it: a day on which nothing was measured follows from what was measured last. */
  const wasObserved = (platformId: string, day: number) =>
    store.checksOf(platformId).some(({ id }) => store.results.lastBefore(id, toInstant(day + DAY_MS)).length > 0)

  /** Of those that results are kept of, up to yesterday, newest first. */
  const missingDays = (platformId: string, yesterday: number): number[] => {
    const platform = store.platform(platformId)
    if (platform === null) return []
    const first = Math.max(startOfDay(fromInstant(platform.created_at)), store.resultsKeptFrom())
    const known = history.knownDays(platformId, first, yesterday + DAY_MS)
    const days: number[] = []
    for (let day = yesterday; day >= first; day -= DAY_MS) if (!known.has(day)) days.push(day)
    return days
  }

  const history = {
    /** Days and uptime of `[from, to)`; `from` is a midnight. */
    of(platformId: string, from: number, to: number): HistoryOfWindow {
      // Older days are rolled up in the background; until then nothing is known of them, and no request waits for it.
      const yesterday = startOfDay(clock()) - DAY_MS
      const createdAt = fromInstant(store.platform(platformId)?.created_at ?? toInstant(from))
      const kept = new Map(
        store.rollups.read('platform', [platformId], toDay(from), toDay(to)).map((day) => [day.day, day]),
      )
      const totals: (Totals & { day: string; worst: HistoryDay['state'] })[] = []
      for (let day = from; day < to; day += DAY_MS) {
        const known = kept.get(toDay(day))
        if (known !== undefined && day + DAY_MS <= to) totals.push(known)
        else if (day + DAY_MS <= createdAt || day < yesterday)
          totals.push({ day: toDay(day), ...noTotals, worst: null })
        else totals.push(computeDay(platformId, day, Math.min(to, day + DAY_MS)).platform)
      }
      const sum = sumDays(totals)
      const { uptime, percent, coverage } = uptimeOf(sum)
      return { days: totals.map(asHistoryDay), uptime, uptime_percent: percent, coverage, red_ms: sum.red_ms }
    },

    failures: failures.of,

    /** Call after observations were written. Those that touch a day which is over rewrite it before anybody is told. */
    arrived(observations: readonly Observation[]): void {
      const midnight = startOfDay(clock())
      const late = new Map<string, number>()
      for (const [checkId, given] of Map.groupBy(observations, ({ check_id }) => check_id)) {
        const seen = given.map(observed)
        const known = today.get(checkId)
        if (known !== undefined)
          known.observations = withMore(
            known.observations,
            seen.filter(({ measuredAt }) => measuredAt >= known.day),
          )
        const first = seen.reduce((least, { measuredAt }) => Math.min(least, measuredAt), Number.POSITIVE_INFINITY)
        if (first >= midnight) continue
        today.delete(checkId)
        const platformId = store.check(checkId)?.platform_id
        if (platformId !== undefined) late.set(platformId, Math.min(late.get(platformId) ?? first, first))
      }
      for (const [platformId, at] of late) history.rewrite(platformId, at)
    },

    /** Rolls up again the days that were, from the one that `since` lies in. */
    rewrite(platformId: string, since: number): void {
      if (!Number.isFinite(since)) return
      for (const day of history.knownDays(platformId, startOfDay(since), startOfDay(clock())))
        history.rollUp(platformId, day)
    },

    /**
     * Writes the roll-ups of one day that is over. A day that may still change is not written, and computed when asked;
     * one whose observations are gone, or never were kept, keeps the roll-ups that it has.
     */
    rollUp(platformId: string, day: number): void {
      failures.changed(platformId, day)
      if (day < store.resultsKeptFrom()) return
      if (!wasObserved(platformId, day) && history.knownDays(platformId, day, day + DAY_MS).size > 0) return
      const { platform, checks, isSettled } = computeDay(platformId, day, day + DAY_MS)
      if (day + 2 * DAY_MS <= clock() || isSettled()) keep(store, platformId, { platform, checks }, clock())
    },

    /** Rolls up the days before this midnight that are not, one for each turn, also of platforms that nobody looks at. */
    *rollUpBefore(midnight: number): Generator<void> {
      for (const { id } of store.allPlatforms())
        for (const day of missingDays(id, midnight - DAY_MS).reverse()) yield history.rollUp(id, day)
    },

    /** Midnights in `[from, to)` of days that are rolled up. */
    knownDays: (platformId: string, from: number, to: number): Set<number> => rolledUpDays(store, platformId, from, to),

    /** Rolls up days whose observations are made, not kept: ninety days that nobody watched. */
    backfill(platformId: string, day: number, pasts: Map<string, CheckPast>, observationsOf: ObservationsOf): void {
      const checks = store.checksOf(platformId).map((check) => {
        const rule = ruleFor(check, store)
        const past = pasts.get(check.id) ?? pastBefore(rule, rule.createdAt, store)
        const observations = observationsOf(rule, day, day + DAY_MS)
        const { timeline, isSettled } = timelineFrom(rule, past, observations, day, day + DAY_MS)
        pasts.set(check.id, foldAll(rule, observations, past))
        return {
          id: check.id,
          isSettled,
          timeline: shown(timeline, platformId),
        }
      })
      keep(store, platformId, dayOf(checks, day, day, day + DAY_MS), clock())
    },

    /**
     * In the background, rolls up the days that ended since this was last done and gets ready what people look at; again
     * every quarter of an hour.
     */
    start(): void {
      const platforms = store.platforms().map(({ id }) => id)
      const today = startOfDay(clock())
      const missing = platforms.flatMap((id) => missingDays(id, today - DAY_MS).map((day) => [id, day] as const))
      const work = [
        ...platforms.map((id) => () => void failures.of(id, today - READY_DAYS * DAY_MS, clock())),
        ...missing.map((day) => () => history.rollUp(...day)),
      ]
      const next = () => {
        const step = work.pop()
        step?.()
        settling = step === undefined ? setTimeout(() => history.start(), SETTLE_EVERY_MS).unref() : setImmediate(next)
      }
      next()
    },

    forget(): void {
      today.clear()
      failures.forget()
    },

    close(): void {
      clearTimeout(settling as NodeJS.Timeout)
      clearImmediate(settling as NodeJS.Immediate)
    },
  }
  return history
}

export type History = ReturnType<typeof createHistory>
