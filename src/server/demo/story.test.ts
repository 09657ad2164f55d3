import { describe, expect, it } from 'vitest'
import { sampleEstate } from './estate.ts'
import { newestIn } from './moments.ts'
import { type Run, runsUntil, runTurn } from './runs.ts'
import { beginningAt, createStory } from './story.ts'
import { isScheduled, MINUTE_MS } from './things.ts'

const SINCE = Date.UTC(2026, 10, 23, 9)
const DAY_MS = 86_400_000
const things = sampleEstate('http://sample').checks.map(({ watches }) => watches)
const scheduled = things.filter(isScheduled)
const tell = (seed?: string) =>
  createStory({ scenario: 'degraded', since: SINCE, ...(seed === undefined ? {} : { seed }) })

function first(runs: Iterable<Run>, count: number): Run[] {
  const found: Run[] = []
  for (const run of runs) if (found.push(run) === count) break
  return found
}

describe('the story', () => {
  it('says the same to everybody who asks, in whatever order they ask', () => {
    const forwards = tell()
    const backwards = tell()
    const instants = Array.from({ length: 60 }, (_, n) => SINCE - n * 1.5 * DAY_MS + n * 7 * MINUTE_MS)
    const told = (story: typeof forwards, at: number) => scheduled.map((thing) => first(runsUntil(story, thing, at), 5))
    const there = instants.map((at) => told(forwards, at))
    const back = instants.toReversed().map((at) => told(backwards, at))
    expect(back.toReversed()).toEqual(there)
  })

  it('is another one with another seed', () => {
    const runs = (seed: string) => scheduled.map((thing) => first(runsUntil(tell(seed), thing, SINCE), 5))
    expect(runs('a')).not.toEqual(runs('b'))
  })

  it('begins at the same full hour for two processes that start one after the other', () => {
    expect(beginningAt(SINCE + 3 * MINUTE_MS)).toBe(SINCE)
    expect(beginningAt(SINCE + 3 * MINUTE_MS + 800)).toBe(SINCE)
  })

  it('tells runs newest first, each with its own number, none from the future', () => {
    for (const thing of scheduled) {
      const runs = first(runsUntil(tell(), thing, SINCE), 300)
      for (const [index, run] of runs.entries()) {
        expect(run.startedAt).toBeLessThanOrEqual(SINCE)
        expect(run.endedAt).toBeGreaterThan(run.startedAt)
        if (index > 0) expect(run.startedAt).toBeLessThan(runs[index - 1]?.startedAt ?? 0)
      }
      expect(new Set(runs.map(({ number }) => number)).size).toBe(runs.length)
    }
  })

  it('never changes what it said of a run that has ended', () => {
    const story = tell()
    for (const thing of scheduled) {
      const earlier = first(runsUntil(story, thing, SINCE - 3 * 3_600_000), 50)
      const ended = earlier.filter((run) => run.endedAt <= SINCE - 3 * 3_600_000)
      const later = first(runsUntil(story, thing, SINCE + 5 * 3_600_000), 200)
      expect(later).toEqual(expect.arrayContaining(ended))
    }
  })

  it('names every instant at which a listing of runs changes', () => {
    const story = tell()
    const view = (thing: (typeof scheduled)[number], at: number) =>
      first(runsUntil(story, thing, at), 8).map((run) => `${run.number} ${run.endedAt <= at}`)
    for (const thing of scheduled) {
      let at = SINCE - 40 * DAY_MS
      for (let turns = 0; turns < 60; turns++) {
        const next = Math.min(runTurn(story, thing, at), at + DAY_MS)
        expect(next).toBeGreaterThan(at)
        for (const share of [0.3, 0.7]) expect(view(thing, at + (next - 1 - at) * share)).toEqual(view(thing, at))
        at = next
      }
    }
  })

  it('never lets the newest time of a table go back, nor into the future', () => {
    const story = tell()
    for (const thing of things) {
      if (thing.kind !== 'table') continue
      let before = 0
      for (let at = SINCE - 20 * DAY_MS; at < SINCE + DAY_MS; at += 3 * MINUTE_MS) {
        const newest = newestIn(story, thing, at)
        expect(newest).toBeLessThan(at)
        expect(newest).toBeGreaterThanOrEqual(before)
        before = newest
      }
    }
  })

  it('leaves the day before a scenario alone, so that only the scenario shows', () => {
    const story = createStory({ scenario: 'healthy', since: SINCE })
    for (const thing of things) {
      for (let at = SINCE - 1.4 * DAY_MS; at < SINCE + 3 * DAY_MS; at += 11 * MINUTE_MS) {
        expect(story.spanAt(thing, at)).toBeNull()
        expect(story.blindAt(thing.kind, at)).toBeNull()
      }
    }
  })
})
