import { nameOf, type Thing } from './things.ts'

export const scenarios = ['healthy', 'degraded', 'outage', 'unknown'] as const
export type Scenario = (typeof scenarios)[number]

/**
 * What can be wrong with a thing. `down`: runs fail, services do not work. `late`: nothing gets through, services are
 * slow, warehouses degraded. `slow`: runs get through one after the other, each far too long.
 */
export type Trouble = 'down' | 'late' | 'slow'

/** Why the workspace does not tell about one kind of thing. */
export type Blindness = 'refuses' | 'garbles' | 'hangs' | 'unavailable'

/** Minutes, counted from the instant at which the scenario began; negative is before. */
interface Act {
  thing: string
  trouble: Trouble
  from: number
  /** For ever when absent. */
  to?: number
  /** Begins again after so many minutes. */
  every?: number
}

interface Plot {
  acts: readonly Act[]
  /** Datasets that were published so many minutes before the scenario began, and never refreshed since. */
  neverRefreshed: Readonly<Record<string, number>>
  blind: Partial<Record<Thing['kind'], Blindness>>
  /** From when the workspace is blind. */
  blindFrom: number
}

const calm: Plot = { acts: [], neverRefreshed: {}, blind: {}, blindFrom: 0 }

const on = (kind: Thing['kind'], key: string, trouble: Trouble, from: number, to?: number, every?: number): Act => ({
  thing: nameOf({ kind, key }),
  trouble,
  from,
  ...(to === undefined ? {} : { to }),
  ...(every === undefined ? {} : { every }),
})

/** What happens now, per scenario. Everything that is not named here goes well. */
export const plots: Readonly<Record<Scenario, Plot>> = {
  healthy: calm,
  degraded: {
    ...calm,
    acts: [
      // Catches up before it would be far too late, and gets stuck again some hours later.
      on('job', 'web_orders_load', 'late', -170, 430, 780),
      on('job', 'forecast_scoring', 'down', -185),
      on('table', 'supply.gold.stock_levels', 'late', -95),
      on('pipeline', 'customer_profiles', 'slow', -400),
      on('warehouse', 'bi_serving', 'late', -25),
      // Comes and goes.
      on('service', 'sql-gateway', 'late', -40, -33, 19),
    ],
    neverRefreshed: { [nameOf({ kind: 'dataset', key: 'cash_forecast' })]: 290 },
  },
  outage: {
    ...calm,
    acts: [
      on('job', 'web_orders_load', 'down', -130),
      on('job', 'store_sales_load', 'down', -130),
      on('pipeline', 'sales_medallion', 'down', -95),
      on('table', 'sales.gold.orders', 'down', -130),
      on('dataset', 'daily_sales', 'down', -120),
      on('warehouse', 'etl', 'down', -70),
      on('warehouse', 'bi_serving', 'late', -70),
      on('service', 'pricing-api', 'down', -45),
      on('job', 'forecast_scoring', 'down', -130),
      on('pipeline', 'customer_profiles', 'slow', -400),
    ],
  },
  unknown: {
    ...calm,
    blind: { dataset: 'refuses', pipeline: 'garbles', item: 'hangs', table: 'unavailable' },
    blindFrom: -45,
  },
}
