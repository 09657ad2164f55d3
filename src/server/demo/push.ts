import type { Observation } from '../storage/journal.ts'
import { toInstant } from '../time.ts'
import type { SampleCheck } from './estate.ts'
import { type Run, runsUntil } from './runs.ts'
import type { Story } from './story.ts'
import type { RunThing } from './things.ts'

/**
 * What jobs elsewhere would report about their push checks. A report is made when a run ends; one that hangs or is
 * skipped reports nothing, and its silence is what the portal has to notice.
 */
export function createPusher(options: {
  story: Story
  checks: readonly SampleCheck[]
  /** Everything up to here was reported already; from the newest report on when absent. */
  reportedUntil?: number
}): { pushDue(now: number): Observation[] } {
  const { story, checks } = options
  let told = options.reportedUntil ?? null
  return {
    /** Reports that came due since the last call, oldest first. The first call answers each check's newest one. */
    pushDue(now) {
      const since = told
      told = Math.max(now, since ?? now)
      return checks.flatMap((check) =>
        since === null ? newestReport(story, check, now) : reportsBetween(story, check, since, now),
      )
    },
  }
}

/** Reports of a check in `(after, until]`, oldest first; none for a check that is polled. */
export function reportsBetween(story: Story, check: SampleCheck, after: number, until: number): Observation[] {
  const found: Observation[] = []
  for (const report of reportsUntil(story, check, until, after)) found.push(report)
  return found.reverse()
}

function newestReport(story: Story, check: SampleCheck, now: number): Observation[] {
  for (const report of reportsUntil(story, check, now, Number.NEGATIVE_INFINITY)) return [report]
  return []
}

/** How much longer than usual a run that hangs may have been under way before it reports after all. */
const HANGS_MS_MAX = 2 * 86_400_000

/** Newest first. */
function* reportsUntil(story: Story, check: SampleCheck, until: number, after: number): Generator<Observation> {
  const { watches: thing } = check
  if (thing.kind !== 'report') return
  const ended: Run[] = []
  for (const run of runsUntil(story, thing, until)) {
    if (run.startedAt < after - HANGS_MS_MAX) break
    if (run.result !== 'skipped' && run.endedAt <= until && run.endedAt > after) ended.push(run)
    // A newer run may end before an older one that hung; within this many the order is settled.
    if (after === Number.NEGATIVE_INFINITY && ended.length === 3) break
  }
  for (const run of ended.sort((a, b) => b.endedAt - a.endedAt)) yield asObservation(check, thing, run)
}

function asObservation(check: SampleCheck, thing: RunThing, run: Run): Observation {
  const isGood = run.result !== 'failure'
  return {
    check_id: check.id,
    measured_at: toInstant(run.endedAt),
    data_time: null,
    outcome: isGood ? 'ok' : 'fail',
    reading: isGood ? 'green' : null,
    observed_value: isGood ? 'done' : 'failed',
    message: isGood ? null : `${thing.name} could not hand over: the other side refused the connection.`,
    run_id: null,
  }
}
