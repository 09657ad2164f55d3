import { describe, expect, it } from 'vitest'
import { serve } from '../../outbound/fixtures/server.ts'
import { databricksWarehouse, readWarehouse } from './databricks-warehouse.ts'
import { check, context, fixture, outboundTo } from './fixtures/server.ts'

const pages = {
  answers: [fixture('databricks_warehouse/page-1'), fixture('databricks_warehouse/page-2')],
  isCut: false,
}
const read = (id: string) => readWarehouse(pages, id, 'availability')

describe('what the listing says of a warehouse', () => {
  it('is healthy when it runs, and when it rests', () => {
    expect(read('running0001')).toMatchObject({ outcome: 'ok', reading: 'green', observed_value: 'RUNNING' })
    expect(read('stopped0001')).toMatchObject({ outcome: 'ok', reading: 'green', observed_value: 'STOPPED' })
  })

  it('is yellow when degraded and a failure when failed or deleted, with the reason', () => {
    expect(read('degraded001')).toMatchObject({
      outcome: 'ok',
      reading: 'yellow',
      message: 'Clusters are slow to start',
    })
    expect(read('failed00001')).toMatchObject({ outcome: 'fail', message: 'CLOUD_PROVIDER_LAUNCH_FAILURE' })
    expect(read('deleting001')).toMatchObject({ outcome: 'fail', observed_value: 'DELETING' })
  })

  it('could not be told from words nobody knows, and for what is not listed', () => {
    expect(read('strange0001')).toMatchObject({ outcome: 'error', message: 'unknown status "HIBERNATED"' })
    expect(read('strange0002')).toMatchObject({ outcome: 'error', message: 'unknown status "SLEEPY"' })
    expect(read('nowhere').message).toContain('no such warehouse')
    expect(readWarehouse({ ...pages, isCut: true }, 'nowhere', 'availability').message).toContain('too many')
    expect(readWarehouse({ answers: [{}], isCut: false }, 'x', 'availability').outcome).toBe('error')
  })

  it('tells nothing of freshness', () => {
    expect(readWarehouse(pages, 'running0001', 'freshness')).toMatchObject({ outcome: 'error', data_time: null })
  })
})

describe('polling warehouses', () => {
  const warehouse = (warehouse_id: string) =>
    check<'databricks_warehouse'>({ connector: 'databricks_warehouse', warehouse_id }, 'availability', warehouse_id)

  it('lists once, over all pages, for every check', async () => {
    await using server = await serve(({ query }) => ({
      json: fixture(`databricks_warehouse/${query.get('page_token') === 'w2' ? 'page-2' : 'page-1'}`),
    }))
    const checks = ['running0001', 'failed00001', 'nowhere'].map(warehouse)
    const readings = await databricksWarehouse(outboundTo(server)).poll(checks, context())
    expect(checks.map(({ id }) => readings.get(id)?.outcome)).toEqual(['ok', 'fail', 'error'])
    expect(server.seen.map(({ path }) => path)).toEqual(['/api/2.0/sql/warehouses', '/api/2.0/sql/warehouses'])
  })

  it('waits as asked when the listing is busy', async () => {
    await using server = await serve((_seen, count) =>
      count === 1
        ? { status: 429, headers: { 'retry-after': '1' } }
        : { json: { warehouses: [{ id: 'a', state: 'STOPPED' }] } },
    )
    const readings = await databricksWarehouse(outboundTo(server)).poll([warehouse('a')], context())
    expect(readings.get('a')?.outcome).toBe('ok')
  })

  it('could measure none when the listing cannot be had', async () => {
    await using server = await serve(() => ({ status: 500 }))
    const readings = await databricksWarehouse(outboundTo(server)).poll([warehouse('a'), warehouse('b')], context())
    expect([...readings.values()].map(({ outcome }) => outcome)).toEqual(['error', 'error'])
    expect(server.seen).toHaveLength(1)
  })
})
