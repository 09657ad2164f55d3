import { expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { type Act, type Seen, serve, transport } from './outbound/fixtures/server.ts'
import { warehouseFrom } from './warehouse-connection.ts'

const configured = (host: string) =>
  readConfig(
    {
      DATABRICKS_HOST: host,
      DATABRICKS_CLIENT_ID: 'client',
      DATABRICKS_CLIENT_SECRET: 's3cret',
      DATABRICKS_WAREHOUSE_ID: 'w-1',
      LAKEPORT_CATALOG: 'main',
      LAKEPORT_SCHEMA: 'lakeport',
    },
    '1.0.0',
  )
const workspace = ({ path }: Seen): Act =>
  path === '/oidc/v1/token'
    ? { json: { access_token: 't0ken', expires_in: 3600 } }
    : { json: { statement_id: 's-1', status: { state: 'SUCCEEDED' } } }

test('without a catalog there is no warehouse, and nobody is asked', () => {
  expect(warehouseFrom(readConfig({}, '1.0.0'))).toBeNull()
})

test('the warehouse of the configuration is asked with a token of its service principal', async () => {
  await using server = await serve(workspace)
  const ends: unknown[] = []
  const warehouse = warehouseFrom(configured(server.url), {
    transport: transport(),
    onStatement: (end) => ends.push(end),
  })
  await warehouse?.ping()
  const [token, sent] = server.seen
  expect(token).toMatchObject({ path: '/oidc/v1/token', body: 'grant_type=client_credentials&scope=all-apis' })
  expect(sent).toMatchObject({ path: '/api/2.0/sql/statements', headers: { authorization: 'Bearer t0ken' } })
  expect(JSON.parse(sent?.body ?? '')).toMatchObject({ warehouse_id: 'w-1', catalog: 'main', schema: 'lakeport' })
  expect(ends).toHaveLength(1)
})

test('a token endpoint that is busy is asked once: what is tried again is decided in one place', async () => {
  await using server = await serve(() => ({ status: 503 }))
  const warehouse = warehouseFrom(configured(server.url), { transport: transport() })
  await expect(warehouse?.ping()).rejects.toMatchObject({ kind: 'unavailable', isOutcomeUnknown: false })
  expect(server.seen).toHaveLength(1)
})
