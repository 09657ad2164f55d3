import type { Platform, PlatformStatus } from '../../../../contracts/status.ts'
import {
  type Component,
  type ComponentStatus,
  componentStatuses,
  type Impact,
  type Indicator,
  indicators,
} from '../../../../contracts/subscriptions.ts'
import { latest } from './announcement.ts'

export const PAGE_ID = 'lakeport'

/** What a component is made of: what was written about the platform, and how it is. */
export type Watched = PlatformStatus & Pick<Platform, 'created_at' | 'updated_at'>

/** Both lists are of the same platforms. */
export function watched(platforms: readonly Platform[], statuses: readonly PlatformStatus[]): Watched[] {
  const byId = new Map(platforms.map((platform) => [platform.id, platform]))
  return statuses.flatMap((status) => {
    const platform = byId.get(status.id)
    return platform === undefined
      ? []
      : [{ ...status, created_at: platform.created_at, updated_at: platform.updated_at }]
  })
}

/**
 * Five words for what we tell apart by four states. A platform that nobody knows anything about is never operational;
 * a maintenance window hides what happens inside it.
 */
export function componentStatus({ state, checks, in_maintenance }: PlatformStatus): ComponentStatus {
  if (in_maintenance) return 'under_maintenance'
  switch (state) {
    case 'green':
      return 'operational'
    case 'yellow':
    case 'unknown':
      return 'degraded_performance'
    case 'red':
      return checks.yellow + checks.unknown + checks.green > 0 ? 'partial_outage' : 'major_outage'
  }
}

export const componentOf = (platform: Watched, position: number): Component => ({
  id: platform.id,
  name: platform.name,
  status: componentStatus(platform),
  created_at: platform.created_at,
  updated_at: latest(platform.updated_at, platform.last_observed_at ?? platform.updated_at),
  position,
  description: platform.sentence,
  showcase: true,
  start_date: platform.created_at.slice(0, 10),
  group_id: null,
  page_id: PAGE_ID,
  group: false,
  only_show_if_degraded: false,
})

export interface PageStatus {
  indicator: Indicator
  description: string
}

/**
 * As bad as the worst component. An incident counts by itself only when it names no component, because it is then told
 * nowhere else.
 */
export function pageStatus(statuses: readonly ComponentStatus[], unplaced: readonly Impact[]): PageStatus {
  const all = [componentsStatus(statuses), ...unplaced.map(incidentStatus)]
  return all.reduce((worst, one) => (rank(one) > rank(worst) ? one : worst))
}

const rank = ({ indicator }: PageStatus) => indicators.indexOf(indicator)

function componentsStatus(statuses: readonly ComponentStatus[]): PageStatus {
  const worst = componentStatuses.findLast((status) => statuses.includes(status)) ?? 'operational'
  switch (worst) {
    case 'operational':
      return { indicator: 'none', description: 'All Systems Operational' }
    // A fifth indicator exists, and known clients refuse the whole answer for it.
    case 'under_maintenance':
      return { indicator: 'none', description: 'Service Under Maintenance' }
    case 'degraded_performance':
      return { indicator: 'minor', description: 'Partially Degraded Service' }
    case 'partial_outage':
      return { indicator: 'major', description: 'Partial System Outage' }
    case 'major_outage':
      return statuses.every((status) => status === 'major_outage')
        ? { indicator: 'critical', description: 'Major System Outage' }
        : { indicator: 'major', description: 'Partial System Outage' }
  }
}

function incidentStatus(impact: Impact): PageStatus {
  switch (impact) {
    case 'maintenance':
      return { indicator: 'none', description: 'Service Under Maintenance' }
    case 'minor':
      return { indicator: 'minor', description: 'Minor Service Outage' }
    case 'critical':
      return { indicator: 'critical', description: 'Major Service Outage' }
  }
}
