import { field, instantField, isObject, listField, textField } from '../../outbound/answer.ts'
import type { Outbound } from '../../outbound/outbound.ts'
import type { Connector, Reading } from '../connector.ts'
import { isTelling, judgeRuns, type Run, type Verdict } from '../judge-runs.ts'
import { type Pages, readPages } from '../paging.ts'
import { pollEach, shared } from '../polling.ts'
import { bad, good, type Kind, unexpectedShape, unknownStatus, unmeasured } from '../reading.ts'

const LIST_PAGE_SIZE = '100'
const LIST_PAGES_MAX = 20
const UPDATES_PAGE_SIZE = '25'
const UPDATES_PAGES_MAX = 4

/** What is known of one pipeline; `updates` only where its newest ones, in the listing, did not tell enough. */
export interface PipelineFacts {
  list: Pages
  updates: Pages | null
}

/** One listing serves every check; a pipeline's own updates are asked for only while none of the listed has ended. */
export const databricksPipeline = (databricks: Outbound): Connector<'databricks_pipeline'> => ({
  name: 'databricks_pipeline',
  poll: (checks, context) => {
    const pages = (
      path: string,
      pageSize: string,
      pagesMax: number,
      isEnough?: (answers: readonly unknown[]) => boolean,
    ) =>
      readPages({
        pagesMax,
        fetchPage: (token) =>
          databricks.get(
            path,
            { max_results: pageSize, ...(token === null ? {} : { page_token: token }) },
            context.signal,
          ),
        nextToken: (answer) => textField(answer, 'next_page_token'),
        ...(isEnough === undefined ? {} : { isEnough }),
      })
    const list = shared(() => pages('/api/2.0/pipelines', LIST_PAGE_SIZE, LIST_PAGES_MAX))
    return pollEach(checks, context, {
      key: (check) => check.source.pipeline_id,
      ask: async (check) => {
        const listed = await list()
        const id = check.source.pipeline_id
        const newest = updatesOf(findPipeline(listed, id), 'latest_updates')
        if (newest === null || newest.length === 0 || newest.some(isTelling)) return { list: listed, updates: null }
        const path = `/api/2.0/pipelines/${encodeURIComponent(id)}/updates`
        const updates = await pages(path, UPDATES_PAGE_SIZE, UPDATES_PAGES_MAX, (answers) =>
          answers.some((answer) => updatesOf(answer, 'updates')?.some(isTelling)),
        )
        return { list: listed, updates }
      },
      read: (facts, check) => readPipeline(facts, check.source.pipeline_id, check.kind),
    })
  },
})

const states: ReadonlySet<string> = new Set([
  'IDLE',
  'RUNNING',
  'STARTING',
  'STOPPING',
  'DEPLOYING',
  'RECOVERING',
  'RESETTING',
])

export function readPipeline({ list, updates }: PipelineFacts, id: string, kind: Kind): Reading {
  if (list.answers.length === 0 || !list.answers.every(isListing)) return unexpectedShape()
  const pipeline = findPipeline(list, id)
  if (pipeline === null) {
    return unmeasured(
      list.isCut
        ? 'The pipeline is not among those that were listed; there are too many.'
        : 'There is no such pipeline, or the service principal may not see it.',
    )
  }
  const state = textField(pipeline, 'state') ?? '(none)'
  if (state === 'FAILED' || state === 'DELETED') {
    return bad(kind, `The pipeline is ${state.toLowerCase()}.`, { value: state })
  }
  if (!states.has(state)) return unknownStatus(state)
  return readUpdates(pipeline, updates, state, kind)
}

function readUpdates(pipeline: unknown, updates: Pages | null, state: string, kind: Kind): Reading {
  const health = textField(pipeline, 'health')
  if (health !== null && health !== 'HEALTHY' && health !== 'UNHEALTHY') return unknownStatus(health)
  const lists =
    updates === null
      ? [updatesOf(pipeline, 'latest_updates')]
      : updates.answers.map((page) => updatesOf(page, 'updates'))
  if (lists.includes(null)) return unexpectedShape()
  const runs = lists.flatMap((runsOfPage) => runsOfPage ?? [])
  // A continuous pipeline's update never ends. That it works is known; how old its data is, is not.
  const isContinuous = state === 'RUNNING' && health === 'HEALTHY' && runs.length > 0 && !runs.some(isTelling)
  if (isContinuous && kind !== 'freshness') return good(kind, 'green', { value: state })
  const never = 'The pipeline has no update on record.'
  const reading = judgeRuns(runs, { kind, never, isCut: updates?.isCut ?? false })
  if (reading.outcome !== 'ok' || health !== 'UNHEALTHY') return reading
  return { ...reading, reading: 'yellow', message: 'The last update completed, but the pipeline is unhealthy.' }
}

const isListing = (answer: unknown) =>
  isObject(answer) && (field(answer, 'statuses') === undefined || listField(answer, 'statuses') !== null)

function findPipeline(list: Pages, id: string): unknown {
  const all = list.answers.flatMap((answer) => listField(answer, 'statuses') ?? [])
  return all.find((each) => field(each, 'pipeline_id') === id) ?? null
}

function updatesOf(holder: unknown, name: 'latest_updates' | 'updates'): Run[] | null {
  if (!isObject(holder)) return null
  const updates = field(holder, name) === undefined ? [] : listField(holder, name)
  return updates?.map(asRun) ?? null
}

/** No end is told, so the data counts as fresh as the update's beginning: never fresher than it is. */
function asRun(update: unknown): Run {
  const word = textField(update, 'state') ?? '(none)'
  const verdict = verdicts.get(word) ?? 'unknown'
  const startedAt = instantField(update, 'creation_time')
  return {
    // A validation completes without touching data.
    verdict: verdict === 'success' && field(update, 'validate_only') === true ? 'silent' : verdict,
    word,
    startedAt,
    dataTime: startedAt,
    message: verdict === 'failure' ? 'The last update failed.' : null,
  }
}

const verdicts: ReadonlyMap<string, Verdict> = new Map([
  ['COMPLETED', 'success'],
  ['FAILED', 'failure'],
  ['CANCELED', 'silent'],
  ['QUEUED', 'running'],
  ['CREATED', 'running'],
  ['WAITING_FOR_RESOURCES', 'running'],
  ['INITIALIZING', 'running'],
  ['RESETTING', 'running'],
  ['SETTING_UP_TABLES', 'running'],
  ['RUNNING', 'running'],
  ['STOPPING', 'running'],
])
