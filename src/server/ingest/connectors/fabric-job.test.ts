import { describe, expect, it } from 'vitest'
import { serve } from '../../outbound/fixtures/server.ts'
import { fabricJob, readJobInstances } from './fabric-job.ts'
import { check, context, fixture, outboundTo } from './fixtures/server.ts'

const read = (...names: string[]) =>
  readJobInstances({ answers: names.map((name) => fixture(`fabric_job/${name}`)), isCut: false }, 'freshness')

describe('what the job instances say of a Fabric item', () => {
  it('is fresh as of the end of the newest completed one, over all pages, in UTC', () => {
    expect(read('page-1', 'page-2')).toMatchObject({
      outcome: 'ok',
      reading: 'green',
      data_time: '2026-11-23T05:38:21.987Z',
      message: 'A newer run is in progress. Cancelled or skipped since: 1.',
    })
  })

  it('is a failure with its reason', () => {
    expect(read('failed')).toMatchObject({ outcome: 'fail', message: 'Job_InternalError: Activity copy failed' })
  })

  it('is a failure when nothing ever ran, and could not be told from a status nobody knows', () => {
    expect(readJobInstances({ answers: [{ value: [] }], isCut: false }, 'freshness').outcome).toBe('fail')
    expect(read('unknown-status')).toMatchObject({ outcome: 'error', message: 'unknown status "Vanished"' })
  })
})

describe('polling Fabric items', () => {
  const ids = { workspace_id: 'f089354e-8366-4e18-aea3-4cb4a3a50b48', item_id: 'f2d70dc6-8f3e-4f2c-b00e-e2d336d7d711' }
  const item = check<'fabric_job'>({ connector: 'fabric_job', ...ids })

  it('follows the continuation by its token, never to the address it names', async () => {
    await using server = await serve(({ query }) => ({
      json: fixture(`fabric_job/${query.get('continuationToken') === 'abc+/=' ? 'page-2' : 'page-1'}`),
    }))
    const readings = await fabricJob(outboundTo(server)).poll([item], context())
    expect(readings.get(item.id)).toMatchObject({ outcome: 'ok', data_time: '2026-11-23T05:38:21.987Z' })
    const path = `/v1/workspaces/${ids.workspace_id}/items/${ids.item_id}/jobs/instances`
    expect(server.seen.map((seen) => seen.path)).toEqual([path, path])
  })

  it('waits as asked when it asks too often', async () => {
    await using server = await serve((_seen, count) =>
      count === 1 ? { status: 429, headers: { 'retry-after': '2' } } : { json: fixture('fabric_job/failed') },
    )
    const readings = await fabricJob(outboundTo(server)).poll([item], context())
    expect(readings.get(item.id)?.outcome).toBe('fail')
  })
})
