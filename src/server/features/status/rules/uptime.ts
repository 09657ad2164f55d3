import type { Totals } from './rollup.ts'

export interface Uptime {
  /** 0 to 1; null when nothing counted: no data is neither 0 nor 100. */
  uptime: number | null
  /** Ready to show: 0 to 100, three decimals, floored so that any downtime never reads 100. */
  percent: number | null
  /** Share of the window that was measured; null for an empty window. */
  coverage: number | null
}

/** Only red is downtime. What was disabled, unknown or in maintenance does not count for or against. */
export function uptimeOf(totals: Totals): Uptime {
  const counted = totals.red_ms + totals.yellow_ms + totals.green_ms
  const all = counted + totals.unknown_ms + totals.maintenance_ms + totals.disabled_ms
  const uptime = counted > 0 ? 1 - totals.red_ms / counted : null
  return {
    uptime,
    percent: uptime === null ? null : percentOf(uptime),
    coverage: all > 0 ? counted / all : null,
  }
}

/** The small term mends what binary fractions lose, else 332 of 1000 down would read 66.799 up. A millisecond in a century still shows. */
const percentOf = (uptime: number) => Math.floor(uptime * 100_000 + 1e-8) / 1000
