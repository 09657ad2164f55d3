import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jobIdOf } from '../estate.ts'
import { type Client, connect, type Json, list, SINCE, thing } from '../fixtures/client.ts'

let client: Client
beforeAll(async () => {
  client = await connect()
})
afterAll(() => client[Symbol.asyncDispose]())

describe('Databricks jobs', () => {
  const training = thing('job', 'forecast_training')

  it('are all told once over the pages of the listing', async () => {
    const { entries, pages } = await client.readAll('/api/2.2/jobs/list?limit=7', 'jobs')
    const names = entries.map(({ settings }) => (settings as Json).name)
    expect(pages).toBe(Math.ceil(names.length / 7))
    expect(new Set(names).size).toBe(names.length)
    expect(names).toContain('forecast_training')
    expect(names).toContain('gdpr_erasure')
  })

  it('tell all their runs once, newest first, also when runs begin between two pages', async () => {
    const path = `/api/2.2/jobs/runs/list?job_id=${jobIdOf(thing('job', 'consent_sync'))}&limit=24`
    const first = await client.get(path)
    const second = await client.at(SINCE + 57 * 60_000, () =>
      client.get(`${path}&page_token=${first.json.next_page_token}`),
    )
    const starts = [...list(first.json, 'runs'), ...list(second.json, 'runs')].map(({ start_time }) =>
      Number(start_time),
    )
    expect(starts).toHaveLength(48)
    expect(new Set(starts).size).toBe(48)
    expect(starts).toEqual(starts.toSorted((a, b) => b - a))

    const { entries, pages } = await client.readAll(
      `/api/2.2/jobs/runs/list?job_id=${jobIdOf(training)}&limit=24`,
      'runs',
    )
    expect(pages).toBe(3)
    expect(entries.length).toBeGreaterThanOrEqual(60)
  })

  it('have ids past 2^53 as numbers on the wire, and both the old and the new words', async () => {
    const { text, json } = await client.get(`/api/2.2/jobs/runs/list?job_id=${jobIdOf(training)}&limit=1`)
    expect(text).toContain(`"job_id":${jobIdOf(training)},`)
    expect(list(json, 'runs')[0]).toMatchObject({
      state: { life_cycle_state: 'TERMINATED', result_state: 'SUCCESS' },
      status: { state: 'TERMINATED', termination_details: { code: 'SUCCESS', type: 'SUCCESS' } },
      trigger: 'PERIODIC',
      run_type: 'JOB_RUN',
    })
    expect(json.has_more).toBe(true)
  })

  it('say why a run failed, and that one under way has no end', async () => {
    const failed = await client.get(
      `/api/2.2/jobs/runs/list?job_id=${jobIdOf(thing('job', 'forecast_scoring'))}&completed_only=true`,
    )
    expect(list(failed.json, 'runs')[0]).toMatchObject({
      state: { result_state: 'FAILED' },
      status: { termination_details: { message: expect.stringMatching(/./) } },
    })
    const active = await client.get(
      `/api/2.2/jobs/runs/list?job_id=${jobIdOf(thing('job', 'web_orders_load'))}&active_only=true`,
    )
    expect(list(active.json, 'runs')).toHaveLength(1)
    expect(list(active.json, 'runs')[0]).toMatchObject({ end_time: 0, status: { state: 'RUNNING' } })
  })

  it('leave `runs` out when there are none, and refuse a page of 25', async () => {
    const path = `/api/2.2/jobs/runs/list?job_id=${jobIdOf(training)}`
    expect((await client.get(`${path}&start_time_from=${SINCE + 1}`)).json).toEqual({ has_more: false })
    expect(await client.get(`${path}&limit=25`)).toMatchObject({
      status: 400,
      json: { error_code: 'INVALID_PARAMETER_VALUE' },
    })
    expect((await client.get('/api/2.2/jobs/runs/list?job_id=1')).status).toBe(400)
  })

  it('can be listed across jobs, each run once', async () => {
    const { entries } = await client.readAll(
      `/api/2.2/jobs/runs/list?limit=24&start_time_from=${SINCE - 6 * 3_600_000}`,
      'runs',
    )
    const ids = entries.map(({ job_id, start_time }) => `${job_id} ${start_time}`)
    expect(ids.length).toBeGreaterThan(30)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('Databricks warehouses and pipelines', () => {
  it('tell of a warehouse how it is, alone and in the list', async () => {
    const { entries } = await client.readAll('/api/2.0/sql/warehouses?page_size=2', 'warehouses')
    expect(entries.map(({ name }) => name).sort()).toEqual(['BI serving', 'ETL', 'Self-service'])
    const degraded = entries.find(({ name }) => name === 'BI serving')
    expect(degraded).toMatchObject({ state: 'RUNNING', health: { status: 'DEGRADED', summary: expect.any(String) } })
    expect((await client.get(`/api/2.0/sql/warehouses/${degraded?.id}`)).json).toEqual(degraded)
    expect(await client.get('/api/2.0/sql/warehouses/none')).toMatchObject({
      status: 404,
      json: { error_code: 'RESOURCE_DOES_NOT_EXIST' },
    })
  })

  it('write the time of an update as text in the list and as a number in its past', async () => {
    const { entries } = await client.readAll('/api/2.0/pipelines?max_results=2', 'statuses')
    expect(entries.map(({ name }) => name).sort()).toEqual([
      'customer_profiles',
      'inventory_snapshot',
      'sales_medallion',
    ])
    const slow = entries.find(({ name }) => name === 'customer_profiles') ?? {}
    expect(slow).toMatchObject({ state: 'RUNNING', health: 'HEALTHY' })
    const [newest] = list(slow, 'latest_updates')
    const past = await client.readAll(`/api/2.0/pipelines/${slow.pipeline_id}/updates?max_results=250`, 'updates')
    expect(past.pages).toBeGreaterThan(1)
    expect(new Set(past.entries.map(({ update_id }) => update_id)).size).toBe(past.entries.length)
    expect(past.entries[0]).toMatchObject({
      update_id: newest?.update_id,
      creation_time: Date.parse(String(newest?.creation_time)),
    })
    const events = await client.get(`/api/2.0/pipelines/${slow.pipeline_id}/events?filter=level%3D'ERROR'`)
    for (const event of list(events.json, 'events')) expect(event).toMatchObject({ level: 'ERROR' })
  })
})
