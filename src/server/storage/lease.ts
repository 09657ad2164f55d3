import type { Warehouse } from './delta/warehouse.ts'

/** One instance at a time holds it. Decided by the clock of the warehouse, so that clocks here do not matter. */
export interface Lease {
  /** Takes or prolongs it. Answers whether it is held here now. @throws WarehouseError when nobody knows */
  renew(): Promise<boolean>
  /**
   * Held here as far as is known. Stays so when the warehouse cannot be reached: who measured goes on, because two who
   * measure do no harm, and nobody would.
   */
  readonly isHeld: boolean
  /** Lets the next one take it at once. */
  release(): Promise<void>
}

export function createLease(
  warehouse: Pick<Warehouse, 'execute'>,
  { name, holder, seconds }: { name: string; holder: string; seconds: number },
): Lease {
  let isHeld = false
  const params = { name: { type: 'STRING', value: name }, holder: { type: 'STRING', value: holder } } as const
  return {
    async renew() {
      const { affected } = await warehouse.execute({
        name: 'renew_lease',
        sql: `UPDATE leases SET holder = :holder, until = timestampadd(SECOND, :seconds, current_timestamp())
WHERE name = :name AND (holder = :holder OR until < current_timestamp())`,
        params: { ...params, seconds: { type: 'INT', value: String(seconds) } },
        isIdempotent: true,
      })
      isHeld = (affected ?? 0) > 0
      return isHeld
    },
    get isHeld() {
      return isHeld
    },
    async release() {
      if (!isHeld) return
      isHeld = false
      await warehouse.execute({
        name: 'release_lease',
        sql: 'UPDATE leases SET until = current_timestamp() WHERE name = :name AND holder = :holder',
        params,
        isIdempotent: true,
      })
    },
  }
}
