import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Transport } from '../../outbound/exchange.ts'
import { type Act, serve, transport } from '../../outbound/fixtures/server.ts'
import { databricksTable, freshnessSql, quoteName, readTable } from './databricks-table.ts'
import { check, context, fixture, outboundTo } from './fixtures/server.ts'

const read = (name: string, kind: 'freshness' | 'availability' = 'freshness') =>
  readTable(fixture(`databricks_table/${name}`), kind)

describe('the question about a table', () => {
  it('quotes every name', () => {
    expect(freshnessSql('main.sales.order-lines', 'loaded_at')).toBe(
      'SELECT unix_millis(CAST(MAX(`loaded_at`) AS TIMESTAMP)) AS data_time_ms FROM `main`.`sales`.`order-lines`',
    )
  })

  it('lets no name end its own quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', 'a', ' ', ';', '-', '\\') }), (name) => {
        const quoted = quoteName(name)
        expect(quoted).toMatch(/^`(?:[^`]|``)*`$/)
        expect(quoted.slice(1, -1).replaceAll('``', '`')).toBe(name)
      }),
    )
  })
})

describe("what the warehouse's answer says of a table", () => {
  it('is fresh as of the newest time', () => {
    expect(read('succeeded')).toEqual({
      data_time: '2026-11-23T10:15:30.250Z',
      outcome: 'ok',
      reading: 'green',
      observed_value: '2026-11-23T10:15:30.250Z',
      message: null,
    })
  })

  it('is a failure when the table is empty, unless it only had to be readable', () => {
    expect(read('empty')).toMatchObject({ outcome: 'fail', message: 'The table is empty, or no row has a time.' })
    expect(read('empty', 'availability')).toMatchObject({ outcome: 'ok', reading: 'green' })
  })

  it('could not be told when the statement failed, which comes with status 200', () => {
    expect(read('failed')).toMatchObject({
      outcome: 'error',
      observed_value: 'FAILED',
      message:
        'The statement failed (BAD_REQUEST): [TABLE_OR_VIEW_NOT_FOUND] The table or view `main`.`sales`.`orders` cannot be found. Verify the spelling. SQLSTATE: 42P01; line 1 pos 0',
    })
  })

  it('could not be told from anything else', () => {
    for (const name of ['pending', 'running', 'no-rows']) expect(read(name).outcome).toBe('error')
    expect(readTable({ status: { state: 'MELTED' } }, 'freshness').message).toBe('unknown status "MELTED"')
    const answer = (value: unknown) => ({ status: { state: 'SUCCEEDED' }, result: { data_array: [[value]] } })
    for (const value of ['0', 'yesterday', '99999999999999', 7, {}]) {
      expect(readTable(answer(value), 'freshness').outcome).toBe('error')
    }
  })
})

describe('polling tables', () => {
  const table = check<'databricks_table'>({
    connector: 'databricks_table',
    table: 'main.sales.orders',
    time_column: 'loaded_at',
  })
  const own = '/api/2.0/sql/statements/01efa1b2-c3d4-1234-9abc-0123456789ab'

  /** Polls a warehouse that gives these answers in turn, the last one for ever. */
  async function polled(acts: readonly Act[], more: Partial<Transport> = {}, signal = new AbortController().signal) {
    await using server = await serve(({ path }, count) =>
      path.endsWith('/cancel') ? { json: {} } : (acts[Math.min(count, acts.length) - 1] ?? 'hang'),
    )
    const connector = databricksTable(outboundTo(server, more), 'wh-1', transport(more))
    const readings = await connector.poll([table], context({ signal }))
    return { reading: readings.get(table.id), seen: server.seen.map(({ method, path }) => `${method} ${path}`), server }
  }
  const state = (name: string): Act => ({ json: fixture(`databricks_table/${name}`) })

  it('asks through the warehouse, and again until there is an answer', async () => {
    const { reading, seen, server } = await polled([state('pending'), state('running'), state('succeeded')])
    expect(reading).toMatchObject({ outcome: 'ok', data_time: '2026-11-23T10:15:30.250Z' })
    expect(seen).toEqual(['POST /api/2.0/sql/statements', `GET ${own}`, `GET ${own}`])
    expect(JSON.parse(server.seen[0]?.body ?? '')).toMatchObject({ warehouse_id: 'wh-1', wait_timeout: '30s' })
  })

  it('cancels a statement that does not end, and could not measure', async () => {
    const { reading, seen } = await polled([state('pending')])
    expect(reading).toMatchObject({ outcome: 'error', observed_value: 'PENDING' })
    expect(seen.at(-1)).toBe(`POST ${own}/cancel`)
    expect(seen.length).toBeLessThan(25)
  })

  it('cancels the statement when the run is stopped', async () => {
    const run = new AbortController()
    const sleep = () => {
      run.abort()
      return Promise.reject(new Error('aborted'))
    }
    const { reading, seen } = await polled([state('pending')], { sleep }, run.signal)
    expect(reading).toMatchObject({ outcome: 'error', message: 'The run was stopped before this was measured.' })
    expect(seen).toEqual(['POST /api/2.0/sql/statements', `POST ${own}/cancel`])
  })

  it('could not measure when an answer is lost on the way', async () => {
    for (const act of ['cut', { text: 'null' }, { status: 404 }] as const) {
      expect((await polled([act])).reading?.outcome).toBe('error')
      expect((await polled([state('pending'), act])).reading?.outcome).toBe('error')
    }
  })
})
