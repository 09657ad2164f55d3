import { describe, expect, test } from 'vitest'
import { describeConfig, readConfig } from './config.ts'

const scim = {
  GROUPS_FROM_SCIM: 'on',
  DATABRICKS_HOST: 'x',
  DATABRICKS_CLIENT_ID: 'id',
  DATABRICKS_CLIENT_SECRET: 'secret',
}
const delta = {
  DATABRICKS_HOST: 'x',
  DATABRICKS_CLIENT_ID: 'id',
  DATABRICKS_CLIENT_SECRET: 's3cret-of-the-client',
  DATABRICKS_WAREHOUSE_ID: 'w1',
  LAKEPORT_CATALOG: 'main',
  LAKEPORT_SCHEMA: 'lakeport',
}
const without = (name: keyof typeof delta, more = {}) => ({ ...delta, ...more, [name]: '' })
const hook = {
  ALERT_WEBHOOK_URL: 'https://hooks.example.com/alerts?sig=token-in-the-address',
  ALERT_WEBHOOK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
}
const read = (env: Record<string, string>) => readConfig(env, '1.0.0')

describe('configuration', () => {
  test('with nothing set it is one person on loopback with the sample workspace', () => {
    const config = read({})
    expect(config).toMatchObject({ isLocal: true, isDemo: true, host: '127.0.0.1', DATABRICKS_APP_PORT: 8000 })
    expect(config.devIdentity).toEqual({ user: 'dev@localhost', email: 'dev@localhost' })
  })

  test('a real workspace or a proxy ends local mode and the sample workspace', () => {
    expect(read({ DATABRICKS_HOST: 'adb-1.azuredatabricks.net' })).toMatchObject({
      isLocal: false,
      isDemo: false,
      host: '0.0.0.0',
      devIdentity: null,
    })
    expect(read({ TRUSTED_PROXIES: '10.0.0.0/8' })).toMatchObject({ isLocal: false, isDemo: false })
  })

  test.each([
    [{ DATABRICKS_APP_PORT: '80a' }, /^DATABRICKS_APP_PORT must be a whole number from 0 to 65535, not "80a"$/],
    [{ DATABRICKS_APP_PORT: '70000' }, /DATABRICKS_APP_PORT/],
    [{ TRUSTED_PROXIES: '10.0.0.0/33' }, /TRUSTED_PROXIES/],
    [{ DEFAULT_ROLE: 'admin' }, /DEFAULT_ROLE must be one of none, viewer, contributor/],
    [{ PUBLIC_ORIGIN: 'portal' }, /PUBLIC_ORIGIN must be a URL/],
    [{ RETENTION_RESULTS_DAYS: '0' }, /RETENTION_RESULTS_DAYS/],
    [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL/],
    [{ READYZ_TIMEOUTS: 'store=fast' }, /READYZ_TIMEOUTS must be names with milliseconds/],
    [{ HOST: '0.0.0.0' }, /HOST must be a loopback address in local mode/],
    [{ TRUSTED_PROXIES: '10.0.0.0/8', DEV_USER: 'me' }, /DEV_USER/],
    [{ DATABRICKS_HOST: 'x', DEV_EMAIL: 'me@x' }, /DEV_EMAIL/],
    [{ DATABRICKS_HOST: 'x', DEMO: 'on' }, /DEMO=on/],
    [
      { DATABRICKS_HOST: 'x', DATABRICKS_CLIENT_ID: 'id' },
      /DATABRICKS_CLIENT_SECRET must be set together with DATABRICKS_CLIENT_ID/,
    ],
    [{ GROUPS_FROM_SCIM: 'on' }, /GROUPS_FROM_SCIM needs DATABRICKS_HOST/],
    [{ ...scim, GROUPS_HEADER: 'X-Groups' }, /GROUPS_FROM_SCIM cannot be combined with GROUPS_HEADER/],
    [{ ...scim, GROUPS_MAX_AGE_SECONDS: '900' }, /GROUPS_MAX_AGE_SECONDS must be longer than GROUPS_INTERVAL_SECONDS/],
    [{ ...scim, GROUPS_MAX_AGE_SECONDS: '86401' }, /GROUPS_MAX_AGE_SECONDS must be a whole number/],
    [{ LAKEPORT_STORE: 'sqlite' }, /LAKEPORT_STORE must be one of auto, embedded, databricks, not "sqlite"/],
    [{ LAKEPORT_CATALOG: 'a-b' }, /LAKEPORT_CATALOG must be a name of letters, digits and underscores, not "a-b"/],
    [{ LAKEPORT_CATALOG: '1a' }, /LAKEPORT_CATALOG must be a name/],
    [{ LAKEPORT_SCHEMA: 'a.b' }, /LAKEPORT_SCHEMA must be a name/],
    [{ LAKEPORT_SCHEMA: '`a`' }, /LAKEPORT_SCHEMA must be a name/],
    [{ LAKEPORT_SCHEMA: 'a'.repeat(129) }, /LAKEPORT_SCHEMA must be a name/],
    [{ WAREHOUSE_TIMEOUT_SECONDS: '0' }, /WAREHOUSE_TIMEOUT_SECONDS must be a whole number from 1 to 3600/],
    [{ WAREHOUSE_HTTP_TIMEOUT_MS: '99' }, /WAREHOUSE_HTTP_TIMEOUT_MS must be a whole number from 100 to 60000/],
    [{ WAREHOUSE_CONCURRENCY: '65' }, /WAREHOUSE_CONCURRENCY must be a whole number from 1 to 64/],
    [
      { LAKEPORT_STORE: 'databricks' },
      /^To keep records in Delta tables, DATABRICKS_HOST and .* and LAKEPORT_SCHEMA must/,
    ],
    [without('DATABRICKS_HOST'), /^To keep records in Delta tables, DATABRICKS_HOST must be set$/],
    [without('DATABRICKS_WAREHOUSE_ID'), /^To keep records in Delta tables, DATABRICKS_WAREHOUSE_ID must be set$/],
    [without('LAKEPORT_SCHEMA'), /^To keep records in Delta tables, LAKEPORT_SCHEMA must be set$/],
    [without('LAKEPORT_CATALOG'), /^To keep records in Delta tables, LAKEPORT_CATALOG must be set$/],
    [
      without('DATABRICKS_CLIENT_ID', { DATABRICKS_CLIENT_SECRET: '' }),
      /^To keep records in Delta tables, DATABRICKS_CLIENT_ID and DATABRICKS_CLIENT_SECRET must be set$/,
    ],
    [
      { ...delta, WAREHOUSE_TIMEOUT_SECONDS: '2', WAREHOUSE_HTTP_TIMEOUT_MS: '2000' },
      /WAREHOUSE_TIMEOUT_SECONDS must be longer than WAREHOUSE_HTTP_TIMEOUT_MS/,
    ],
    [{ ALERT_WEBHOOK_URL: 'https://hooks.example.com/x' }, /ALERT_WEBHOOK_SECRET must be set together/],
    [{ ...hook, ALERT_WEBHOOK_URL: 'http://hooks.example.com/x' }, /must be https; set ALERT_WEBHOOK_ALLOW_HTTP=on/],
    [{ ...hook, ALERT_WEBHOOK_SECRET: 'short' }, /^ALERT_WEBHOOK_SECRET must be whsec_ and 24 to 64 bytes in base64$/],
    [{ ...hook, ALERT_WEBHOOK_URL: 'ftp://x?sig=token' }, /^ALERT_WEBHOOK_URL must be a URL such as [^ ]+$/],
    [{ MESSAGE_WEBHOOK_SECRET: hook.ALERT_WEBHOOK_SECRET }, /MESSAGE_WEBHOOK_URL must be set together/],
    [{ ENTRA_CLIENT_ID: 'id' }, /ENTRA_TENANT_ID and ENTRA_CLIENT_SECRET must be set together/],
  ] as [Record<string, string>, RegExp][])('%o is one clear line', (env, message) => {
    expect(() => read(env)).toThrow(message)
  })

  test('records are kept in this process until a catalog is named, and where one says so', () => {
    expect(read({}).store).toBe('embedded')
    expect(read(delta).store).toBe('databricks')
    expect(read({ ...delta, LAKEPORT_STORE: 'databricks' }).store).toBe('databricks')
    expect(read({ ...delta, LAKEPORT_STORE: 'embedded' }).store).toBe('embedded')
  })

  test('a warehouse alone, for table freshness, does not move the records', () => {
    expect(read({ ...delta, LAKEPORT_CATALOG: '', LAKEPORT_SCHEMA: '' }).store).toBe('embedded')
  })

  test('no refusal of a warehouse shows the secret', () => {
    expect(() => read(without('LAKEPORT_SCHEMA'))).toThrow(/^(?!.*s3cret)/)
  })

  test('where webhooks go is printed as little as what signs them', () => {
    const printed = describeConfig(read(hook))
    expect(printed).toContain('ALERT_WEBHOOK_URL=(hidden)')
    expect(printed).not.toContain('token-in-the-address')
    expect(printed).not.toContain('whsec_')
  })

  test('what is in force is printed as it would be written', () => {
    const printed = describeConfig(
      read({
        TRUSTED_PROXIES: '10.0.0.0/8, 192.168.1.1',
        READYZ_TIMEOUTS: 'store=500,ingestion:http=100',
        INGESTION: 'off',
      }),
    )
    expect(printed).toContain('TRUSTED_PROXIES=10.0.0.0/8,192.168.1.1/32\n')
    expect(printed).toContain('READYZ_TIMEOUTS=store=500,ingestion:http=100\n')
    expect(printed).toContain('INGESTION=off\n')
  })

  test('a secret is shown neither when it is printed nor when it is wrong', () => {
    const config = read({ DATABRICKS_HOST: 'x', DATABRICKS_CLIENT_ID: 'id', DATABRICKS_CLIENT_SECRET: 'hunter2' })
    expect(describeConfig(config)).not.toContain('hunter2')
    expect(describeConfig(config)).toContain('DATABRICKS_CLIENT_SECRET=(hidden)')
    expect(() => read({ DATABRICKS_CLIENT_SECRET: 'hunter2\u0000' })).toThrow(/^(?!.*hunter2)/)
  })
})
