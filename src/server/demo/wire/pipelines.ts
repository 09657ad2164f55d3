import { guidOf } from '../estate.ts'
import { type Run, runsUntil } from '../runs.ts'
import type { Story } from '../story.ts'
import type { RunThing } from '../things.ts'
import { idOfRun } from './run-id.ts'

const LATEST = 5
const CREATOR = 'svc-orchestration@example.com'

/** Updates that were begun by an instant, newest first. What found another one under way leaves no trace. */
export function* listedUpdates(story: Story, thing: RunThing, at: number): Generator<Run> {
  for (const run of runsUntil(story, thing, at)) {
    if (run.startedAt < at - 30 * 86_400_000) return
    if (run.result !== 'skipped') yield run
  }
}

/** One entry of `GET /api/2.0/pipelines`. Its `creation_time` is text, the one of an update is a number. */
export function asPipeline(story: Story, thing: RunThing, at: number): Record<string, unknown> {
  const latest = firstOf(listedUpdates(story, thing, at), LATEST)
  const [newest] = latest
  const over = latest.find((run) => run.endedAt <= at)
  return {
    pipeline_id: guidOf(thing),
    name: thing.name,
    state: newest !== undefined && newest.endedAt > at ? 'RUNNING' : 'IDLE',
    health: over?.result === 'failure' ? 'UNHEALTHY' : 'HEALTHY',
    creator_user_name: CREATOR,
    run_as_user_name: CREATOR,
    latest_updates: latest.map((run) => ({
      update_id: idOfRun(thing, run),
      state: stateOf(run, at),
      creation_time: new Date(run.startedAt).toISOString(),
    })),
  }
}

function firstOf(runs: Iterable<Run>, count: number): Run[] {
  const first: Run[] = []
  for (const run of runs) if (first.push(run) === count) break
  return first
}

/** One entry of `GET /api/2.0/pipelines/{id}/updates`. */
export const asUpdate = (thing: RunThing, run: Run, at: number): Record<string, unknown> => ({
  pipeline_id: guidOf(thing),
  update_id: idOfRun(thing, run),
  state: stateOf(run, at),
  cause: run.isRerun ? 'USER_ACTION' : 'JOB_TASK',
  creation_time: run.startedAt,
  full_refresh: false,
  validate_only: false,
})

/** The errors of `GET /api/2.0/pipelines/{id}/events`. */
export const asErrorEvent = (thing: RunThing, run: Run): Record<string, unknown> => ({
  id: idOfRun(thing, run),
  event_type: 'update_progress',
  level: 'ERROR',
  message: `Update ${idOfRun(thing, run).slice(0, 6)} is FAILED.`,
  timestamp: new Date(run.endedAt).toISOString(),
  origin: { pipeline_id: guidOf(thing), pipeline_name: thing.name, update_id: idOfRun(thing, run) },
  error: {
    exceptions: [
      {
        class_name: 'org.apache.spark.sql.streaming.StreamingQueryException',
        message: 'The schema of the input has changed since the last update.',
      },
    ],
  },
})

function stateOf(run: Run, at: number): string {
  if (run.endedAt > at) return 'RUNNING'
  return run.result === 'failure' ? 'FAILED' : 'COMPLETED'
}
