import type { StatusCheck } from '../../../contracts/status.ts'
import type { Thing } from '../things.ts'

/** A check as the company would write it down. Freshness and push checks take their limits from what they watch. */
export interface Watch {
  name: string
  description: string
  kind: StatusCheck['kind']
  watches: Thing
  forMinutes?: number
  recoverMinutes?: number
}

export interface CompanyPlatform {
  name: string
  domain: string
  owner: string
  description: string
  /** Share of weeks in which something goes wrong. */
  fragility: number
  watches: readonly Watch[]
}

export const hourly = { every: 60, limits: [150, 480] as const }
export const daily = { every: 1440, limits: [1560, 2880] as const }
