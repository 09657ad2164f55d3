import { createHash } from 'node:crypto'
import { type DefaultRole, defaultRoles } from '../contracts/roles.ts'
import type { Setting } from './setting.ts'
import {
  cidrs,
  dsn,
  flag,
  list,
  oneOf,
  path,
  port,
  principals,
  seconds,
  text,
  timeouts,
  url,
  webhookSecret,
  webhookUrl,
  whole,
} from './setting.ts'
import { lackOfWarehouse, type Store, storeOf, warehouseSettings } from './warehouse-settings.ts'

const day = { min: 1, max: 36_500 }

/**
 * Every setting: its default, how it is read, and one sentence. `.env.example`, the reference page and
 * `lakeport config` are made from this table. Secrets are never printed.
 */
export const settings = {
  DATABRICKS_APP_PORT: port(8000, 'Port to listen on.'),
  HOST: text('', 'Address to listen on. Loopback in local mode, all addresses elsewhere.'),
  DATA_DIR: path('./data', 'Folder of the embedded store.'),
  PUBLIC_ORIGIN: url(
    '',
    'Where people reach the portal, such as https://portal.example.com; used for links and to tell our pages from others.',
  ),
  TRUSTED_PROXIES: cidrs('Addresses (CIDR, comma separated) whose identity headers are believed.'),
  GROUPS_HEADER: text(
    '',
    'Header in which the trusted proxy names the groups of the person, comma separated. Empty: none.',
  ),
  GROUPS_FROM_SCIM: flag(
    false,
    'Read users and groups from the workspace, for group bindings; its service principal must be a workspace admin.',
  ),
  GROUPS_INTERVAL_SECONDS: seconds(900, 'How often users and groups are read from the workspace.'),
  GROUPS_MAX_AGE_SECONDS: seconds(86_400, 'Age at which groups read from the workspace count for nothing any more.'),
  DATABRICKS_APP_NAME: text('', 'Set by Databricks Apps; tells that its proxy is the only way in.'),
  DEV_USER: text('', 'Local mode: who a request without identity is.'),
  DEV_EMAIL: text('', 'Local mode: the email of that person; dev@localhost when nothing is set.'),
  BOOTSTRAP_ADMINS: principals('Emails or user names made admin at start while there is no admin.'),
  DEFAULT_ROLE: oneOf<DefaultRole>(defaultRoles, 'viewer', 'What a signed-in person without a binding is.'),
  DATABRICKS_HOST: text('', 'Workspace to poll, with or without https://. Set: not local mode, no sample workspace.'),
  DATABRICKS_CLIENT_ID: text('', 'Service principal that polls the workspace.'),
  DATABRICKS_CLIENT_SECRET: text('', 'Its secret.', { secret: true }),
  DATABRICKS_WAREHOUSE_ID: text(
    '',
    'SQL warehouse that table freshness is asked through, and that records are kept through.',
  ),
  ...warehouseSettings,
  ENTRA_TENANT_ID: text('', 'Tenant of the service principal for Power BI and Fabric.'),
  ENTRA_CLIENT_ID: text('', 'Application id of that service principal.'),
  ENTRA_CLIENT_SECRET: text('', 'Its secret.', { secret: true }),
  ENTRA_LOGIN_URL: url('https://login.microsoftonline.com', 'Where tokens for Power BI and Fabric come from.'),
  POWERBI_URL: url('https://api.powerbi.com', 'Power BI REST API; another one in sovereign clouds.'),
  FABRIC_URL: url('https://api.fabric.microsoft.com', 'Fabric REST API; another one in sovereign clouds.'),
  DBT_ARTIFACTS_DIR: text('', 'Folder in which dbt artifacts may be read as files. Empty: URLs only.'),
  DEMO: oneOf<'on' | 'off' | 'auto'>(
    ['on', 'off', 'auto'],
    'auto',
    'The sample workspace; auto is on while nothing real is configured.',
  ),
  DEMO_SCENARIO: oneOf<'healthy' | 'degraded' | 'outage' | 'unknown'>(
    ['healthy', 'degraded', 'outage', 'unknown'],
    'degraded',
    'What the sample workspace plays.',
  ),
  INGESTION: flag(true, 'Poll sources in this process; off when `lakeport ingest --once` is run elsewhere.'),
  INGESTION_TIMEOUT_SECONDS: seconds(120, 'Longest a run may take before it is failed.'),
  INGESTION_STALE_SECONDS: seconds(900, 'Age of the last successful run at which readiness calls a source stale.'),
  ALERT_EVERY_SECONDS: seconds(15, 'How often it is judged whether an alert begins or ends.'),
  ALERT_FOR_SECONDS: whole(
    300,
    { min: 0, max: 86_400 },
    'How long a source must be stale, or a check red, before its alert fires.',
  ),
  ALERT_RECOVER_SECONDS: whole(
    300,
    { min: 0, max: 86_400 },
    'How long it must be well again before the alert is resolved.',
  ),
  ALERT_WEBHOOK_URL: webhookUrl('Where alerts are sent when they fire and when they are resolved. Empty: nowhere.'),
  ALERT_WEBHOOK_SECRET: webhookSecret('Key that those webhooks are signed with.'),
  ALERT_WEBHOOK_ALLOW_HTTP: flag(false, 'Let ALERT_WEBHOOK_URL be http, for a receiver on a network you trust.'),
  MESSAGE_WEBHOOK_URL: webhookUrl(
    'Where status messages are sent when they are published, changed or archived. Empty: nowhere.',
  ),
  MESSAGE_WEBHOOK_SECRET: webhookSecret('Key that those webhooks are signed with.'),
  MESSAGE_WEBHOOK_ALLOW_HTTP: flag(false, 'Let MESSAGE_WEBHOOK_URL be http, for a receiver on a network you trust.'),
  WEBHOOK_TIMEOUT_SECONDS: whole(10, { min: 1, max: 60 }, 'Longest a receiver of webhooks may take to answer.'),
  LOG_LEVEL: oneOf<'debug' | 'info' | 'warn' | 'error' | 'silent'>(
    ['debug', 'info', 'warn', 'error', 'silent'],
    'info',
    'Least important lines to write.',
  ),
  LOG_FORMAT: oneOf<'json' | 'pretty' | 'auto'>(
    ['json', 'pretty', 'auto'],
    'auto',
    'auto is pretty in local mode on a terminal, json elsewhere.',
  ),
  SENTRY_DSN: dsn('Where errors that nobody foresaw are reported, to Sentry or what speaks like it. Empty: nowhere.'),
  SENTRY_ALLOW_HTTP: flag(false, 'Let SENTRY_DSN be http, for a receiver on a network you trust.'),
  SENTRY_ENVIRONMENT: text('production', 'What those reports are filed under.'),
  READYZ_TIMEOUT_MS: whole(2000, { min: 10, max: 60_000 }, 'Longest a readiness component may take.'),
  READYZ_TIMEOUTS: timeouts('Own time-outs per component: `store=500,ingestion:http=100`.'),
  READYZ_CRITICAL: list('store', 'Components whose failure makes the portal down instead of degraded.'),
  RATE_LIMIT_CREATE: whole(30, { min: 1, max: 100_000 }, 'Creates per person and minute.'),
  RATE_LIMIT_COMMENT: whole(30, { min: 1, max: 100_000 }, 'Comments per person and minute.'),
  RATE_LIMIT_VOTE: whole(60, { min: 1, max: 100_000 }, 'Votes per person and minute.'),
  RATE_LIMIT_WRITE: whole(120, { min: 1, max: 100_000 }, 'Other writes per person and minute.'),
  RETENTION_RESULTS_DAYS: whole(
    90,
    day,
    'Days for which single results are kept; a pushed one that is older is refused. Beyond, days are told from roll-ups.',
  ),
  RETENTION_ROLLUP_DAYS: whole(730, day, 'Days for which daily roll-ups are kept; not fewer than single results.'),
  RETENTION_RUNS_DAYS: whole(90, day, 'Days for which ingestion runs that ended are kept, with their audit.'),
  SHUTDOWN_SECONDS: seconds(
    10,
    'Longest that stopping takes: requests in flight, then what is left to send to the warehouse; the platform kills after 15.',
  ),
} as const satisfies Record<string, Setting<unknown>>

type Values = { -readonly [K in keyof typeof settings]: (typeof settings)[K] extends Setting<infer T> ? T : never }

export interface Config extends Values {
  /** Neither a workspace nor a trusted proxy is named: one person on their own machine. */
  isLocal: boolean
  isDemo: boolean
  host: string
  /** Folder of the store; one per scenario of the sample workspace and per warehouse schema, so that they never mix. */
  dataDir: string
  devIdentity: { user: string; email: string | null } | null
  version: string
  /** Where records are kept, `auto` decided. */
  store: Store
}

/** One line for the operator; the process ends with status 2. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** @throws ConfigError naming the setting and what it wants, never its value when it is secret */
export function readConfig(env: Record<string, string | undefined>, version: string): Config {
  const values = Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => [name, readSetting(name, setting, env[name])]),
  ) as Values // Each value was made by the parser of its own name.
  const isLocal =
    values.DATABRICKS_HOST === '' && values.TRUSTED_PROXIES.length === 0 && values.DATABRICKS_APP_NAME === ''
  const isConfigured = !isLocal || values.ENTRA_CLIENT_ID !== ''
  refuseContradictions(values, isLocal, isConfigured)
  const store = storeOf(values)
  const lack = store === 'databricks' ? lackOfWarehouse(values) : null
  if (lack !== null) throw new ConfigError(lack)
  const isDemo = values.DEMO === 'on' || (values.DEMO === 'auto' && !isConfigured)
  return {
    ...values,
    isLocal,
    isDemo,
    dataDir: dataDirOf(values, store, isDemo),
    host: values.HOST || (isLocal ? '127.0.0.1' : '0.0.0.0'),
    devIdentity: isLocal ? devIdentity(values) : null,
    version,
    store,
  }
}

/** Everything in the configuration that must be read nowhere else. */
export function secretsOf(config: Config): string[] {
  return Object.entries(settings)
    .filter(([, { isSecret }]) => isSecret)
    .map(([name]) => String(config[name as keyof Values]))
    .filter((value) => value !== '')
}

/** One folder for each system of record, so that what is copied from one is never taken for another's. */
function dataDirOf(values: Values, store: Store, isDemo: boolean): string {
  if (isDemo) return `${values.DATA_DIR}/sample-${values.DEMO_SCENARIO}`
  if (store === 'embedded') return values.DATA_DIR
  const name = [values.DATABRICKS_HOST, values.LAKEPORT_CATALOG, values.LAKEPORT_SCHEMA].join('\n')
  return `${values.DATA_DIR}/replica-${createHash('sha256').update(name).digest('hex').slice(0, 16)}`
}

function readSetting(name: string, setting: Setting<unknown>, raw: string | undefined): unknown {
  if (raw === undefined || raw.trim() === '') return setting.default
  const value = setting.parse(raw.trim())
  if (value === undefined)
    throw new ConfigError(`${name} must be ${setting.wants}${setting.isSecret ? '' : `, not "${raw}"`}`)
  return value
}

function refuseContradictions(values: Values, isLocal: boolean, isConfigured: boolean): void {
  const together = (names: (keyof Values)[]) => {
    const missing = names.filter((name) => values[name] === '')
    if (missing.length > 0 && missing.length < names.length) {
      throw new ConfigError(
        `${missing.join(' and ')} must be set together with ${names.filter((name) => values[name] !== '').join(' and ')}`,
      )
    }
  }
  together(['DATABRICKS_CLIENT_ID', 'DATABRICKS_CLIENT_SECRET'])
  together(['ENTRA_TENANT_ID', 'ENTRA_CLIENT_ID', 'ENTRA_CLIENT_SECRET'])
  refuseGroupContradictions(values)
  together(['ALERT_WEBHOOK_URL', 'ALERT_WEBHOOK_SECRET'])
  together(['MESSAGE_WEBHOOK_URL', 'MESSAGE_WEBHOOK_SECRET'])
  refusePlainHttp(values)
  refuseRetentionContradictions(values)
  if (values.DEMO === 'on' && isConfigured)
    throw new ConfigError(
      'DEMO=on cannot be combined with a real workspace; unset DEMO, or DATABRICKS_HOST, TRUSTED_PROXIES and ENTRA_CLIENT_ID',
    )
  if (!isLocal && (values.DEV_USER !== '' || values.DEV_EMAIL !== '')) {
    throw new ConfigError(
      'DEV_USER and DEV_EMAIL are for local mode only; unset them, because DATABRICKS_HOST or TRUSTED_PROXIES is set',
    )
  }
  if (isLocal && values.HOST !== '' && !isLoopback(values.HOST)) {
    throw new ConfigError(
      'HOST must be a loopback address in local mode, where everybody is admin; set TRUSTED_PROXIES to listen elsewhere',
    )
  }
}

/** Two sources of groups would have to be added up, and what the fresher one took away the other would give back. */
function refuseGroupContradictions(values: Values): void {
  if (!values.GROUPS_FROM_SCIM) return
  if (values.GROUPS_INTERVAL_SECONDS >= values.GROUPS_MAX_AGE_SECONDS) {
    throw new ConfigError('GROUPS_MAX_AGE_SECONDS must be longer than GROUPS_INTERVAL_SECONDS')
  }
  if (values.GROUPS_HEADER !== '') {
    throw new ConfigError('GROUPS_FROM_SCIM cannot be combined with GROUPS_HEADER; groups come from one of them')
  }
  if (values.DATABRICKS_HOST === '' || values.DATABRICKS_CLIENT_ID === '') {
    throw new ConfigError('GROUPS_FROM_SCIM needs DATABRICKS_HOST, DATABRICKS_CLIENT_ID and DATABRICKS_CLIENT_SECRET')
  }
}

/** What they carry would be read on the way. */
function refusePlainHttp(values: Values): void {
  for (const kind of ['ALERT', 'MESSAGE'] as const) {
    if (values[`${kind}_WEBHOOK_URL`].startsWith('http:') && !values[`${kind}_WEBHOOK_ALLOW_HTTP`])
      throw new ConfigError(`${kind}_WEBHOOK_URL must be https; set ${kind}_WEBHOOK_ALLOW_HTTP=on to allow http`)
  }
  if (values.SENTRY_DSN.startsWith('http:') && !values.SENTRY_ALLOW_HTTP)
    throw new ConfigError('SENTRY_DSN must be https; set SENTRY_ALLOW_HTTP=on to allow http')
}

/** A day whose results are gone is told from its roll-up, which must not go first. */
function refuseRetentionContradictions(values: Values): void {
  if (values.RETENTION_ROLLUP_DAYS >= values.RETENTION_RESULTS_DAYS) return
  throw new ConfigError('RETENTION_ROLLUP_DAYS must not be less than RETENTION_RESULTS_DAYS')
}

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)

function devIdentity(values: Values): { user: string; email: string | null } {
  if (values.DEV_USER === '' && values.DEV_EMAIL === '') return { user: 'dev@localhost', email: 'dev@localhost' }
  return {
    user: values.DEV_USER || values.DEV_EMAIL,
    email: values.DEV_EMAIL === '' ? null : values.DEV_EMAIL.toLowerCase(),
  }
}

/** What is in force, for `lakeport config`; secrets hidden. */
export function describeConfig(config: Config): string {
  return Object.entries(settings as Record<string, Setting<unknown>>)
    .map(([name, setting]) => {
      const text = setting.show(config[name as keyof Values])
      return `${name}=${setting.isSecret && text !== '' ? '(hidden)' : text}`
    })
    .join('\n')
}
