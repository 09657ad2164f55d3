import { fromInstant } from '../../time.ts'
import type { MaintenanceWindow } from './rules/maintenance.ts'
import type { StatusStore } from './store.ts'

export interface PlacedWindow extends MaintenanceWindow {
  /** Empty is everywhere. */
  platformIds: readonly string[]
}

/** A window ends when it was meant to or when it was archived, whichever is first. */
export function maintenanceWindows(store: StatusStore): PlacedWindow[] {
  return store.maintenanceMessages().map((message) => {
    const ends = [message.end_at, message.state === 'archived' ? message.updated_at : null].filter((at) => at !== null)
    return {
      start: fromInstant(message.start_at),
      end: ends.length === 0 ? null : Math.min(...ends.map(fromInstant)),
      platformIds: message.platform_ids,
    }
  })
}

export const windowsFor = (windows: readonly PlacedWindow[], platformId: string) =>
  windows.filter(({ platformIds }) => platformIds.length === 0 || platformIds.includes(platformId))

export const earliest = (windows: readonly MaintenanceWindow[]) =>
  Math.min(Number.POSITIVE_INFINITY, ...windows.map(({ start }) => start))
