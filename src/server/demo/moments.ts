import { between, chance } from './chance.ts'
import type { Story } from './story.ts'
import { MINUTE_MS, nameOf, type ServiceThing, type TableThing, type WarehouseThing } from './things.ts'

/** What things that do not run in runs look like at an instant. */

/** Newest time in a table. Never goes back: the lag changes slower than the clock. */
export function newestIn(story: Story, thing: TableThing, at: number): number {
  const span = story.spanAt(thing, at)
  const usual = at - usualLag(story, thing, at)
  if (span === null || span.trouble === 'slow') return usual
  const stuck = span.from - usualLag(story, thing, span.from)
  if (span.trouble === 'down') return stuck
  const [warn, crit] = thing.limits
  return Math.max(stuck, usual - Math.round((warn + (crit - warn) * 0.25) * MINUTE_MS))
}

/** Swings between 0.6 and 1.4 of what it usually is, from one point to the next in about that time. */
function usualLag(story: Story, thing: TableThing, at: number): number {
  const stepMs = Math.max(thing.lag, 5) * MINUTE_MS
  const step = Math.floor(at / stepMs)
  const key = `${story.seed}/${nameOf(thing)}`
  const share = between(chance(key, step), chance(key, step + 1), at / stepMs - step)
  return Math.round(thing.lag * MINUTE_MS * (0.6 + 0.8 * share))
}

export interface WarehouseMoment {
  state: 'RUNNING' | 'STOPPED'
  health: 'HEALTHY' | 'DEGRADED' | 'FAILED'
  clusters: number
}

const HOUR_MS = 60 * MINUTE_MS

export function warehouseAt(story: Story, thing: WarehouseThing, at: number): WarehouseMoment {
  const hour = Math.floor(at / HOUR_MS)
  const busy = chance(`${story.seed}/${nameOf(thing)}`, hour)
  const trouble = story.spanAt(thing, at)?.trouble
  const health = trouble === undefined ? 'HEALTHY' : trouble === 'down' ? 'FAILED' : 'DEGRADED'
  const isResting = thing.rests && health === 'HEALTHY' && busy < 0.4
  return { state: isResting ? 'STOPPED' : 'RUNNING', health, clusters: isResting ? 0 : 1 + Math.floor(busy * 4) }
}

/** First instant after `at` at which `warehouseAt` may answer differently. */
export const warehouseTurn = (story: Story, thing: WarehouseThing, at: number): number =>
  Math.min(story.spanTurn(thing, at), (Math.floor(at / HOUR_MS) + 1) * HOUR_MS)

export interface ServiceMoment {
  isUp: boolean
  latencyMs: number
}

const TEN_SECONDS_MS = 10_000

export function serviceAt(story: Story, thing: ServiceThing, at: number): ServiceMoment {
  const share = chance(`${story.seed}/${nameOf(thing)}`, Math.floor(at / TEN_SECONDS_MS))
  const trouble = story.spanAt(thing, at)?.trouble
  const isSlow = trouble === 'late' || trouble === 'slow'
  return {
    isUp: trouble !== 'down',
    latencyMs: Math.round(isSlow ? between(720, 980, share) : thing.latencyMs * between(0.7, 1.8, share)),
  }
}
