import { flag, identifier, oneOf, type Setting, seconds, whole } from './setting.ts'

export type Store = 'embedded' | 'databricks'

/** Where records are kept, and how a warehouse is asked. A part of `settings`. */
export const warehouseSettings = {
  LAKEPORT_STORE: oneOf<'auto' | 'embedded' | 'databricks'>(
    ['auto', 'embedded', 'databricks'],
    'auto',
    'Where records are kept: in this process, or in Delta tables; auto is databricks once LAKEPORT_CATALOG is set.',
  ),
  LAKEPORT_CATALOG: identifier('Catalog of the Delta tables that records are kept in.'),
  LAKEPORT_SCHEMA: identifier('Schema of those tables.'),
  WAREHOUSE_TIMEOUT_SECONDS: whole(
    45,
    { min: 1, max: 3600 },
    'Longest a statement may take. Below the minute after which proxies give up; more for a classic warehouse that sleeps.',
  ),
  WAREHOUSE_HTTP_TIMEOUT_MS: whole(
    2500,
    { min: 100, max: 60_000 },
    'Longest the warehouse may take to answer one HTTP request, the statement itself not included.',
  ),
  WAREHOUSE_CONCURRENCY: whole(8, { min: 1, max: 64 }, 'Statements at once.'),
  WAREHOUSE_SYNC_SECONDS: seconds(30, 'How often to ask the warehouse what others changed, while somebody is looking.'),
  WAREHOUSE_FLUSH_SECONDS: seconds(
    600,
    'How often what was measured here is sent to the warehouse in bulk; longer than its auto-stop lets it sleep.',
  ),
  REPLICA_RESULTS_DAYS: whole(
    7,
    { min: 1, max: 365 },
    'Days of raw observations that each instance holds; older ones stay in the warehouse and are read as roll-ups.',
  ),
  APPLY_SCHEMA: flag(
    true,
    'Make what is missing in the schema at start; off where `lakeport schema --apply` is run before a new version starts.',
  ),
} as const satisfies Record<string, Setting<unknown>>

type Values = {
  readonly [K in keyof typeof warehouseSettings]: (typeof warehouseSettings)[K] extends Setting<infer T> ? T : never
}

/** A catalog or a schema is of use for nothing else; to keep records in this process all the same, say so. */
export function storeOf({ LAKEPORT_STORE, LAKEPORT_CATALOG, LAKEPORT_SCHEMA }: Values): Store {
  if (LAKEPORT_STORE !== 'auto') return LAKEPORT_STORE
  return LAKEPORT_CATALOG === '' && LAKEPORT_SCHEMA === '' ? 'embedded' : 'databricks'
}

const needed = [
  'DATABRICKS_HOST',
  'DATABRICKS_CLIENT_ID',
  'DATABRICKS_CLIENT_SECRET',
  'DATABRICKS_WAREHOUSE_ID',
  'LAKEPORT_CATALOG',
  'LAKEPORT_SCHEMA',
] as const

/** Why records cannot be kept in a warehouse with these settings; null when they can. */
export function lackOfWarehouse(values: Values & Record<(typeof needed)[number], string>): string | null {
  const missing = needed.filter((name) => values[name] === '')
  if (missing.length > 0) return `To keep records in Delta tables, ${missing.join(' and ')} must be set`
  const isWholeLonger = values.WAREHOUSE_HTTP_TIMEOUT_MS < values.WAREHOUSE_TIMEOUT_SECONDS * 1000
  return isWholeLonger ? null : 'WAREHOUSE_TIMEOUT_SECONDS must be longer than WAREHOUSE_HTTP_TIMEOUT_MS'
}
