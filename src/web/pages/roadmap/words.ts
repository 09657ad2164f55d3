import type { RoadmapItem } from '../../../contracts/roadmap.ts'
import type { Phase } from '../../../contracts/roadmap-ref.ts'
import type { Place } from './board.ts'

export const phaseWords: Record<Phase, string> = { now: 'Now', next: 'Next', later: 'Later', done: 'Done' }

export const phaseHints: Record<Phase, string> = {
  now: 'Being worked on',
  next: 'What follows',
  later: 'Not soon, not forgotten',
  done: 'What is there',
}

export const demandText = (people: number) => `${people} ${people === 1 ? 'person' : 'people'} voted`
export const progressText = ({ done, total }: RoadmapItem['progress']) =>
  `${done} of ${total} ${total === 1 ? 'ticket' : 'tickets'} done`

/** What it was before it was last put off; null when it never was. */
export function pastOf({ slips, target_quarter }: RoadmapItem): { was: string; reason: string } | null {
  const last = slips.at(-1)
  if (last === undefined) return null
  const isOtherQuarter = last.target_quarter !== null && last.target_quarter !== target_quarter
  return {
    was: isOtherQuarter ? `was ${last.target_quarter}` : `was in ${phaseWords[last.phase]}`,
    reason: last.reason,
  }
}

/** `2 of 5 in Next`; places are counted from 1 when they are spoken. */
export const placeText = ({ phase, index }: Place, count: number) => `${index + 1} of ${count} in ${phaseWords[phase]}`

/** @param instant milliseconds */
export function quarterOf(instant: number): string {
  const date = new Date(instant)
  return `${date.getUTCFullYear()}-Q${Math.floor(date.getUTCMonth() / 3) + 1}`
}

/** The quarters that a plan may name: the last one, this one and the eight after it, and those that are named already. */
export function quartersAround(instant: number, named: Iterable<string | null> = []): string[] {
  const date = new Date(instant)
  const around = Array.from({ length: 10 }, (_, index) =>
    quarterOf(Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3) * 3 + (index - 1) * 3, 1)),
  )
  return [...new Set([...around, ...[...named].filter((quarter) => quarter !== null)])].sort()
}

export const slipText = ({ phase, target_quarter }: RoadmapItem['slips'][number]) =>
  target_quarter === null ? `was in ${phaseWords[phase]}` : `was in ${phaseWords[phase]}, ${target_quarter}`
