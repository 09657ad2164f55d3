import { instantField, listField, textField } from '../../outbound/answer.ts'
import type { Outbound } from '../../outbound/outbound.ts'
import type { Connector, Reading } from '../connector.ts'
import { judgeRuns, type Run, type Verdict } from '../judge-runs.ts'
import { type Pages, readPages } from '../paging.ts'
import { pollEach } from '../polling.ts'
import { type Kind, unexpectedShape } from '../reading.ts'

/** The service keeps the newest 100 completed instances of an item; active ones come on top. */
const PAGES_MAX = 10

/**
 * One listing per item, all of its pages: no order is promised. The continuation is followed by its token only, never
 * by the address that the answer names.
 */
export const fabricJob = (fabric: Outbound): Connector<'fabric_job'> => ({
  name: 'fabric_job',
  poll: (checks, context) =>
    pollEach(checks, context, {
      key: (check) => `${check.source.workspace_id}/${check.source.item_id}`.toLowerCase(),
      ask: ({ source }, signal) =>
        readPages({
          pagesMax: PAGES_MAX,
          fetchPage: (token) =>
            fabric.get(
              `/v1/workspaces/${encodeURIComponent(source.workspace_id)}/items/${encodeURIComponent(source.item_id)}/jobs/instances`,
              token === null ? {} : { continuationToken: token },
              signal,
            ),
          nextToken: (answer) => textField(answer, 'continuationToken'),
        }),
      read: (pages, check) => readJobInstances(pages, check.kind),
    }),
})

export function readJobInstances({ answers, isCut }: Pages, kind: Kind): Reading {
  const pages = answers.map((answer) => listField(answer, 'value'))
  if (pages.length === 0 || pages.includes(null)) return unexpectedShape()
  const runs = pages.flatMap((instances) => instances ?? []).map(asRun)
  return judgeRuns(runs, { kind, isCut, never: 'The item has no job on record.' })
}

function asRun(job: unknown): Run {
  const word = textField(job, 'status') ?? '(none)'
  const verdict = verdicts.get(word) ?? 'unknown'
  const why = [textField(job, 'failureReason', 'errorCode'), textField(job, 'failureReason', 'message')]
  const told = why.filter((part) => part !== null).join(': ')
  return {
    verdict,
    word,
    startedAt: instantField(job, 'startTimeUtc'),
    dataTime: instantField(job, 'endTimeUtc'),
    message: verdict === 'failure' && told !== '' ? told : null,
  }
}

const verdicts: ReadonlyMap<string, Verdict> = new Map([
  ['Completed', 'success'],
  ['Failed', 'failure'],
  ['NotStarted', 'running'],
  ['InProgress', 'running'],
  ['Cancelled', 'silent'],
  ['Deduped', 'silent'],
])
