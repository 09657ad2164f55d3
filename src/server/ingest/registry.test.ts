import { describe, expect, it } from 'vitest'
import { serve, transport } from '../outbound/fixtures/server.ts'
import { check, context, fixture } from './connectors/fixtures/server.ts'
import { type ConnectorSettings, createConnectors, notConfigured } from './registry.ts'

const nothing: ConnectorSettings = {
  databricks: null,
  entra: null,
  dbtArtifactsDir: null,
  http: { allowPrivate: true },
}
const databricks = { host: 'adb-1.azuredatabricks.net', clientId: 'c', clientSecret: 's' }
const names = (settings: Partial<ConnectorSettings>) =>
  Object.keys(createConnectors({ ...nothing, ...settings })).sort()
const job = check<'databricks_job'>({ connector: 'databricks_job', job_id: '620493847566123456' })

describe('the connectors of a portal', () => {
  it('are those whose source is configured', () => {
    expect(names({})).toEqual(['dbt_artifacts', 'http'])
    expect(names({ databricks })).not.toContain('databricks_table')
    expect(names({ databricks: { ...databricks, warehouseId: 'wh' } })).toContain('databricks_table')
  })

  it('poll with a token of their own, which is renewed when it is refused', async () => {
    let tokens = 0
    await using server = await serve(({ path, headers }) => {
      if (path === '/oidc/v1/token') return { json: { access_token: `token-${++tokens}`, expires_in: 3600 } }
      return headers.authorization === 'Bearer token-2' ? { json: fixture('databricks_job/success') } : { status: 401 }
    })
    const settings = { ...nothing, databricks: { ...databricks, host: `${server.url}/` } }
    const readings = await createConnectors(settings, transport()).databricks_job?.poll([job], context())
    expect(readings?.get(job.id)).toMatchObject({ outcome: 'ok' })
    expect(tokens).toBe(2)
  })

  it('ask Power BI and Fabric with tokens of different audiences', async () => {
    await using server = await serve(({ path, body, headers }) => {
      if (path.endsWith('/token'))
        return { json: { access_token: new URLSearchParams(body).get('scope'), expires_in: 3600 } }
      return { json: { value: [], path: headers.authorization } }
    })
    const ids = '11111111-1111-4111-8111-111111111111'
    const entra = {
      loginUrl: server.url,
      powerbiUrl: server.url,
      fabricUrl: server.url,
      tenantId: 't',
      clientId: 'c',
      clientSecret: 's',
    }
    const connectors = createConnectors({ ...nothing, entra }, transport())
    const dataset = check<'powerbi_refresh'>({ connector: 'powerbi_refresh', group_id: ids, dataset_id: ids })
    const item = check<'fabric_job'>({ connector: 'fabric_job', workspace_id: ids, item_id: ids })
    await connectors.powerbi_refresh?.poll([dataset], context())
    await connectors.fabric_job?.poll([item], context())
    expect(server.seen.map(({ headers }) => headers.authorization).filter((value) => value !== undefined)).toEqual([
      'Bearer https://analysis.windows.net/powerbi/api/.default',
      `Bearer ${server.url}/.default`,
    ])
  })

  it('fail the run, without telling the secret, when the token is refused', async () => {
    await using server = await serve(() => ({ status: 401, json: { error: 'invalid_client' } }))
    const settings = { ...nothing, databricks: { host: server.url, clientId: 'c', clientSecret: 'top-secret' } }
    const polled = createConnectors(settings, transport()).databricks_job?.poll([job], context())
    await expect(polled).rejects.toThrow('The Databricks token endpoint refused our credentials (401 invalid_client).')
  })

  it('measure nothing, and say what to set, when their source is not configured', async () => {
    const readings = await notConfigured('databricks_job').poll([job], context())
    expect(readings.get(job.id)).toEqual({
      data_time: null,
      outcome: 'error',
      reading: null,
      observed_value: null,
      message: 'This source is not configured: set DATABRICKS_HOST, DATABRICKS_CLIENT_ID and DATABRICKS_CLIENT_SECRET.',
    })
  })
})
