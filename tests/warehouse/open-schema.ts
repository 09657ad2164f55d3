import { randomUUID } from 'node:crypto'
import { transportWith } from '../../src/server/outbound/exchange.ts'
import { databricksTokens } from '../../src/server/outbound/oauth.ts'
import { applySchema } from '../../src/server/storage/delta/schema.ts'
import { createWarehouse, type WarehouseClient } from '../../src/server/storage/delta/statement-client.ts'
import type { Table } from '../../src/server/storage/table.ts'
import { tables } from '../../src/server/storage/tables.ts'
import { engine } from './engine.ts'

/** One kind of records is enough for what holds for all; making thirty tables takes a quarter of a minute. */
export const platformsOnly = { platforms: tables.platforms }

export interface OpenSchema {
  name: string
  warehouse: WarehouseClient
  /** Cuts this schema off from everybody until the answer is called. */
  cut(): Promise<() => Promise<void>>
  close(): Promise<void>
}

interface Wanted {
  /** Made by the command that an operator runs; none unless given. */
  records?: Readonly<Record<string, Table>>
  /** Made one by one, without what only that command needs. */
  statements?: readonly string[]
}

/** A schema of its own, through the statement client. */
export async function openSchema({ records, statements = [] }: Wanted): Promise<OpenSchema> {
  const name = await engine.newSchema()
  let skippedMs = 0
  const warehouse = createWarehouse({
    host: engine.url,
    warehouseId: randomUUID(),
    catalog: 'spark_catalog',
    schema: name,
    tokens: databricksTokens({ host: engine.url, clientId: 'tests', clientSecret: 'tests' }, transportWith({})),
    transport: { now: () => Date.now() + skippedMs },
    settings: { timeoutMs: 60_000, httpTimeoutMs: 10_000, concurrency: 8 },
  })
  if (records !== undefined) await applySchema(warehouse, { version: 'tests', records })
  await Promise.all(statements.map((sql) => warehouse.execute({ name: 'create_table', sql, isIdempotent: true })))
  return {
    name,
    warehouse,
    async cut() {
      await engine.die(name)
      return async () => {
        await engine.lift()
        // As if the time for which the client leaves a dead warehouse alone were over.
        skippedMs += 60_000
      }
    },
    async close() {
      warehouse.close()
      await engine.dropSchema(name)
    },
  }
}
