import { field, instantField, isObject, listField, textField } from '../../outbound/answer.ts'
import type { Outbound } from '../../outbound/outbound.ts'
import type { Connector, Reading } from '../connector.ts'
import { isTelling, judgeRuns, type Run, type Verdict } from '../judge-runs.ts'
import { type Pages, readPages } from '../paging.ts'
import { pollEach } from '../polling.ts'
import { type Kind, unexpectedShape } from '../reading.ts'

/** The service wants fewer than 25. */
const PAGE_SIZE = '24'
const PAGES_MAX = 5

/** One call per job, newest runs first, further pages only while no run on them has completed. */
export const databricksJob = (databricks: Outbound): Connector<'databricks_job'> => ({
  name: 'databricks_job',
  poll: (checks, context) =>
    pollEach(checks, context, {
      key: (check) => check.source.job_id,
      ask: (check, signal) =>
        readPages({
          pagesMax: PAGES_MAX,
          fetchPage: (token) =>
            databricks.get(
              '/api/2.2/jobs/runs/list',
              { job_id: check.source.job_id, limit: PAGE_SIZE, ...(token === null ? {} : { page_token: token }) },
              signal,
            ),
          nextToken: (answer) => textField(answer, 'next_page_token'),
          isEnough: (answers) => answers.some((answer) => runsOf(answer)?.some(isTelling)),
        }),
      read: (pages, check) => readJobRuns(pages, check.kind),
    }),
})

export function readJobRuns({ answers, isCut }: Pages, kind: Kind): Reading {
  const pages = answers.map(runsOf)
  if (pages.length === 0 || pages.includes(null)) return unexpectedShape()
  return judgeRuns(
    pages.flatMap((runs) => runs ?? []),
    { kind, isCut, never: 'The job has no run on record.' },
  )
}

/** `runs` is absent when there are none; null when this is no list of runs at all. */
function runsOf(answer: unknown): Run[] | null {
  if (!isObject(answer)) return null
  const runs = field(answer, 'runs') === undefined ? [] : listField(answer, 'runs')
  return runs?.map(asRun) ?? null
}

function asRun(run: unknown): Run {
  const { verdict, word, detail } = verdictOf(run)
  return {
    verdict,
    word,
    startedAt: instantField(run, 'start_time'),
    dataTime: instantField(run, 'end_time'),
    message: verdict === 'success' ? null : detail === null ? null : `${word}: ${detail}`,
  }
}

interface Seen {
  verdict: Verdict
  word: string
  detail: string | null
}

/** `status` replaced `state`; workspaces answer with both or either. */
function verdictOf(run: unknown): Seen {
  const state = textField(run, 'status', 'state')
  const code = textField(run, 'status', 'termination_details', 'code')
  const detail = textField(run, 'status', 'termination_details', 'message') ?? textField(run, 'state', 'state_message')
  if (state === 'TERMINATED' && code !== null) return { verdict: byCode[code] ?? 'unknown', word: code, detail }
  if (state !== null && state !== 'TERMINATED') {
    return { verdict: unfinished.has(state) ? 'running' : 'unknown', word: state, detail }
  }
  return legacyVerdictOf(run, detail)
}

function legacyVerdictOf(run: unknown, detail: string | null): Seen {
  const cycle = textField(run, 'state', 'life_cycle_state') ?? '(none)'
  const result = textField(run, 'state', 'result_state')
  if (cycle === 'SKIPPED') return { verdict: 'silent', word: cycle, detail }
  if (cycle === 'INTERNAL_ERROR') return { verdict: 'failure', word: cycle, detail }
  if (cycle === 'TERMINATED' && result !== null) return { verdict: byResult[result] ?? 'unknown', word: result, detail }
  return { verdict: unfinished.has(cycle) ? 'running' : 'unknown', word: cycle, detail }
}

/** Of `status.state` and of the older `life_cycle_state`. */
const unfinished: ReadonlySet<string> = new Set([
  'BLOCKED',
  'PENDING',
  'QUEUED',
  'RUNNING',
  'TERMINATING',
  'WAITING',
  'WAITING_FOR_RETRY',
])

const all = (verdict: Verdict, words: readonly string[]) => words.map((word) => [word, verdict] as const)
const table = (...rows: (readonly (readonly [string, Verdict])[])[]): Record<string, Verdict | undefined> =>
  Object.assign(Object.create(null), Object.fromEntries(rows.flat()))

/** `CANCELED` is the platform's doing (a time limit passed), `USER_CANCELED` a person's. */
const byCode = table(
  all('success', ['SUCCESS']),
  all('partly', ['SUCCESS_WITH_FAILURES']),
  all('silent', [
    'USER_CANCELED',
    'SKIPPED',
    'MAX_CONCURRENT_RUNS_EXCEEDED',
    'MAX_JOB_QUEUE_SIZE_EXCEEDED',
    'DISABLED',
  ]),
  all('failure', [
    'CANCELED',
    'INTERNAL_ERROR',
    'DRIVER_ERROR',
    'CLUSTER_ERROR',
    'REPOSITORY_CHECKOUT_FAILED',
    'INVALID_CLUSTER_REQUEST',
    'WORKSPACE_RUN_LIMIT_EXCEEDED',
    'FEATURE_DISABLED',
    'CLUSTER_REQUEST_LIMIT_EXCEEDED',
    'STORAGE_ACCESS_ERROR',
    'RUN_EXECUTION_ERROR',
    'UNAUTHORIZED_ERROR',
    'LIBRARY_INSTALLATION_ERROR',
    'MAX_SPARK_CONTEXTS_EXCEEDED',
    'RESOURCE_NOT_FOUND',
    'INVALID_RUN_CONFIGURATION',
    'CLOUD_FAILURE',
    'BUDGET_POLICY_LIMIT_EXCEEDED',
    'BREAKING_CHANGE',
  ]),
)

const byResult = table(
  all('success', ['SUCCESS']),
  all('partly', ['SUCCESS_WITH_FAILURES']),
  all('failure', ['FAILED', 'TIMEDOUT', 'UPSTREAM_FAILED']),
  all('silent', ['CANCELED', 'MAXIMUM_CONCURRENT_RUNS_REACHED', 'EXCLUDED', 'UPSTREAM_CANCELED', 'DISABLED']),
)
