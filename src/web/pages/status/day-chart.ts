import type { HistoryDay } from '../../../contracts/status.ts'
import { shareText } from '../../parts/uptime.ts'
import { dayName, duration } from '../../ui/time.ts'

/** From the bottom up. Each has its own width, so that the shape says what the colour says. */
const layers = [
  { kind: 'green', field: 'green_ms', width: 0.7, word: 'healthy' },
  { kind: 'yellow', field: 'yellow_ms', width: 0.84, word: 'degraded' },
  { kind: 'maintenance', field: 'maintenance_ms', width: 0.5, word: 'maintenance' },
  { kind: 'unknown', field: 'unknown_ms', width: 0.24, word: 'not measured' },
  { kind: 'red', field: 'red_ms', width: 1, word: 'down' },
] as const
export type Layer = (typeof layers)[number]['kind']
export const layerKinds = layers.map(({ kind }) => kind)

const DAY_MS = 86_400_000
/** A minute of a day is less than a pixel; trouble is drawn at least this tall. */
const SEEN_MIN = 0.04

/** One path per layer, each day as high as the time it accounts for. */
export function dayPaths(days: readonly HistoryDay[], height: number): Partial<Record<Layer, string>> {
  const paths: Partial<Record<Layer, string>> = {}
  for (const [index, day] of days.entries()) {
    let top = height
    for (const { kind, field, width } of layers) {
      if (day[field] === 0) continue
      const share = kind === 'green' ? day[field] / DAY_MS : Math.max(SEEN_MIN, day[field] / DAY_MS)
      const tall = Math.min(top, share * height)
      const left = index + (1 - width) / 2
      top -= tall
      paths[kind] = `${paths[kind] ?? ''}M${round(left)} ${round(top)}h${width}v${round(tall)}h-${width}z`
    }
  }
  return paths
}

const round = (value: number) => Math.round(value * 1000) / 1000

/** "Sun 22 Nov 2026: down 1 h 12 min, healthy 22 h 48 min, uptime 95 %". The worst comes first. */
export function describeDay(day: HistoryDay): string {
  const spells = layers
    .toReversed()
    .filter(({ field }) => day[field] > 0)
    .map(({ field, word }) => `${word} ${duration(day[field])}`)
  if (spells.length === 0) return `${dayName(day.day)}: not measured`
  return `${dayName(day.day)}: ${spells.join(', ')}, uptime ${shareText(day.uptime)}`
}
