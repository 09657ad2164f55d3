import type { CheckRule } from './check.ts'
import { type Colour, colourAt, nextTurn } from './colour.ts'
import { type Confirmation, confirm, elapse, unconfirmed } from './confirmation.ts'
import { type Facts, learn, noFacts } from './facts.ts'
import { addState, type Flapping, steady } from './flapping.ts'
import { inOrder, type Observed } from './observed.ts'

interface Run {
  state: Colour['state']
  since: number
}

/**
 * Everything that a check's observations so far mean for its future, in constant size and plain JSON: written down and
 * read again, it goes on as if nothing had happened. Exact when it began with `emptyPast` and saw every observation;
 * begun later, `shown.since`, the side that counts and the instability are as of where it began.
 */
export interface CheckPast {
  /** Every instant before this one has been lived through; this one has not. */
  playedTo: number
  facts: Facts
  /** The colour at the last instant and since when, before confirmation. */
  seen: Run
  /** The same after confirmation. */
  shown: Run
  confirmation: Confirmation
  flapping: Flapping
}

export const emptyPast = ({ createdAt }: CheckRule): CheckPast => ({
  playedTo: createdAt,
  facts: noFacts,
  seen: { state: 'unknown', since: createdAt },
  shown: { state: 'unknown', since: createdAt },
  confirmation: unconfirmed,
  flapping: steady,
})

/**
 * Adds one observation, in constant time. One that was measured when the newest was is a repetition and changes nothing.
 * One measured before the newest came late: `refold` asks the caller to fold the stored observations again.
 */
export function foldPast(rule: CheckRule, past: CheckPast, observed: Observed): CheckPast | 'refold' {
  const { newest } = past.facts
  if (newest !== null && observed.measuredAt < newest.measuredAt) return 'refold'
  return foldNext(rule, past, observed)
}

/** The past after these observations, in whatever order they are given; those not newer than `past` are left out. */
export const foldAll = (rule: CheckRule, observations: readonly Observed[], past = emptyPast(rule)): CheckPast =>
  inOrder(observations).reduce((before, observed) => foldNext(rule, before, observed), past)

/** As `foldPast`; also leaves alone what is older than the newest. */
export function foldNext(rule: CheckRule, past: CheckPast, observed: Observed, trace?: Trace): CheckPast {
  const { newest } = past.facts
  if (newest !== null && observed.measuredAt <= newest.measuredAt) return past
  const played = play(rule, past, observed.measuredAt, trace)
  const facts = learn(played.facts, observed)
  if (observed.outcome === 'error') return { ...played, facts }
  const { state } = colourAt(rule, facts, observed.measuredAt)
  return { ...played, facts, flapping: addState(played.flapping, state) }
}

/**
 * Instants before this are settled: nothing that is measured from `playedTo` on changes them; only what is pending may
 * still be dated back. Whether a day is settled: `settledUntil(play(rule, past, endOfDay)) >= endOfDay`.
 */
export const settledUntil = ({ confirmation, playedTo }: CheckPast): number => confirmation.pending?.since ?? playedTo

/** A stretch of time, handed out in order and without gaps, in which neither what is seen nor what is shown changes. */
export interface Stretch {
  start: number
  end: number
  seen: Colour
  shown: Colour
  /** Replace what was shown since this instant by what was seen: it has just been confirmed. */
  datedFrom: number | null
  /** What is seen may yet replace what is shown. */
  isPending: boolean
  message: string | null
}
export type Trace = (stretch: Stretch) => void

/** Lets time pass up to `to`, with nothing new observed. Time that has passed already is not repeated. */
export function play(rule: CheckRule, past: CheckPast, to: number, trace?: Trace): CheckPast {
  let played = past
  while (played.playedTo < to) {
    const start = played.playedTo
    const now = look(rule, played, start)
    const end = Math.min(to, nextTurn(rule, played.facts, start), start + now.remainingMs)
    trace?.({
      start,
      end,
      seen: now.colour,
      shown: now.shown,
      datedFrom: now.datedFrom,
      isPending: now.confirmation.pending !== null,
      message: played.facts.newest?.message ?? null,
    })
    played = {
      playedTo: end,
      facts: played.facts,
      seen: now.seenRun,
      shown: now.shownRun,
      confirmation: elapse(now.confirmation, now.colour, end - start),
      flapping: played.flapping,
    }
  }
  return played
}

/** What is seen and what is shown at one instant, of a past that was played up to it. */
export function look(rule: CheckRule, past: CheckPast, at: number) {
  const colour = colourAt(rule, past.facts, at)
  const seenRun = runOf(past.seen, colour, at)
  const confirmed = confirm(rule, past.confirmation, colour, at)
  const isBackDated = confirmed.datedFrom !== null
  return { ...confirmed, colour, seenRun, shownRun: isBackDated ? seenRun : runOf(past.shown, confirmed.shown, at) }
}

const runOf = (run: Run, { state }: Colour, at: number): Run => (run.state === state ? run : { state, since: at })
