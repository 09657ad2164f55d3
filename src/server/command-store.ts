import type { Config } from './config.ts'
import { createJournal } from './storage/create-journal.ts'
import { embeddedLedger } from './storage/embedded.ts'
import type { Journal } from './storage/journal.ts'
import { type Local, openLocal } from './storage/local/open.ts'
import { openReplicated } from './storage/replicated.ts'
import { warehouseFrom } from './warehouse-connection.ts'

export interface CommandStore {
  local: Local
  /** Each write is durable at the latest when `close` has ended. */
  journal: Journal
  /** @throws Fault `warehouse_unavailable` when not everything reached the warehouse; what is left is sent by the next one */
  close(): Promise<void>
}

/**
 * The store for a command that writes much and ends. With a warehouse its writes go there in bulk at the end: one by one
 * they would take seconds each.
 * @throws Fault `warehouse_unavailable`
 */
export async function openCommandStore(config: Config): Promise<CommandStore> {
  const warehouse = warehouseFrom(config)
  const local = openLocal(config.dataDir, { isReplica: warehouse !== null })
  if (warehouse === null) {
    return { local, journal: createJournal(local, embeddedLedger(local)), close: async () => local.close() }
  }
  const ignore = () => undefined
  const { sync, deferred, flush, stop } = openReplicated({
    local,
    warehouse,
    instance: `command ${process.pid}`,
    clock: Date.now,
    syncEveryMs: config.WAREHOUSE_SYNC_SECONDS * 1000,
    flushEveryMs: config.WAREHOUSE_FLUSH_SECONDS * 1000,
    resultsDays: Math.min(config.RETENTION_RESULTS_DAYS, config.REPLICA_RESULTS_DAYS),
    onObservations: ignore,
    onPull: ignore,
    onFlush: ignore,
  })
  const close = async () => {
    await stop(0)
    local.close()
    warehouse.close()
  }
  try {
    await sync.pull()
  } catch (error) {
    await close()
    throw error
  }
  return {
    local,
    journal: deferred,
    close: () => flush().finally(close),
  }
}
