import { between, chance } from '../chance.ts'
import { type Run, runsUntil } from '../runs.ts'
import type { Story } from '../story.ts'
import { MINUTE_MS, nameOf, type RunThing } from '../things.ts'
import { idOfRun } from './run-id.ts'

type DbtThing = RunThing & { kind: 'dbt' }

/** What lies on the artifact server at an instant: what the newest run that has ended left behind. */
export function artifactAt(story: Story, thing: DbtThing, at: number): Record<string, unknown> | null {
  for (const run of runsUntil(story, thing, at)) {
    if (run.endedAt <= at && run.result !== 'skipped')
      return thing.artifact === 'sources' ? sourcesOf(story, thing, run) : runResultsOf(thing, run)
  }
  return null
}

const metadata = (thing: DbtThing, run: Run, schema: string) => ({
  dbt_schema_version: `https://schemas.getdbt.com/dbt/${schema}.json`,
  dbt_version: '1.10.4',
  generated_at: micro(run.endedAt, 'Z'),
  invocation_id: idOfRun(thing, run),
  env: {},
})

function sourcesOf(story: Story, thing: DbtThing, run: Run): Record<string, unknown> {
  const [warn, crit] = thing.limits
  const lag = { success: warn * 0.2, warned: warn + (crit - warn) * 0.2, failure: crit * 1.1, skipped: 0 }[run.result]
  const status = { success: 'pass', warned: 'warn', failure: 'error', skipped: 'pass' }[run.result]
  return {
    metadata: metadata(thing, run, 'sources/v3'),
    results: thing.nodes.map((unique_id, index) => {
      // Only the first source is ever late; the others come from elsewhere.
      const share = chance(`${story.seed}/${nameOf(thing)}/${index}`, run.number)
      const minutes = (index === 0 ? lag : warn * 0.15) * between(0.8, 1.2, share)
      const loadedAt = run.endedAt - Math.round(minutes * MINUTE_MS)
      return {
        unique_id,
        max_loaded_at: micro(loadedAt, '+00:00'),
        snapshotted_at: micro(run.endedAt, '+00:00'),
        max_loaded_at_time_ago_in_s: (run.endedAt - loadedAt) / 1000,
        status: index === 0 ? status : 'pass',
        criteria: {
          warn_after: { count: warn, period: 'minute' },
          error_after: { count: crit, period: 'minute' },
          filter: null,
        },
        adapter_response: {},
        timing: timing(run),
        thread_id: `Thread-${index + 1}`,
        execution_time: 0.8,
      }
    }),
    elapsed_time: (run.endedAt - run.startedAt) / 1000,
  }
}

function runResultsOf(thing: DbtThing, run: Run): Record<string, unknown> {
  return {
    metadata: metadata(thing, run, 'run-results/v6'),
    results: thing.nodes.map((unique_id, index) => {
      const { status, message, failures } = resultOf(unique_id, run, index === thing.nodes.length - 1)
      return {
        status,
        timing: timing(run),
        thread_id: `Thread-${index + 1}`,
        execution_time: (run.endedAt - run.startedAt) / 1000 / thing.nodes.length,
        adapter_response: { _message: 'OK' },
        message,
        failures,
        unique_id,
        compiled: true,
        compiled_code: 'select 1',
        relation_name: unique_id.startsWith('test.')
          ? null
          : `\`main\`.\`${thing.key}\`.\`${unique_id.split('.').at(-1)}\``,
      }
    }),
    elapsed_time: (run.endedAt - run.startedAt) / 1000,
    args: { which: 'build', target: 'prod' },
  }
}

/** The last node of a project is its test, which is what fails. */
function resultOf(uniqueId: string, run: Run, isLast: boolean) {
  if (!uniqueId.startsWith('test.')) return { status: 'success', message: 'OK', failures: null }
  if (isLast && run.result === 'failure')
    return { status: 'fail', message: 'Got 27 results, configured to fail if != 0', failures: 27 }
  if (isLast && run.result === 'warned')
    return { status: 'warn', message: 'Got 3 results, configured to warn if != 0', failures: 3 }
  return { status: 'pass', message: null, failures: 0 }
}

const timing = (run: Run) => [
  { name: 'compile', started_at: micro(run.startedAt, 'Z'), completed_at: micro(run.startedAt + 900, 'Z') },
  { name: 'execute', started_at: micro(run.startedAt + 900, 'Z'), completed_at: micro(run.endedAt, 'Z') },
]

/** Python writes microseconds. */
const micro = (ms: number, zone: string) => new Date(ms).toISOString().replace('Z', `000${zone}`)
