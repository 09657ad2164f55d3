import { chance } from './chance.ts'
import type { Story } from './story.ts'
import { MINUTE_MS, nameOf, type RunThing } from './things.ts'

/** One run of a scheduled thing. Until `endedAt` it is under way. */
export interface Run {
  /** Ascending in time within one thing, never used twice. */
  number: number
  startedAt: number
  endedAt: number
  /** `warned`: through, with something to say. `skipped`: not begun, because the one before was still under way. */
  result: 'success' | 'warned' | 'failure' | 'skipped'
  /** A person started it again after a failure. */
  isRerun: boolean
}

/** A run that is dragging begins in every fourth slot only. */
const DRAG_SLOTS = 4
/** So far back and ahead may a run lie that begins or ends next. */
const REACH_SLOTS = 5
/** What runs less often is started again by hand after a failure; the rest helps itself with the next run. */
const RERUN_MINUTES = 180

const everyMs = (thing: RunThing) => thing.every * MINUTE_MS
const slotStart = (thing: RunThing, slot: number) => slot * everyMs(thing) + thing.at * MINUTE_MS
/** The slot whose time contains `at`. */
const slotAt = (thing: RunThing, at: number) => Math.floor((at - thing.at * MINUTE_MS) / everyMs(thing))

/** Runs that have begun by `at`, newest first, without end. A dataset that was never refreshed has none. */
export function* runsUntil(story: Story, thing: RunThing, at: number): Generator<Run> {
  if (story.neverRefreshedSince(thing) !== null) return
  for (let slot = slotAt(thing, at); slot >= 0; slot--) {
    for (const run of runsOfSlot(story, thing, slot).reverse()) {
      if (run.startedAt <= at) yield run
    }
  }
}

/** First instant after `at` at which a run begins or ends, or may do so differently. */
export function runTurn(story: Story, thing: RunThing, at: number): number {
  if (story.neverRefreshedSince(thing) !== null) return Number.POSITIVE_INFINITY
  let next = story.spanTurn(thing, at)
  const here = slotAt(thing, at)
  for (let slot = here - REACH_SLOTS; slot <= here + REACH_SLOTS; slot++) {
    if (slotStart(thing, slot) >= next) break
    for (const { startedAt, endedAt } of runsOfSlot(story, thing, slot)) {
      if (startedAt > at && startedAt < next) next = startedAt
      if (endedAt > at && endedAt < next) next = endedAt
    }
  }
  return next
}

/** Ascending. */
function runsOfSlot(story: Story, thing: RunThing, slot: number): Run[] {
  const key = `${story.seed}/${nameOf(thing)}`
  const lot = (what: string) => chance(key + what, slot)
  const startedAt = startOf(thing, slot, key)
  const span = story.spanAt(thing, startedAt)
  const run = (minutes: number, result: Run['result']): Run => ({
    number: slot * 2,
    startedAt,
    endedAt: startedAt + Math.round(minutes * MINUTE_MS),
    result,
    isRerun: false,
  })
  const usual = thing.takes * (0.75 + 0.5 * lot('takes'))
  switch (span?.trouble) {
    case undefined:
      return [run(usual, 'success')]
    case 'down': {
      const failed = run(thing.takes * (0.2 + 0.5 * lot('fails')), 'failure')
      const again = thing.every < RERUN_MINUTES ? null : rerun(slot, span?.to ?? failed.endedAt, usual, lot('again'))
      return again !== null && again.startedAt < slotStart(thing, slot + 1) ? [failed, again] : [failed]
    }
    case 'late':
      if (thing.kind === 'dbt') return [run(usual, 'warned')]
      // The first one hangs; the others find it under way.
      if (startOf(thing, slot - 1, key) >= (span?.from ?? 0)) return [run(1 / 30, 'skipped')]
      return [{ ...run(0, 'success'), endedAt: span?.to ?? startedAt }]
    case 'slow':
      return slot % DRAG_SLOTS === 0 ? [run(thing.every * (3.2 + 0.4 * lot('drags')), 'success')] : []
  }
}

/** The scheduler takes up to 40 s to begin. */
const startOf = (thing: RunThing, slot: number, key: string) =>
  slotStart(thing, slot) + Math.floor(chance(`${key}begins`, slot) * 40_000)

function rerun(slot: number, repairedAt: number, minutes: number, share: number): Run | null {
  if (!Number.isFinite(repairedAt)) return null
  const startedAt = repairedAt + Math.round((3 + 6 * share) * MINUTE_MS)
  const endedAt = startedAt + Math.round(minutes * MINUTE_MS)
  return { number: slot * 2 + 1, startedAt, endedAt, result: 'success', isRerun: true }
}
