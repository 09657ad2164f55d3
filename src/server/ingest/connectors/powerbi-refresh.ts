import { field, instantField, listField, textField } from '../../outbound/answer.ts'
import { parseJson } from '../../outbound/json.ts'
import type { Outbound } from '../../outbound/outbound.ts'
import { asCode } from '../../outbound/outbound-error.ts'
import type { Connector, Reading } from '../connector.ts'
import { judgeRuns, type Run, type Verdict } from '../judge-runs.ts'
import { pollEach } from '../polling.ts'
import { type Kind, unexpectedShape } from '../reading.ts'

/** All that the service keeps. */
const REFRESHES_MAX = 60

/** One call per dataset: its refresh history. */
export const powerbiRefresh = (powerbi: Outbound): Connector<'powerbi_refresh'> => ({
  name: 'powerbi_refresh',
  poll: (checks, context) =>
    pollEach(checks, context, {
      key: (check) => `${check.source.group_id}/${check.source.dataset_id}`.toLowerCase(),
      ask: ({ source }, signal) =>
        powerbi.get(
          `/v1.0/myorg/groups/${encodeURIComponent(source.group_id)}/datasets/${encodeURIComponent(source.dataset_id)}/refreshes`,
          { $top: String(REFRESHES_MAX) },
          signal,
        ),
      read: (answer, check) => readRefreshes(answer, check.kind),
    }),
})

/** An empty history is a finding: the service was asked and knows of no refresh, so the data is as old as it gets. */
export function readRefreshes(answer: unknown, kind: Kind): Reading {
  const refreshes = listField(answer, 'value')
  if (refreshes === null) return unexpectedShape()
  return judgeRuns(refreshes.map(asRun), {
    kind,
    isCut: refreshes.length >= REFRESHES_MAX,
    never: 'The dataset was never refreshed, as far back as Power BI remembers.',
  })
}

function asRun(refresh: unknown): Run {
  const word = textField(refresh, 'status') ?? '(none)'
  const endedAt = instantField(refresh, 'endTime')
  const verdict = verdictOf(word, field(refresh, 'endTime'))
  return {
    verdict,
    word,
    startedAt: instantField(refresh, 'startTime'),
    dataTime: endedAt,
    message: verdict === 'failure' ? `The last refresh ended with ${whyOf(refresh) ?? word}.` : null,
  }
}

/** `Unknown` means in progress while there is no end, and really unknown once there is one. */
function verdictOf(word: string, endTime: unknown): Verdict {
  if (word === 'Unknown') return endTime === undefined || endTime === null || endTime === '' ? 'running' : 'unknown'
  return verdicts.get(word) ?? 'unknown'
}

/** The last four are words of enhanced refreshes. */
const verdicts: ReadonlyMap<string, Verdict> = new Map([
  ['Completed', 'success'],
  ['Failed', 'failure'],
  ['Disabled', 'failure'],
  ['Cancelled', 'silent'],
  ['NotStarted', 'running'],
  ['InProgress', 'running'],
  ['TimedOut', 'failure'],
])

/** The error code out of the JSON text inside the JSON, of the refresh itself or of its last attempt. */
function whyOf(refresh: unknown): string | null {
  const attempts = listField(refresh, 'refreshAttempts') ?? []
  for (const holder of [refresh, ...attempts.toReversed()]) {
    const text = textField(holder, 'serviceExceptionJson')
    if (text === null) continue
    try {
      const code = asCode(field(parseJson(text), 'errorCode'))
      if (code !== null) return code
    } catch {
      // Not JSON after all: there may be another attempt that tells.
    }
  }
  return null
}
