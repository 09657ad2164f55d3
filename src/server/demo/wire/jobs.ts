import { chance, pick } from '../chance.ts'
import { jobIdOf } from '../estate.ts'
import { type Run, runsUntil } from '../runs.ts'
import type { Story } from '../story.ts'
import { nameOf, type RunThing } from '../things.ts'

/** Databricks Jobs 2.2. Ids are bigints: on the wire they are numbers past 2^53. */

const CREATOR = 'svc-orchestration@example.com'
const LISTED_MS = 60 * 86_400_000

/** Runs that the service still lists at an instant, newest first. */
export function* listedRuns(story: Story, thing: RunThing, at: number): Generator<Run> {
  for (const run of runsUntil(story, thing, at)) {
    if (run.startedAt < at - LISTED_MS) return
    yield run
  }
}

export function asJob(thing: RunThing): Record<string, unknown> {
  const minute = thing.at % 60
  const hour = thing.every >= 1440 ? Math.floor(thing.at / 60) : thing.every > 60 ? `0/${thing.every / 60}` : '*'
  return {
    job_id: BigInt(jobIdOf(thing)),
    creator_user_name: CREATOR,
    run_as_user_name: CREATOR,
    created_time: Date.UTC(2025, 2, 3) + Math.floor(chance(nameOf(thing), 0) * 86_400_000),
    settings: {
      name: thing.name,
      email_notifications: {},
      timeout_seconds: 0,
      schedule: { quartz_cron_expression: `0 ${minute} ${hour} * * ?`, timezone_id: 'UTC', pause_status: 'UNPAUSED' },
      max_concurrent_runs: 1,
      format: 'MULTI_TASK',
      tags: { team: 'data' },
    },
  }
}

/** Runs of one job as `runs/list` tells them at an instant. */
export function asJobRuns(story: Story, thing: RunThing, runs: readonly Run[], at: number): Record<string, unknown>[] {
  const jobId = BigInt(jobIdOf(thing))
  const base = (jobId % 100_000_000n) * 10_000_000_000n
  return runs.map((run) => {
    const runId = base + BigInt(run.number)
    const isOver = run.endedAt <= at
    const duration = isOver ? run.endedAt - run.startedAt : 0
    return {
      job_id: jobId,
      run_id: runId,
      number_in_job: runId,
      original_attempt_run_id: runId,
      run_name: thing.name,
      ...(isOver ? overOf(story, thing, run) : UNDER_WAY),
      start_time: run.startedAt,
      end_time: isOver ? run.endedAt : 0,
      setup_duration: 0,
      execution_duration: 0,
      cleanup_duration: 0,
      run_duration: duration,
      queue_duration: 0,
      trigger: run.isRerun ? 'ONE_TIME' : 'PERIODIC',
      run_type: 'JOB_RUN',
      format: 'MULTI_TASK',
      creator_user_name: CREATOR,
      run_page_url: `https://sample.example.com/?o=1#job/${jobId}/run/${runId}`,
      attempt_number: 0,
    }
  })
}

const UNDER_WAY = {
  state: { life_cycle_state: 'RUNNING', state_message: 'In run', user_cancelled_or_timedout: false },
  status: { state: 'RUNNING' },
}

function overOf(story: Story, thing: RunThing, run: Run): Record<string, unknown> {
  switch (run.result) {
    case 'success':
    case 'warned':
      return over('SUCCESS', 'SUCCESS', 'SUCCESS', '')
    case 'skipped':
      return {
        state: { life_cycle_state: 'SKIPPED', state_message: SKIPPED, user_cancelled_or_timedout: false },
        status: {
          state: 'TERMINATED',
          termination_details: { code: 'MAX_CONCURRENT_RUNS_EXCEEDED', type: 'CLIENT_ERROR', message: SKIPPED },
        },
      }
    case 'failure': {
      const why = whyFailed(story, thing, run)
      return over('FAILED', why.code, why.type, why.message)
    }
  }
}

const over = (result: string, code: string, type: string, message: string) => ({
  state: {
    life_cycle_state: 'TERMINATED',
    result_state: result,
    state_message: message,
    user_cancelled_or_timedout: false,
  },
  status: { state: 'TERMINATED', termination_details: { code, type, message } },
})

const SKIPPED = 'The run was skipped because the maximum number of concurrent runs of this job is 1.'

/** The same cause for as long as the same trouble lasts. */
function whyFailed(story: Story, thing: RunThing, run: Run) {
  const span = story.spanAt(thing, run.startedAt)
  if (span?.isStorageOutage) return storageOutage
  return pick(causes, chance(nameOf(thing), Math.floor((span?.from ?? run.startedAt) / 1000)))
}

interface Cause {
  code: string
  type: string
  message: string
}

const storageOutage: Cause = {
  code: 'STORAGE_ACCESS_ERROR',
  type: 'CLOUD_FAILURE',
  message: 'Task read_raw failed: the storage account refused the request (403, AuthorizationFailure).',
}

const causes: [Cause, ...Cause[]] = [
  {
    code: 'RUN_EXECUTION_ERROR',
    type: 'CLIENT_ERROR',
    message:
      'Task write_gold failed with message: [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column with name `discount_pct` cannot be resolved.',
  },
  {
    code: 'RUN_EXECUTION_ERROR',
    type: 'CLIENT_ERROR',
    message: 'Task load_features failed with message: expected 412 stores in the input, found 398.',
  },
  {
    code: 'CLUSTER_ERROR',
    type: 'CLOUD_FAILURE',
    message: 'The cluster could not be started: the cloud provider has no instances of the requested type.',
  },
]
