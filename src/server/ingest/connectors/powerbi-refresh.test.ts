import { describe, expect, it } from 'vitest'
import { serve } from '../../outbound/fixtures/server.ts'
import { check, context, fixture, outboundTo } from './fixtures/server.ts'
import { powerbiRefresh, readRefreshes } from './powerbi-refresh.ts'

const read = (name: string) => readRefreshes(fixture(`powerbi_refresh/${name}`), 'freshness')

describe('what the refresh history says of a dataset', () => {
  it('is fresh as of the end of the last completed refresh', () => {
    expect(read('completed')).toEqual({
      data_time: '2026-11-23T03:04:27.900Z',
      outcome: 'ok',
      reading: 'green',
      observed_value: 'Completed',
      message: null,
    })
  })

  it('is a failure with its error code, found inside the JSON inside the JSON', () => {
    expect(read('failed')).toMatchObject({
      outcome: 'fail',
      data_time: '2026-11-23T03:04:27.900Z',
      message: 'The last refresh ended with ModelRefreshFailed_CredentialsNotSpecified.',
    })
    expect(read('failed-attempt').message).toBe(
      'The last refresh ended with ModelRefresh_ShortMessage_ProcessingError.',
    )
  })

  it('takes "Unknown" without an end for a refresh in progress, and looks past it', () => {
    expect(read('in-progress')).toMatchObject({ outcome: 'ok', data_time: '2026-11-23T03:04:27.900Z' })
  })

  it('takes "Unknown" with an end for what it says', () => {
    expect(read('unknown-ended')).toMatchObject({ outcome: 'error', message: 'unknown status "Unknown"' })
  })

  it('is a failure when refreshing is switched off, and when it never happened', () => {
    expect(read('disabled')).toMatchObject({ outcome: 'fail', observed_value: 'Disabled' })
    expect(read('never')).toMatchObject({ outcome: 'fail', data_time: null })
    expect(read('never').message).toContain('never refreshed')
  })

  it('is no finding while the very first refresh is going', () => {
    const first = { value: [{ status: 'Unknown', startTime: '2026-11-23T11:58:11.153Z' }] }
    expect(readRefreshes(first, 'freshness').outcome).toBe('error')
  })
})

describe('polling datasets', () => {
  const ids = { group_id: 'F089354E-8366-4E18-AEA3-4CB4A3A50B48', dataset_id: 'cfafbeb1-8037-4d0c-896e-a46fb27ff229' }
  const dataset = (id: string, group_id = ids.group_id) =>
    check<'powerbi_refresh'>({ connector: 'powerbi_refresh', ...ids, group_id }, 'freshness', id)

  it('asks once per dataset, however its id is spelled', async () => {
    await using server = await serve(() => ({ json: fixture('powerbi_refresh/completed') }))
    const checks = [dataset('a'), dataset('b', ids.group_id.toLowerCase())]
    const readings = await powerbiRefresh(outboundTo(server)).poll(checks, context())
    expect([...readings.values()].map(({ outcome }) => outcome)).toEqual(['ok', 'ok'])
    expect(server.seen).toHaveLength(1)
    expect(server.seen[0]?.path).toBe(`/v1.0/myorg/groups/${ids.group_id}/datasets/${ids.dataset_id}/refreshes`)
    expect(server.seen[0]?.query.get('$top')).toBe('60')
  })

  it('could not measure a dataset it may not see', async () => {
    await using server = await serve(() => ({
      status: 403,
      json: { error: { code: 'PowerBINotAuthorizedException' } },
    }))
    const readings = await powerbiRefresh(outboundTo(server)).poll([dataset('a')], context())
    expect(readings.get('a')).toMatchObject({
      outcome: 'error',
      message: 'The system does not let us see this (403 PowerBINotAuthorizedException).',
    })
  })
})
