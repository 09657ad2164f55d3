import { field, isObject, listField, textField } from '../../outbound/answer.ts'
import type { Outbound } from '../../outbound/outbound.ts'
import type { Connector, Reading } from '../connector.ts'
import { type Pages, readPages } from '../paging.ts'
import { pollEach, shared } from '../polling.ts'
import { bad, good, type Kind, unexpectedShape, unknownStatus, unmeasured } from '../reading.ts'

const PAGE_SIZE = '100'
const PAGES_MAX = 20

/** One listing serves every check. */
export const databricksWarehouse = (databricks: Outbound): Connector<'databricks_warehouse'> => ({
  name: 'databricks_warehouse',
  poll: (checks, context) => {
    const list = shared(() =>
      readPages({
        pagesMax: PAGES_MAX,
        fetchPage: (token) =>
          databricks.get(
            '/api/2.0/sql/warehouses',
            { page_size: PAGE_SIZE, ...(token === null ? {} : { page_token: token }) },
            context.signal,
          ),
        nextToken: (answer) => textField(answer, 'next_page_token'),
      }),
    )
    return pollEach(checks, context, {
      key: () => 'all',
      ask: list,
      read: (pages, check) => readWarehouse(pages, check.source.warehouse_id, check.kind),
    })
  },
})

/** Stopped is how a warehouse rests between questions, so it is healthy. */
const working: ReadonlySet<string> = new Set(['RUNNING', 'STARTING', 'STOPPED', 'STOPPING'])
const gone: ReadonlySet<string> = new Set(['DELETED', 'DELETING'])

export function readWarehouse({ answers, isCut }: Pages, id: string, kind: Kind): Reading {
  const lists = answers.map(warehousesOf)
  if (lists.length === 0 || lists.includes(null)) return unexpectedShape()
  const warehouse = lists.flatMap((list) => list ?? []).find((each) => field(each, 'id') === id)
  if (warehouse === undefined) {
    return unmeasured(
      isCut
        ? 'The warehouse is not among those that were listed; there are too many.'
        : 'There is no such warehouse, or the service principal may not see it.',
    )
  }
  const state = textField(warehouse, 'state') ?? '(none)'
  if (gone.has(state)) return bad(kind, 'The warehouse is deleted.', { value: state })
  if (!working.has(state)) return unknownStatus(state)
  return readHealth(warehouse, state, kind)
}

function warehousesOf(answer: unknown): unknown[] | null {
  if (!isObject(answer)) return null
  return field(answer, 'warehouses') === undefined ? [] : listField(answer, 'warehouses')
}

/** Absent health is good health. */
function readHealth(warehouse: unknown, state: string, kind: Kind): Reading {
  const health = field(warehouse, 'health')
  const isAbsent = health === undefined || health === null
  const status = isAbsent ? 'HEALTHY' : (textField(health, 'status') ?? '(none)')
  const why =
    textField(health, 'summary') ?? textField(health, 'details') ?? textField(health, 'failure_reason', 'code')
  switch (status) {
    case 'HEALTHY':
      return good(kind, 'green', { value: state })
    case 'DEGRADED':
      return good(kind, 'yellow', { value: status, message: why ?? 'The warehouse is degraded.' })
    case 'FAILED':
      return bad(kind, why ?? 'The warehouse has failed.', { value: status })
    default:
      return unknownStatus(status)
  }
}
