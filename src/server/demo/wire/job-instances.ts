import { guidOf } from '../estate.ts'
import { type Run, runsUntil } from '../runs.ts'
import type { Story } from '../story.ts'
import type { RunThing } from '../things.ts'
import { idOfRun } from './run-id.ts'

/** Fabric keeps so many that have ended. */
const KEPT = 100

/** Job instances that Fabric tells of at an instant, newest first. */
export function* listedInstances(story: Story, thing: RunThing, at: number): Generator<Run> {
  let ended = 0
  for (const run of runsUntil(story, thing, at)) {
    if (run.endedAt <= at) ended += 1
    if (ended > KEPT) return
    yield run
  }
}

export function asJobInstance(thing: RunThing & { kind: 'item' }, run: Run, at: number): Record<string, unknown> {
  const isOver = run.endedAt <= at
  const isFailed = isOver && run.result === 'failure'
  return {
    id: idOfRun(thing, run),
    itemId: guidOf(thing),
    jobType: thing.jobType,
    invokeType: run.isRerun ? 'Manual' : 'Scheduled',
    status: isOver ? words[run.result] : 'InProgress',
    rootActivityId: idOfRun(thing, run),
    startTimeUtc: fabricTime(run.startedAt),
    endTimeUtc: isOver ? fabricTime(run.endedAt) : null,
    failureReason: isFailed
      ? {
          requestId: idOfRun(thing, run),
          errorCode: 'Job instance failed without detail error',
          message: 'The activity "Copy from source" failed: the source did not answer within 30 s.',
        }
      : null,
  }
}

const words = { success: 'Completed', warned: 'Completed', failure: 'Failed', skipped: 'Deduped' } as const

/** Seven digits and no Z: that is how Fabric writes UTC. */
const fabricTime = (ms: number) => new Date(ms).toISOString().replace('Z', '0000')
