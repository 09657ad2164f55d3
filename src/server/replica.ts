import { hostname } from 'node:os'
import type { Config } from './config.ts'
import { Fault } from './fault.ts'
import type { ReplicaGate } from './http/server.ts'
import type { Component } from './observe/health.ts'
import type { Log } from './observe/log.ts'
import { type Warehouse, WarehouseError } from './storage/delta/warehouse.ts'
import { newId } from './storage/ids.ts'
import type { Observation } from './storage/journal.ts'
import type { Local } from './storage/local/open.ts'
import { openReplicated, type Replicated } from './storage/replicated.ts'
import type { Sync } from './storage/sync.ts'
import { toInstant } from './time.ts'

interface ReplicaParts {
  local: Local
  warehouse: Warehouse
  /** Days of raw observations that are held here. */
  resultsDays: number
  config: Config
  clock: () => number
  log: Log
  arrived(observations: readonly Observation[]): void
}

/** The store as a replica of Delta tables, with what becomes of its troubles: one line when they begin, one at the end. */
export function openReplica({ local, warehouse, resultsDays, config, clock, log, arrived }: ReplicaParts): Replicated {
  const telling = (doing: string) => {
    let isFailing = false
    return (failure: unknown) => {
      if (failure !== null && !isFailing)
        log.warn({ event: 'warehouse.unavailable', doing, err: failure }, 'The warehouse cannot be reached')
      if (failure === null && isFailing) log.info({ event: 'warehouse.recovered', doing }, 'The warehouse is back')
      isFailing = failure !== null
    }
  }
  return openReplicated({
    local,
    warehouse,
    instance: `${hostname()}-${newId(clock())}`,
    clock,
    syncEveryMs: config.WAREHOUSE_SYNC_SECONDS * 1000,
    flushEveryMs: config.WAREHOUSE_FLUSH_SECONDS * 1000,
    resultsDays,
    onObservations: arrived,
    onPull: telling('pull'),
    onFlush: telling('flush'),
  })
}

const RETRY_AFTER_SECONDS = 5

export const replicaGate = (sync: Sync): ReplicaGate => ({
  look: sync.look,
  refusal: () =>
    sync.isComplete
      ? null
      : new Fault('warehouse_unavailable', 'The portal is still reading from the warehouse. Try again shortly.', {
          retryAfterSeconds: RETRY_AFTER_SECONDS,
        }),
  asOf: () => (sync.isBehind && sync.asOf !== null ? toInstant(sync.asOf) : null),
})

/** A real statement, so a probe wakes the warehouse; `/healthz` does not. */
export const warehouseComponent = ({ ledger }: Pick<Replicated, 'ledger'>): Component => ({
  name: 'warehouse',
  async probe() {
    await ledger.ping()
    return { status: 'ok' }
  },
  reasonOf: (error) =>
    error instanceof Error && error.cause instanceof WarehouseError && error.cause.kind === 'refused'
      ? 'auth_failed'
      : undefined,
})
