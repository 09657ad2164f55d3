import type { Config } from './config.ts'
import { type Transport, transportWith } from './outbound/exchange.ts'
import { databricksTokens } from './outbound/oauth.ts'
import { asOrigin } from './outbound/outbound.ts'
import { createWarehouse, type WarehouseClient, type WarehouseOptions } from './storage/delta/statement-client.ts'

/** The warehouse that records are kept in; null where they are kept in this process. */
export function warehouseFrom(
  config: Config,
  {
    transport = {},
    onStatement,
  }: { transport?: Partial<Transport>; onStatement?: WarehouseOptions['onStatement'] } = {},
): WarehouseClient | null {
  if (config.store === 'embedded') return null
  const host = asOrigin(config.DATABRICKS_HOST)
  const httpTimeoutMs = config.WAREHOUSE_HTTP_TIMEOUT_MS
  // One try: the client itself decides what is tried again, so that a dead token endpoint is known as soon as a dead
  // warehouse.
  const tokens = databricksTokens(
    { host, clientId: config.DATABRICKS_CLIENT_ID, clientSecret: config.DATABRICKS_CLIENT_SECRET },
    transportWith({ ...transport, timeoutMs: httpTimeoutMs }),
    1,
  )
  return createWarehouse({
    host,
    warehouseId: config.DATABRICKS_WAREHOUSE_ID,
    catalog: config.LAKEPORT_CATALOG,
    schema: config.LAKEPORT_SCHEMA,
    tokens,
    settings: {
      timeoutMs: config.WAREHOUSE_TIMEOUT_SECONDS * 1000,
      httpTimeoutMs,
      concurrency: config.WAREHOUSE_CONCURRENCY,
    },
    transport,
    ...(onStatement === undefined ? {} : { onStatement }),
  })
}
