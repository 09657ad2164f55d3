import type { PlatformStatus } from '../../contracts/status.ts'
import { coarse, duration } from '../ui/time.ts'

type Freshness = NonNullable<PlatformStatus['freshness']>

export interface FreshnessText {
  level: 'fresh' | 'late' | 'very_late' | 'unknown'
  text: string
  /** Share of the agreed time that is used up, at most 1. */
  used: number
}

/** How old the data is against what was agreed. Exactly at a limit is still within it. */
export function describeFreshness(freshness: Freshness | null, now: number): FreshnessText {
  if (freshness === null) return { level: 'unknown', text: 'No freshness agreed', used: 0 }
  const sla = freshness.sla_seconds * 1000
  if (freshness.data_as_of === null) {
    return { level: 'unknown', text: `Age of the data not known, agreed ${duration(sla)}`, used: 0 }
  }
  const age = now - Date.parse(freshness.data_as_of)
  const used = Math.min(1, Math.max(0, age / sla))
  if (age > sla)
    return {
      level: 'very_late',
      text: `Data ${coarse(age)} old, ${coarse(age - sla)} over the agreed ${duration(sla)}`,
      used,
    }
  const text = `Data ${coarse(Math.max(0, age))} old, agreed ${duration(sla)}`
  return { level: age > freshness.warn_after_seconds * 1000 ? 'late' : 'fresh', text, used }
}
