import type { PlatformHistory, StatusCheck } from '../../../contracts/status.ts'
import { DAY_MS, fromInstant, startOfDay, toDay, toInstant } from '../../time.ts'
import { midnightOf, rolledUpDays } from './days.ts'
import { redSpells } from './rules/red-spells.ts'
import type { Interval } from './rules/timeline.ts'
import type { StatusStore } from './store.ts'

const FAILURES_MAX = 100

/** Red days in a row that are gone through at once, so that a look at them takes a bounded time. */
const AT_ONCE = 7 * DAY_MS

/** The states of a check, with maintenance over them. Instants are milliseconds. */
export interface Shown {
  /** `[from, to)` in one go. */
  over(check: StatusCheck, from: number, to: number): readonly Interval[]
  /** Day by day, each as it was known when it was over; from midnight to midnight. */
  onDays(check: StatusCheck, from: number, to: number): readonly (readonly Interval[])[]
}

/**
 * When checks were red. Roll-ups say on which days; those are gone through from the newest on until there are enough,
 * and what was found of one is kept until it changes.
 */
export function createFailures(store: StatusStore, shown: Shown) {
  const known = new Map<string, { version: number; days: Map<number, readonly Interval[]> }>()

  /** When it was red on a day that is rolled up; `isNext` tells which of the days before it are wanted too, if any. */
  const redOn = (check: StatusCheck, day: number, isNext = (_day: number) => false): readonly Interval[] => {
    let ofCheck = known.get(check.id)
    if (ofCheck?.version !== check.version) {
      ofCheck = { version: check.version, days: new Map() }
      known.set(check.id, ofCheck)
    }
    const { days } = ofCheck
    if (!days.has(day)) {
      const end = day + DAY_MS
      let start = day
      while (end - start < AT_ONCE && isNext(start - DAY_MS) && !days.has(start - DAY_MS)) start -= DAY_MS
      for (const [index, ofDay] of shown.onDays(check, start, end).entries())
        days.set(start + index * DAY_MS, redSpells(ofDay))
    }
    return days.get(day) ?? []
  }

  /** A day is rolled up some time after its midnight, and not before it is settled. */
  const isYesterdayRolledUp = (platformId: string, midnight: number): boolean => {
    const createdAt = store.platform(platformId)?.created_at
    if (createdAt !== undefined && fromInstant(createdAt) >= midnight) return true
    return rolledUpDays(store, platformId, midnight - DAY_MS, midnight).size > 0
  }

  /** By check, how long it was red on each day of `[from, until)` on which it was. Midnights and milliseconds. */
  const redDays = (checks: readonly StatusCheck[], from: number, until: number): Map<string, Map<number, number>> => {
    const ids = checks.map(({ id }) => id)
    const red = store.rollups.read('check', ids, toDay(from), toDay(until - 1)).filter((day) => day.red_ms > 0)
    return new Map(
      [...Map.groupBy(red, ({ subject_id }) => subject_id)].map(([id, days]) => [
        id,
        new Map(days.map(({ day, red_ms }) => [midnightOf(day), red_ms])),
      ]),
    )
  }

  return {
    /** Of a platform's checks in `[asked, now)`, newest first, as far back as observations are kept. */
    of(platformId: string, asked: number, now: number): PlatformHistory['failures'] {
      const midnight = startOfDay(now)
      const until = isYesterdayRolledUp(platformId, midnight) ? midnight : midnight - DAY_MS
      const from = Math.max(asked, store.resultsKeptFrom())
      const checks = store.checksOf(platformId)
      const redMs = redDays(checks, from, until)
      // By check, newest first.
      const red = new Map(checks.map((check) => [check, redSpells(shown.over(check, until, now)).reverse()]))

      // What begins with a day may have begun before it.
      const isWhole = ({ start }: Interval) => start > startOfDay(start)
      let whole = [...red.values()].flat().filter(isWhole).length
      for (let day = until - DAY_MS; day + DAY_MS > from && whole < FAILURES_MAX; day -= DAY_MS) {
        for (const [check, spells] of red) {
          const ofCheck = redMs.get(check.id)
          if (!ofCheck?.has(day)) continue
          const isPartlyRed = (at: number) => ofCheck.has(at) && ofCheck.get(at) !== DAY_MS
          const more = isPartlyRed(day) ? redOn(check, day, isPartlyRed).toReversed() : [allOf(day)]
          spells.push(...more)
          whole += more.filter(isWhole).length
        }
      }

      const found = [...red].flatMap(([check, spells]) =>
        redSpells(spells.reverse())
          .filter(({ end }) => end > from)
          .map(({ start, end, ...said }) => {
            const { reason, message } = said.reason === null ? (redOn(check, startOfDay(start))[0] ?? said) : said
            return {
              check_id: check.id,
              check_name: check.name,
              started_at: toInstant(Math.max(start, from)),
              ended_at: end === now ? null : toInstant(end),
              reason: reason ?? ('failing' as const),
              message: message ?? said.message,
            }
          }),
      )
      return found.sort((a, b) => (a.started_at < b.started_at ? 1 : -1)).slice(0, FAILURES_MAX)
    },

    /** Call when a day that is over may be told anew. */
    changed(platformId: string, day: number): void {
      const keptFrom = store.resultsKeptFrom()
      for (const { id } of store.checksOf(platformId)) {
        const days = known.get(id)?.days
        for (const kept of days?.keys() ?? []) if (kept === day || kept < keptFrom) days?.delete(kept)
      }
    },

    forget: (): void => known.clear(),
  }
}

/** A day that was red from midnight to midnight need not be gone through; why is only asked of one that a spell begins with. */
const allOf = (day: number): Interval => ({ start: day, end: day + DAY_MS, state: 'red', reason: null, message: null })
