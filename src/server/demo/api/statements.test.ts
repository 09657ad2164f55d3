import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, connect } from '../fixtures/client.ts'

let client: Client
beforeAll(async () => {
  client = await connect()
})
afterAll(() => client[Symbol.asyncDispose]())

describe('Databricks SQL', () => {
  it('answers the newest time of a table, as text of the type that was asked for', async () => {
    const millis = await client.runSql(
      'SELECT unix_millis(CAST(MAX(`order_ts`) AS TIMESTAMP)) AS data_time_ms FROM `sales`.`gold`.`orders`',
    )
    expect(millis.json).toMatchObject({
      status: { state: 'SUCCEEDED' },
      manifest: {
        format: 'JSON_ARRAY',
        schema: {
          column_count: 1,
          columns: [{ name: 'data_time_ms', position: 0, type_name: 'LONG', type_text: 'BIGINT' }],
        },
        total_row_count: 1,
      },
      result: { chunk_index: 0, row_offset: 0, row_count: 1, data_array: [[expect.stringMatching(/^\d{13}$/)]] },
    })
    const plain = await client.runSql('select max(order_ts) from sales.gold.orders')
    expect(plain.json).toMatchObject({
      manifest: { schema: { columns: [{ name: 'max(order_ts)', type_name: 'TIMESTAMP' }] } },
    })
    const [[text]] = (plain.json.result as { data_array: [[string]] }).data_array
    const [[ms]] = (millis.json.result as { data_array: [[string]] }).data_array
    expect(Date.parse(text)).toBe(Number(ms))
    expect((await client.runSql('SELECT 1')).json).toMatchObject({ result: { data_array: [['1']] } })
  })

  it.each([
    ['SELECT max(order_ts) FROM sales.gold.none', '42P01', 'TABLE_OR_VIEW_NOT_FOUND'],
    ['SELECT max(nothing) FROM sales.gold.orders', '42703', 'UNRESOLVED_COLUMN'],
    ['DROP TABLE sales.gold.orders', '42601', 'PARSE_SYNTAX_ERROR'],
  ])('answers 200 and FAILED to %s', async (statement, sqlState, name) => {
    const { status, json } = await client.runSql(statement)
    expect(status).toBe(200)
    expect(json).toMatchObject({
      status: {
        state: 'FAILED',
        sql_state: sqlState,
        error: { error_code: 'BAD_REQUEST', message: expect.stringContaining(name) },
      },
    })
    expect(json).not.toHaveProperty('result')
  })

  it('is pending at once when nobody waits, and there to fetch afterwards', async () => {
    const { json } = await client.runSql('SELECT 1', { wait_timeout: '0s' })
    expect(json).toEqual({ statement_id: expect.any(String), status: { state: 'PENDING' } })
    const own = `/api/2.0/sql/statements/${json.statement_id}`
    expect((await client.get(own)).json).toMatchObject({ status: { state: 'SUCCEEDED' } })
    expect((await client.get(`${own}/result/chunks/0`)).json).toMatchObject({ data_array: [['1']] })
    expect((await client.post(`${own}/cancel`, {})).json).toEqual({})
  })

  it('refuses what the service refuses', async () => {
    expect((await client.runSql('SELECT 1', { warehouse_id: 'none' })).status).toBe(404)
    expect((await client.runSql('SELECT 1', { wait_timeout: '3s' })).status).toBe(400)
    expect((await client.runSql('')).json).toMatchObject({ error_code: 'INVALID_PARAMETER_VALUE' })
    expect((await client.get('/api/2.0/sql/statements/unknown')).status).toBe(404)
    expect(await client.get('/api/2.0/clusters/list')).toMatchObject({
      status: 404,
      json: { error_code: 'ENDPOINT_NOT_FOUND' },
    })
  })
})
