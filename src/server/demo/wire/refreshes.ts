import { type Run, runsUntil } from '../runs.ts'
import type { Story } from '../story.ts'
import type { RunThing } from '../things.ts'
import { idOfRun } from './run-id.ts'

/** Power BI remembers the shorter of the two. */
const REMEMBERED = 60
const REMEMBERED_MS = 7 * 86_400_000

/** Refreshes that Power BI tells of at an instant, newest first. */
export function* listedRefreshes(story: Story, thing: RunThing, at: number): Generator<Run> {
  let told = 0
  for (const run of runsUntil(story, thing, at)) {
    if (told === REMEMBERED || run.startedAt < at - REMEMBERED_MS) return
    if (run.result === 'skipped') continue
    told += 1
    yield run
  }
}

/** `Unknown` without an end is Power BI's way to say that a refresh is under way. */
export function asRefresh(thing: RunThing, run: Run, at: number): Record<string, unknown> {
  const startTime = new Date(run.startedAt).toISOString()
  const told = {
    requestId: idOfRun(thing, run),
    id: run.number,
    refreshType: run.isRerun ? 'OnDemand' : 'Scheduled',
    startTime,
  }
  if (run.endedAt > at)
    return { ...told, status: 'Unknown', refreshAttempts: [{ attemptId: 1, startTime, type: 'Data' }] }
  const endTime = new Date(run.endedAt).toISOString()
  const attempt = { attemptId: 1, startTime, endTime, type: 'Data' }
  if (run.result !== 'failure') return { ...told, endTime, status: 'Completed', refreshAttempts: [attempt] }
  return {
    ...told,
    endTime,
    status: 'Failed',
    serviceExceptionJson: WHY,
    refreshAttempts: [{ ...attempt, serviceExceptionJson: WHY }],
  }
}

const WHY = JSON.stringify({
  errorCode: 'ModelRefresh_ShortMessage_ProcessingError',
  errorDescription: 'The data source answered with an error.',
})
