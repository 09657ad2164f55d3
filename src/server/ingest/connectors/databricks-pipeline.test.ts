import { describe, expect, it } from 'vitest'
import { serve } from '../../outbound/fixtures/server.ts'
import type { Kind } from '../reading.ts'
import { databricksPipeline, readPipeline } from './databricks-pipeline.ts'
import { check, context, fixture, outboundTo } from './fixtures/server.ts'

const list = { answers: [fixture('databricks_pipeline/page-1'), fixture('databricks_pipeline/page-2')], isCut: false }
const read = (id: string, kind: Kind = 'freshness') => readPipeline({ list, updates: null }, id, kind)
const updates = (name: string) => ({ answers: [fixture(`databricks_pipeline/${name}`)], isCut: false })

describe('what the listing says of a pipeline', () => {
  it('is fresh as of the beginning of the last completed update', () => {
    expect(read('done')).toMatchObject({ outcome: 'ok', reading: 'green', data_time: '2026-11-23T04:02:03.456Z' })
  })

  it('is a failure when the pipeline or its last update failed', () => {
    expect(read('broken')).toMatchObject({ outcome: 'fail', message: 'The pipeline is failed.' })
    expect(read('lastfailed')).toMatchObject({ outcome: 'fail', data_time: '2026-11-22T04:02:03.456Z' })
    expect(read('fresh')).toMatchObject({ outcome: 'fail', message: 'The pipeline has no update on record.' })
  })

  it('is yellow when unhealthy after a completed update', () => {
    expect(read('unhealthy', 'availability')).toMatchObject({ outcome: 'ok', reading: 'yellow' })
  })

  it('could not be told from words nobody knows, and for what is not listed', () => {
    expect(read('strange')).toMatchObject({ outcome: 'error', message: 'unknown status "DREAMING"' })
    expect(read('strangeupdate')).toMatchObject({ outcome: 'error', message: 'unknown status "PONDERING"' })
    expect(read('nowhere')).toMatchObject({ outcome: 'error' })
  })

  it('looks past updates going on, cancelled, or only validating, by epoch times too', () => {
    expect(readPipeline({ list, updates: updates('updates') }, 'busy', 'freshness')).toMatchObject({
      outcome: 'ok',
      data_time: '2026-11-23T08:30:00.000Z',
    })
  })

  it('is available, though of unknown freshness, while it runs continuously', () => {
    const facts = { list, updates: updates('updates-continuous') }
    expect(readPipeline(facts, 'busy', 'availability')).toMatchObject({ outcome: 'ok', reading: 'green' })
    expect(readPipeline(facts, 'busy', 'freshness')).toMatchObject({ outcome: 'error', data_time: null })
  })
})

describe('polling pipelines', () => {
  it('lists once, and asks only those for their updates whose newest ones do not tell', async () => {
    await using server = await serve(({ path, query }) => {
      if (path === '/api/2.0/pipelines/busy/updates') return { json: fixture('databricks_pipeline/updates') }
      return { json: fixture(`databricks_pipeline/${query.get('page_token') === 'p2' ? 'page-2' : 'page-1'}`) }
    })
    const checks = ['done', 'busy', 'broken', 'fresh', 'nowhere'].map((pipeline_id) =>
      check<'databricks_pipeline'>({ connector: 'databricks_pipeline', pipeline_id }, 'freshness', pipeline_id),
    )
    const readings = await databricksPipeline(outboundTo(server)).poll(checks, context())
    expect(checks.map(({ id }) => readings.get(id)?.outcome)).toEqual(['ok', 'ok', 'fail', 'fail', 'error'])
    expect(server.seen.map(({ path }) => path)).toEqual([
      '/api/2.0/pipelines',
      '/api/2.0/pipelines',
      '/api/2.0/pipelines/busy/updates',
    ])
  })

  it('could not measure the one pipeline whose updates cannot be had', async () => {
    await using server = await serve(({ path }) =>
      path === '/api/2.0/pipelines' ? { json: fixture('databricks_pipeline/page-2') } : { text: '{"updates":[' },
    )
    const checks = ['busy', 'unhealthy'].map((pipeline_id) =>
      check<'databricks_pipeline'>({ connector: 'databricks_pipeline', pipeline_id }, 'availability', pipeline_id),
    )
    const readings = await databricksPipeline(outboundTo(server)).poll(checks, context())
    expect(checks.map(({ id }) => readings.get(id)?.outcome)).toEqual(['error', 'ok'])
  })
})
