import { describe, expect, it } from 'vitest'
import { serve } from '../../outbound/fixtures/server.ts'
import { databricksJob, readJobRuns } from './databricks-job.ts'
import { check, context, fixture, outboundTo } from './fixtures/server.ts'

const read = (name: string, kind: 'freshness' | 'quality' = 'freshness') =>
  readJobRuns({ answers: [fixture(`databricks_job/${name}`)], isCut: false }, kind)

const job = (id: string, kind: 'freshness' | 'availability' = 'freshness', job_id = '620493847566123456') =>
  check<'databricks_job'>({ connector: 'databricks_job', job_id }, kind, id)

describe('what the runs of a job say', () => {
  it('is fresh as of the end of the last success, in the new shape, the old one, and both', () => {
    for (const name of ['success', 'success-legacy', 'success-status-only']) {
      expect(read(name)).toEqual({
        data_time: '2026-11-23T03:06:00.000Z',
        outcome: 'ok',
        reading: 'green',
        observed_value: 'SUCCESS',
        message: null,
      })
    }
  })

  it('is green without a data time for a check that is not about freshness', () => {
    expect(read('success', 'quality')).toMatchObject({ data_time: null, outcome: 'ok', reading: 'green' })
  })

  it('is a failure when the newest run failed, with the reason but without the signature in it', () => {
    expect(read('failure')).toEqual({
      data_time: '2026-11-23T03:06:00.000Z',
      outcome: 'fail',
      reading: null,
      observed_value: 'RUN_EXECUTION_ERROR',
      message:
        'RUN_EXECUTION_ERROR: Task load failed: cannot read https://lake.blob.core.windows.net/raw/a.csv see log',
    })
  })

  it('looks past runs in progress and runs that were skipped', () => {
    expect(read('in-progress')).toMatchObject({
      outcome: 'ok',
      data_time: '2026-11-23T03:06:00.000Z',
      message: 'A newer run is in progress. Cancelled or skipped since: 1.',
    })
  })

  it('is yellow when some tasks failed', () => {
    expect(read('with-failures')).toMatchObject({
      outcome: 'ok',
      reading: 'yellow',
      message: 'SUCCESS_WITH_FAILURES: 1 of 9 tasks failed',
    })
  })

  it('could not be told from a status nobody knows, even with a success before it', () => {
    expect(read('unknown-status')).toMatchObject({ outcome: 'error', message: 'unknown status "EVAPORATED"' })
  })

  it('is a failure when the job never ran, and no finding while its first run is going', () => {
    expect(read('empty')).toMatchObject({ outcome: 'fail', message: 'The job has no run on record.' })
    expect(read('page-1')).toMatchObject({ outcome: 'error', message: 'The first run is still in progress.' })
  })

  it('does not call it a verdict when a person cancelled, but does when the platform did', () => {
    const ended = (code: string) => ({
      status: { state: 'TERMINATED', termination_details: { code } },
      start_time: Date.UTC(2026, 10, 23, 9),
      end_time: Date.UTC(2026, 10, 23, 10),
    })
    const verdict = (...codes: string[]) =>
      readJobRuns({ answers: [{ runs: codes.map(ended) }], isCut: false }, 'quality')
    expect(verdict('USER_CANCELED', 'SUCCESS').outcome).toBe('ok')
    expect(verdict('CANCELED', 'SUCCESS').outcome).toBe('fail')
    expect(verdict('USER_CANCELED', 'SKIPPED').outcome).toBe('fail')
  })

  it('does not trust the order of the answer', () => {
    const { runs } = fixture('databricks_job/failure') as { runs: unknown[] }
    expect(readJobRuns({ answers: [{ runs: runs.toReversed() }], isCut: false }, 'quality').outcome).toBe('fail')
  })
})

describe('polling jobs', () => {
  it('reads further pages only until a run has completed', async () => {
    await using server = await serve(({ query }) => ({
      json: fixture(`databricks_job/${query.get('page_token') === null ? 'page-1' : 'page-2'}`),
    }))
    const readings = await databricksJob(outboundTo(server)).poll([job('a'), job('b', 'availability')], context())
    expect(server.seen.map(({ path, query }) => [path, query.get('job_id'), query.get('page_token')])).toEqual([
      ['/api/2.2/jobs/runs/list', '620493847566123456', null],
      ['/api/2.2/jobs/runs/list', '620493847566123456', 'CAEQ+2/x=='],
    ])
    expect(readings.get('a')).toMatchObject({ outcome: 'ok', data_time: '2026-11-23T03:06:00.000Z' })
    expect(readings.get('b')).toMatchObject({ outcome: 'ok', data_time: null })
  })

  it('gives up after a bounded number of pages, without a verdict', async () => {
    const running = fixture('databricks_job/page-1') as object
    await using server = await serve((_seen, count) => ({ json: { ...running, next_page_token: `page-${count}` } }))
    const readings = await databricksJob(outboundTo(server)).poll([job('a')], context())
    expect(readings.get('a')).toMatchObject({ outcome: 'error', message: 'None of the newest 5 runs has completed.' })
    expect(server.seen).toHaveLength(5)
  })

  it('measures the other jobs when one answers with garbage, a hang-up, or not at all', async () => {
    await using server = await serve(({ query }) => {
      switch (query.get('job_id')) {
        case '1':
          return { text: '<html>' }
        case '2':
          return 'cut'
        case '3':
          return 'hang'
        case '4':
          return { status: 400, json: { error_code: 'INVALID_PARAMETER_VALUE', message: 'Job 4 does not exist.' } }
        case '5':
          return { json: { runs: 'none' } }
        default:
          return { json: fixture('databricks_job/success') }
      }
    })
    const checks = ['1', '2', '3', '4', '5', '6'].map((id) => job(id, 'freshness', id))
    const readings = await databricksJob(outboundTo(server, { timeoutMs: 1500 })).poll(checks, context())
    expect(checks.map(({ id }) => readings.get(id)?.message)).toEqual([
      'The system answered with something else than JSON.',
      'The system could not be reached (UND_ERR_SOCKET).',
      'The system did not answer in time.',
      'The system rejected the question (400 INVALID_PARAMETER_VALUE).',
      'The answer does not have the shape that was expected.',
      null,
    ])
    expect(checks.map(({ id }) => readings.get(id)?.outcome)).toEqual([
      'error',
      'error',
      'error',
      'error',
      'error',
      'ok',
    ])
  })
})
