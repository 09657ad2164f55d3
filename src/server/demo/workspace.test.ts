import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guidOf, workspaceIdOf } from './estate.ts'
import { type Client, CREDENTIALS, connect, FABRIC, POWERBI, SINCE, thing } from './fixtures/client.ts'
import { startSampleWorkspace } from './workspace.ts'

let client: Client
beforeAll(async () => {
  client = await connect()
})
afterAll(() => client[Symbol.asyncDispose]())

describe('tokens', () => {
  it('are refused to a stranger, for another grant and for a scope that does not exist, in each endpoint’s own words', async () => {
    const post = (path: string, form: Record<string, string>) =>
      client.ask(path, { method: 'POST', body: new URLSearchParams(form) })
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
    expect((await client.get(path, 'powerbi')).status).toBe(200)
    expect(await client.get(path, 'fabric')).toMatchObject({ status: 401, json: { error: { code: 'TokenExpired' } } })
    expect(await client.ask('/v1/workspaces/x/items/y/jobs/instances')).toMatchObject({
      status: 401,
      json: { errorCode: 'TokenExpired' },
    })
    for (const closed of ['/api/2.2/jobs/list', '/api/2.0/sql/warehouses', '/api/2.0/pipelines']) {
      expect(await client.ask(closed)).toMatchObject({ status: 401, json: { error_code: 'UNAUTHENTICATED' } })
    }
  })

  it('end after an hour', async () => {
    const later = await client.at(SINCE + 3_600_000, () => client.get('/api/2.2/jobs/list'))
    expect(later.status).toBe(401)
    expect((await client.get('/api/2.2/jobs/list')).status).toBe(200)
  })
})

describe('what needs no token', () => {
  it('is health, with the status that it tells', async () => {
    expect(await client.ask('/health/pricing-api')).toMatchObject({
      status: 200,
      json: { status: 'ok', service: 'pricing-api' },
    })
    expect((await client.ask('/health/none')).status).toBe(404)
  })

  it('is what dbt left behind', async () => {
    expect((await client.ask('/dbt/logistics/sources.json')).json).toMatchObject({
      metadata: { dbt_schema_version: 'https://schemas.getdbt.com/dbt/sources/v3.json' },
      results: [
        { unique_id: 'source.logistics.raw.parcels', status: 'pass', max_loaded_at: expect.any(String) },
        {},
        {},
      ],
    })
    expect((await client.ask('/dbt/finance/run_results.json')).json).toMatchObject({
      metadata: { dbt_schema_version: 'https://schemas.getdbt.com/dbt/run-results/v6.json' },
      results: [
        { status: 'success' },
        { status: 'success' },
        { status: 'pass', unique_id: expect.stringMatching(/^test\./) },
      ],
      args: { which: 'build' },
    })
    expect((await client.ask('/dbt/finance/manifest.json')).status).toBe(404)
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
