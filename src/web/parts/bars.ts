import type { State } from '../../contracts/status.ts'

export interface BarDay {
  day: string
  state: State | null
  uptime: number | null
}

/** Share of the height: worse is taller, so that the shape says what the colour says. */
const heights: Record<State | 'none', number> = { red: 1, yellow: 0.82, green: 0.62, unknown: 0.3, none: 0.12 }

export type BarKind = keyof typeof heights
export const barKinds = Object.keys(heights) as BarKind[]
export const kindOf = (day: BarDay): BarKind => day.state ?? 'none'

/** One path per kind instead of one element per day: a page of a thousand platforms stays quick. */
export function barPaths(days: readonly BarDay[], height: number): Partial<Record<BarKind, string>> {
  const paths: Partial<Record<BarKind, string>> = {}
  for (const [index, day] of days.entries()) {
    const kind = kindOf(day)
    const tall = round(height * heights[kind])
    paths[kind] = `${paths[kind] ?? ''}M${index + 0.14} ${round(height - tall)}h.72v${tall}h-.72z`
  }
  return paths
}

const round = (value: number) => Math.round(value * 100) / 100

/** Which day an arrow key leads to; null when the key is not ours. */
export function dayAfterKey(key: string, index: number, count: number): number | null {
  const last = count - 1
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowDown: -1,
    ArrowUp: 1,
    PageDown: -7,
    PageUp: 7,
  }
  if (key === 'Home') return 0
  if (key === 'End') return last
  const step = steps[key]
  return step === undefined ? null : Math.min(last, Math.max(0, index + step))
}
