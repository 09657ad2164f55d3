import type { Interval } from './timeline.ts'

/**
 * The red spells of a check, ascending. Red for another reason continues a spell, which keeps the reason that it began
 * with and the first message; anything but red ends it, and so does a gap.
 */
export function redSpells(timeline: readonly Interval[]): Interval[] {
  const spells: Interval[] = []
  for (const interval of timeline) {
    if (interval.state !== 'red') continue
    const last = spells.at(-1)
    if (last?.end === interval.start) {
      last.end = interval.end
      last.message ??= interval.message
    } else {
      spells.push({ ...interval })
    }
  }
  return spells
}
