import { instant, listField, textField } from '../../outbound/answer.ts'
import type { Transport } from '../../outbound/exchange.ts'
import type { Outbound } from '../../outbound/outbound.ts'
import { asCode, stopped } from '../../outbound/outbound-error.ts'
import type { Connector, Reading } from '../connector.ts'
import { pollEach } from '../polling.ts'
import { bad, good, type Kind, unexpectedShape, unknownStatus, unmeasured } from '../reading.ts'

const PATH = '/api/2.0/sql/statements'
/** How long the service holds the first answer back; 5 to 50 seconds are allowed. */
const WAIT_SECONDS = 30
const FIRST_TIMEOUT_MS = (WAIT_SECONDS + 15) * 1000
const CANCEL_TIMEOUT_MS = 5000
/** Together about a minute, beside the first wait: enough for a serverless warehouse to wake up. */
const POLLS_MAX = 16
const POLL_MS_MAX = 5000

/**
 * Asks the warehouse for a table's newest time. This wakes a stopped warehouse, so the check's interval is a cost
 * decision; the rest of the portal never does that on its own.
 */
export const databricksTable = (
  databricks: Outbound,
  warehouseId: string,
  transport: Transport,
): Connector<'databricks_table'> => ({
  name: 'databricks_table',
  poll: (checks, context) =>
    pollEach(checks, context, {
      key: (check) => `${check.source.table}\n${check.source.time_column}`,
      ask: (check, signal) =>
        runStatement(
          databricks,
          warehouseId,
          freshnessSql(check.source.table, check.source.time_column),
          signal,
          transport,
        ),
      read: (answer, check) => readTable(answer, check.kind),
    }),
})

/** Parameters cannot carry names, so names are quoted: a backtick inside one is doubled. */
export const quoteName = (name: string) => `\`${name.replaceAll('`', '``')}\``

/** Milliseconds as a number: a timestamp as text would be in the session's time zone. */
export const freshnessSql = (table: string, column: string) =>
  `SELECT unix_millis(CAST(MAX(${quoteName(column)}) AS TIMESTAMP)) AS data_time_ms FROM ${table.split('.').map(quoteName).join('.')}`

async function runStatement(
  databricks: Outbound,
  warehouseId: string,
  statement: string,
  signal: AbortSignal,
  transport: Transport,
): Promise<unknown> {
  const body = {
    statement,
    warehouse_id: warehouseId,
    wait_timeout: `${WAIT_SECONDS}s`,
    on_wait_timeout: 'CONTINUE',
    format: 'JSON_ARRAY',
    disposition: 'INLINE',
    row_limit: 1,
  }
  let answer = await databricks.post(PATH, body, signal, FIRST_TIMEOUT_MS)
  const id = textField(answer, 'statement_id')
  if (id === null) return answer
  const own = `${PATH}/${encodeURIComponent(id)}`
  try {
    for (let polls = 0; isUnfinished(answer) && polls < POLLS_MAX; polls++) {
      await transport.sleep(Math.min(1000 * 1.5 ** polls, POLL_MS_MAX), signal)
      answer = await databricks.get(own, {}, signal)
    }
  } catch (error) {
    await cancel(databricks, own)
    if (signal.aborted) throw stopped()
    throw error
  }
  if (isUnfinished(answer)) await cancel(databricks, own)
  return answer
}

const isUnfinished = (answer: unknown) => ['PENDING', 'RUNNING'].includes(textField(answer, 'status', 'state') ?? '')

/** Best effort: what nobody waits for should not keep the warehouse busy. */
async function cancel(databricks: Outbound, own: string): Promise<void> {
  await databricks.post(`${own}/cancel`, {}, new AbortController().signal, CANCEL_TIMEOUT_MS).catch(() => undefined)
}

export function readTable(answer: unknown, kind: Kind): Reading {
  const state = textField(answer, 'status', 'state')
  switch (state) {
    case null:
      return unexpectedShape()
    case 'SUCCEEDED':
      return readNewest(answer, kind)
    case 'PENDING':
    case 'RUNNING':
      return unmeasured('The warehouse did not answer in time; it may still be starting.', state)
    case 'FAILED':
      return unmeasured(failureOf(answer), state)
    case 'CANCELED':
    case 'CLOSED':
      return unmeasured('The statement was cancelled before it had an answer.', state)
    default:
      return unknownStatus(state)
  }
}

function failureOf(answer: unknown): string {
  const code = asCode(textField(answer, 'status', 'error', 'error_code'))
  const message = textField(answer, 'status', 'error', 'message')
  return `The statement failed${code === null ? '' : ` (${code})`}${message === null ? '.' : `: ${message}`}`
}

/** One row, one column; null in it means that there is no row with a time. */
function readNewest(answer: unknown, kind: Kind): Reading {
  const rows = listField(answer, 'result', 'data_array')
  const row = rows?.[0]
  if (!Array.isArray(row) || row.length !== 1) return unexpectedShape()
  const [value] = row as unknown[]
  if (value === null) {
    return kind === 'freshness'
      ? bad(kind, 'The table is empty, or no row has a time.')
      : good(kind, 'green', { message: 'The table can be read; no row has a time.' })
  }
  const newest = typeof value === 'string' ? instant(value) : null
  if (newest === null) return unmeasured('The newest time in the table is not a time of this century.')
  return good(kind, 'green', { dataTime: newest, value: new Date(newest).toISOString() })
}
