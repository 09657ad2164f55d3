import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guidOf, jobIdOf, sampleEstate, WAREHOUSE_ID, workspaceIdOf } from './estate.ts'
import { nameOf, type Thing } from './things.ts'
import { type SampleWorkspace, startSampleWorkspace } from './workspace.ts'

const SINCE = Date.UTC(2026, 10, 23, 9)
const BASIC = `Basic ${Buffer.from('sample:sample').toString('base64')}`
const CREDENTIALS = { grant_type: 'client_credentials', client_id: 'sample', client_secret: 'sample' }
const POWERBI = 'https://analysis.windows.net/powerbi/api/.default'
const FABRIC = 'https://api.fabric.microsoft.com/.default'

let now = SINCE
let workspace: SampleWorkspace
let tokens: { databricks: string; powerbi: string; fabric: string }

beforeAll(async () => {
  workspace = await startSampleWorkspace({ scenario: 'degraded', now: () => now })
  const tokenOf = async (path: string, form: Record<string, string>, headers = {}) => {
    const { json } = await ask(path, { method: 'POST', headers, body: new URLSearchParams(form) })
    return String(json.access_token)
  }
  tokens = {
    databricks: await tokenOf(
      '/oidc/v1/token',
      { grant_type: 'client_credentials', scope: 'all-apis' },
      { authorization: BASIC },
    ),
    powerbi: await tokenOf('/a-tenant/oauth2/v2.0/token', { ...CREDENTIALS, scope: POWERBI }),
    fabric: await tokenOf('/a-tenant/oauth2/v2.0/token', { ...CREDENTIALS, scope: FABRIC }),
  }
})
afterAll(() => workspace.close())

type Json = Record<string, unknown>

async function ask(
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; json: Json; text: string; headers: Headers }> {
  const response = await fetch(`${workspace.url}${path}`, init)
  const text = await response.text()
  return { status: response.status, json: JSON.parse(text) as Json, text, headers: response.headers }
}

/** As a client does: tries again when it is told to come back later. */
async function get(path: string, whose: keyof typeof tokens = 'databricks') {
  const init = { headers: { authorization: `Bearer ${tokens[whose]}` } }
  const first = await ask(path, init)
  return first.status === 429 ? ask(path, init) : first
}

async function runSql(statement: string, more: Json = {}) {
  const body = JSON.stringify({ statement, warehouse_id: WAREHOUSE_ID, wait_timeout: '30s', ...more })
  const init = { method: 'POST', headers: { authorization: `Bearer ${tokens.databricks}` }, body }
  const first = await ask('/api/2.0/sql/statements', init)
  return first.status === 429 ? ask('/api/2.0/sql/statements', init) : first
}

const list = (json: Json, name: string) => (json[name] ?? []) as Json[] // The tests below fail on anything else.

function thing<K extends Thing['kind']>(kind: K, key: string): Extract<Thing, { kind: K }> {
  const found = sampleEstate('http://sample').checks.find(({ watches }) => nameOf(watches) === `${kind}:${key}`)
  if (found === undefined) throw new Error(`There is no ${kind} ${key}.`)
  return found.watches as Extract<Thing, { kind: K }> // Its name says its kind.
}

describe('tokens', () => {
  it('are refused to a stranger, for another grant and for a scope that does not exist, in each endpoint’s own words', async () => {
    const post = (path: string, form: Record<string, string>) =>
      ask(path, { method: 'POST', body: new URLSearchParams(form) })
    const stranger = { ...CREDENTIALS, client_secret: 'guess', scope: 'all-apis' }
    expect(await post('/oidc/v1/token', stranger)).toMatchObject({ status: 401, json: { error: 'invalid_client' } })
    const entra = '/a-tenant/oauth2/v2.0/token'
    const wrongSecret = await post(entra, { ...CREDENTIALS, client_secret: 'guess', scope: POWERBI })
    expect(wrongSecret).toMatchObject({ status: 401, json: { error: 'invalid_client' } })
    expect(wrongSecret.json.error_description).toMatch(/^AADSTS7000215:/)
    const wrongScope = await post(entra, { ...CREDENTIALS, scope: 'https://graph.microsoft.com/.default' })
    expect(wrongScope).toMatchObject({ status: 400, json: { error: 'invalid_scope' } })
    const password = await post('/oidc/v1/token', { ...CREDENTIALS, grant_type: 'password', scope: 'all-apis' })
    expect(password).toMatchObject({ status: 400, json: { error: 'unsupported_grant_type' } })
  })

  it('open only what they were asked for, and not without being shown', async () => {
    const dataset = thing('dataset', 'daily_sales')
    const path = `/v1.0/myorg/groups/${workspaceIdOf(dataset.workspace)}/datasets/${guidOf(dataset)}/refreshes`
    expect((await get(path, 'powerbi')).status).toBe(200)
    expect(await get(path, 'fabric')).toMatchObject({ status: 401, json: { error: { code: 'TokenExpired' } } })
    expect(await ask('/v1/workspaces/x/items/y/jobs/instances')).toMatchObject({
      status: 401,
      json: { errorCode: 'TokenExpired' },
    })
    for (const closed of ['/api/2.2/jobs/list', '/api/2.0/sql/warehouses', '/api/2.0/pipelines']) {
      expect(await ask(closed)).toMatchObject({ status: 401, json: { error_code: 'UNAUTHENTICATED' } })
    }
  })

  it('end after an hour', async () => {
    now = SINCE + 3_600_000
    expect((await get('/api/2.2/jobs/list')).status).toBe(401)
    now = SINCE
    expect((await get('/api/2.2/jobs/list')).status).toBe(200)
  })
})

/** Every entry of a listing, page by page. */
async function readAll(path: string, name: string, [query, next]: [string, string], whose?: 'fabric') {
  const entries: Json[] = []
  let pages = 0
  for (let token: unknown = null; pages === 0 || token !== undefined; pages++) {
    const { status, json } = await get(
      token === null ? path : `${path}${path.includes('?') ? '&' : '?'}${query}=${token}`,
      whose,
    )
    expect(status).toBe(200)
    entries.push(...list(json, name))
    token = json[next]
  }
  return { entries, pages }
}
const databricksPages: [string, string] = ['page_token', 'next_page_token']

describe('Databricks jobs', () => {
  const training = thing('job', 'forecast_training')

  it('are all told once over the pages of the listing', async () => {
    const { entries, pages } = await readAll('/api/2.2/jobs/list?limit=7', 'jobs', databricksPages)
    const names = entries.map(({ settings }) => (settings as Json).name)
    expect(pages).toBe(Math.ceil(names.length / 7))
    expect(new Set(names).size).toBe(names.length)
    expect(names).toContain('forecast_training')
    expect(names).toContain('gdpr_erasure')
  })

  it('tell all their runs once, newest first, also when runs begin between two pages', async () => {
    const path = `/api/2.2/jobs/runs/list?job_id=${jobIdOf(thing('job', 'consent_sync'))}&limit=24`
    const first = await get(path)
    now = SINCE + 2 * 3_600_000 - 3_700_000 + 1_000_000
    const second = await get(`${path}&page_token=${first.json.next_page_token}`)
    now = SINCE
    const starts = [...list(first.json, 'runs'), ...list(second.json, 'runs')].map(({ start_time }) =>
      Number(start_time),
    )
    expect(starts).toHaveLength(48)
    expect(new Set(starts).size).toBe(48)
    expect(starts).toEqual(starts.toSorted((a, b) => b - a))

    const { entries, pages } = await readAll(
      `/api/2.2/jobs/runs/list?job_id=${jobIdOf(training)}&limit=24`,
      'runs',
      databricksPages,
    )
    expect(pages).toBe(3)
    expect(entries.length).toBeGreaterThanOrEqual(60)
  })

  it('have ids past 2^53 as numbers on the wire, and both the old and the new words', async () => {
    const { text, json } = await get(`/api/2.2/jobs/runs/list?job_id=${jobIdOf(training)}&limit=1`)
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
    const failed = await get(
      `/api/2.2/jobs/runs/list?job_id=${jobIdOf(thing('job', 'forecast_scoring'))}&completed_only=true`,
    )
    expect(list(failed.json, 'runs')[0]).toMatchObject({
      state: { result_state: 'FAILED' },
      status: { termination_details: { message: expect.stringMatching(/./) } },
    })
    const active = await get(
      `/api/2.2/jobs/runs/list?job_id=${jobIdOf(thing('job', 'web_orders_load'))}&active_only=true`,
    )
    expect(list(active.json, 'runs')).toHaveLength(1)
    expect(list(active.json, 'runs')[0]).toMatchObject({ end_time: 0, status: { state: 'RUNNING' } })
  })

  it('leave `runs` out when there are none, and refuse a page of 25', async () => {
    const path = `/api/2.2/jobs/runs/list?job_id=${jobIdOf(training)}`
    expect((await get(`${path}&start_time_from=${SINCE + 1}`)).json).toEqual({ has_more: false })
    expect(await get(`${path}&limit=25`)).toMatchObject({
      status: 400,
      json: { error_code: 'INVALID_PARAMETER_VALUE' },
    })
    expect((await get('/api/2.2/jobs/runs/list?job_id=1')).status).toBe(400)
  })

  it('can be listed across jobs, each run once', async () => {
    const { entries } = await readAll(
      `/api/2.2/jobs/runs/list?limit=24&start_time_from=${SINCE - 6 * 3_600_000}`,
      'runs',
      databricksPages,
    )
    const ids = entries.map(({ job_id, start_time }) => `${job_id} ${start_time}`)
    expect(ids.length).toBeGreaterThan(30)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('Databricks warehouses and pipelines', () => {
  it('tell of a warehouse how it is, alone and in the list', async () => {
    const { entries } = await readAll('/api/2.0/sql/warehouses?page_size=2', 'warehouses', databricksPages)
    expect(entries.map(({ name }) => name).sort()).toEqual(['BI serving', 'ETL', 'Self-service'])
    const degraded = entries.find(({ name }) => name === 'BI serving')
    expect(degraded).toMatchObject({ state: 'RUNNING', health: { status: 'DEGRADED', summary: expect.any(String) } })
    expect((await get(`/api/2.0/sql/warehouses/${degraded?.id}`)).json).toEqual(degraded)
    expect(await get('/api/2.0/sql/warehouses/none')).toMatchObject({
      status: 404,
      json: { error_code: 'RESOURCE_DOES_NOT_EXIST' },
    })
  })

  it('write the time of an update as text in the list and as a number in its past', async () => {
    const { entries } = await readAll('/api/2.0/pipelines?max_results=2', 'statuses', databricksPages)
    expect(entries.map(({ name }) => name).sort()).toEqual([
      'customer_profiles',
      'inventory_snapshot',
      'sales_medallion',
    ])
    const slow = entries.find(({ name }) => name === 'customer_profiles') ?? {}
    expect(slow).toMatchObject({ state: 'RUNNING', health: 'HEALTHY' })
    const [newest] = list(slow, 'latest_updates')
    const past = await readAll(
      `/api/2.0/pipelines/${slow.pipeline_id}/updates?max_results=250`,
      'updates',
      databricksPages,
    )
    expect(past.pages).toBeGreaterThan(1)
    expect(new Set(past.entries.map(({ update_id }) => update_id)).size).toBe(past.entries.length)
    expect(past.entries[0]).toMatchObject({
      update_id: newest?.update_id,
      creation_time: Date.parse(String(newest?.creation_time)),
    })
    const events = await get(`/api/2.0/pipelines/${slow.pipeline_id}/events?filter=level%3D'ERROR'`)
    for (const event of list(events.json, 'events')) expect(event).toMatchObject({ level: 'ERROR' })
  })
})

describe('Databricks SQL', () => {
  it('answers the newest time of a table, as text of the type that was asked for', async () => {
    const millis = await runSql(
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
    const plain = await runSql('select max(order_ts) from sales.gold.orders')
    expect(plain.json).toMatchObject({
      manifest: { schema: { columns: [{ name: 'max(order_ts)', type_name: 'TIMESTAMP' }] } },
    })
    const [[text]] = (plain.json.result as { data_array: [[string]] }).data_array
    const [[ms]] = (millis.json.result as { data_array: [[string]] }).data_array
    expect(Date.parse(text)).toBe(Number(ms))
    expect((await runSql('SELECT 1')).json).toMatchObject({ result: { data_array: [['1']] } })
  })

  it.each([
    ['SELECT max(order_ts) FROM sales.gold.none', '42P01', 'TABLE_OR_VIEW_NOT_FOUND'],
    ['SELECT max(nothing) FROM sales.gold.orders', '42703', 'UNRESOLVED_COLUMN'],
    ['DROP TABLE sales.gold.orders', '42601', 'PARSE_SYNTAX_ERROR'],
  ])('answers 200 and FAILED to %s', async (statement, sqlState, name) => {
    const { status, json } = await runSql(statement)
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
    const { json } = await runSql('SELECT 1', { wait_timeout: '0s' })
    expect(json).toEqual({ statement_id: expect.any(String), status: { state: 'PENDING' } })
    const own = `/api/2.0/sql/statements/${json.statement_id}`
    expect((await get(own)).json).toMatchObject({ status: { state: 'SUCCEEDED' } })
    expect((await get(`${own}/result/chunks/0`)).json).toMatchObject({ data_array: [['1']] })
    const cancel = { method: 'POST', headers: { authorization: `Bearer ${tokens.databricks}` } }
    expect((await ask(`${own}/cancel`, cancel)).json).toEqual({})
  })

  it('refuses what the service refuses', async () => {
    expect((await runSql('SELECT 1', { warehouse_id: 'none' })).status).toBe(404)
    expect((await runSql('SELECT 1', { wait_timeout: '3s' })).status).toBe(400)
    expect((await runSql('')).json).toMatchObject({ error_code: 'INVALID_PARAMETER_VALUE' })
    expect((await get('/api/2.0/sql/statements/unknown')).status).toBe(404)
    expect(await get('/api/2.0/clusters/list')).toMatchObject({
      status: 404,
      json: { error_code: 'ENDPOINT_NOT_FOUND' },
    })
  })
})

describe('Power BI and Fabric', () => {
  const refreshesOf = (key: string) => {
    const dataset = thing('dataset', key)
    return `/v1.0/myorg/groups/${workspaceIdOf(dataset.workspace)}/datasets/${guidOf(dataset)}/refreshes`
  }

  it('tells the newest sixty refreshes at most, and none of a dataset that was never refreshed', async () => {
    const all = list((await get(refreshesOf('daily_sales'), 'powerbi')).json, 'value')
    expect(all).toHaveLength(60)
    expect(list((await get(`${refreshesOf('daily_sales')}?$top=1`, 'powerbi')).json, 'value')).toEqual(all.slice(0, 1))
    expect(all.at(-1)).toMatchObject({
      status: 'Completed',
      refreshType: 'Scheduled',
      endTime: expect.stringMatching(/Z$/),
    })
    expect(list((await get(refreshesOf('cash_forecast'), 'powerbi')).json, 'value')).toEqual([])
    expect(await get(refreshesOf('daily_sales').replace('datasets/', 'datasets/0'), 'powerbi')).toMatchObject({
      status: 404,
      json: { error: { code: 'PowerBIEntityNotFound' } },
    })
  })

  it('tells a refresh under way as Unknown, without an end', async () => {
    now = SINCE + 43 * 60_000
    const [newest] = list((await get(refreshesOf('daily_sales'), 'powerbi')).json, 'value')
    now = SINCE
    expect(newest).toMatchObject({ status: 'Unknown' })
    expect(newest).not.toHaveProperty('endTime')
  })

  it('tells the job instances of an item once over its pages, in Fabric’s own spelling of time', async () => {
    const item = thing('item', 'carrier_events')
    const path = `/v1/workspaces/${workspaceIdOf(item.workspace)}/items/${guidOf(item)}/jobs/instances`
    const { entries, pages } = await readAll(path, 'value', ['continuationToken', 'continuationToken'], 'fabric')
    expect(pages).toBe(3)
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)
    expect(entries[0]).toMatchObject({
      status: 'Completed',
      jobType: 'RunNotebook',
      startTimeUtc: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}$/),
      failureReason: null,
    })
    const unknown = `/v1/workspaces/${workspaceIdOf(item.workspace)}/items/${workspaceIdOf('x')}/jobs/instances`
    expect(await get(unknown, 'fabric')).toMatchObject({ status: 404, json: { errorCode: 'ItemNotFound' } })
  })
})

describe('what needs no token', () => {
  it('is health, with the status that it tells', async () => {
    expect(await ask('/health/pricing-api')).toMatchObject({
      status: 200,
      json: { status: 'ok', service: 'pricing-api' },
    })
    expect((await ask('/health/none')).status).toBe(404)
  })

  it('is what dbt left behind', async () => {
    expect((await ask('/dbt/logistics/sources.json')).json).toMatchObject({
      metadata: { dbt_schema_version: 'https://schemas.getdbt.com/dbt/sources/v3.json' },
      results: [
        { unique_id: 'source.logistics.raw.parcels', status: 'pass', max_loaded_at: expect.any(String) },
        {},
        {},
      ],
    })
    expect((await ask('/dbt/finance/run_results.json')).json).toMatchObject({
      metadata: { dbt_schema_version: 'https://schemas.getdbt.com/dbt/run-results/v6.json' },
      results: [
        { status: 'success' },
        { status: 'success' },
        { status: 'pass', unique_id: expect.stringMatching(/^test\./) },
      ],
      args: { which: 'build' },
    })
    expect((await ask('/dbt/finance/manifest.json')).status).toBe(404)
  })
})

describe('the workspace as a server', () => {
  it('tells seldom to come back later, and never twice in a row to one who does', async () => {
    await using server = Object.assign(await startSampleWorkspace({ scenario: 'healthy', now: () => SINCE }), {
      [Symbol.asyncDispose]: () => server.close(),
    })
    const form = new URLSearchParams({ ...CREDENTIALS, scope: 'all-apis' })
    const issued = await fetch(`${server.url}/oidc/v1/token`, { method: 'POST', body: form })
    const { access_token } = (await issued.json()) as { access_token: string }
    const statuses: number[] = []
    for (let n = 0; n < 600; n++) {
      const response = await fetch(`${server.url}/api/2.0/sql/warehouses`, {
        headers: { authorization: `Bearer ${access_token}` },
      })
      await response.arrayBuffer()
      if (response.status === 429) expect(response.headers.get('retry-after')).toBe('1')
      statuses.push(response.status)
    }
    const throttled = statuses.filter((status) => status === 429).length
    expect(throttled).toBeGreaterThanOrEqual(1)
    expect(throttled).toBeLessThan(20)
    expect(statuses.some((status, n) => status === 429 && statuses[n + 1] === 429)).toBe(false)
  })

  it('closes at once, also while somebody waits for an answer that never comes', async () => {
    const blind = await startSampleWorkspace({ scenario: 'unknown', now: () => SINCE })
    const form = new URLSearchParams({ ...CREDENTIALS, scope: FABRIC })
    const issued = await fetch(`${blind.url}/t/oauth2/v2.0/token`, { method: 'POST', body: form })
    const { access_token } = (await issued.json()) as { access_token: string }
    const waiting = fetch(`${blind.url}/v1/workspaces/x/items/y/jobs/instances`, {
      headers: { authorization: `Bearer ${access_token}` },
    })
    const ended = expect(waiting).rejects.toThrow()
    await blind.close()
    await ended
    await expect(fetch(blind.url)).rejects.toThrow()
    await blind.close()
  })
})
