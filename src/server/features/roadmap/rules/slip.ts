import type { RoadmapRecord } from '../../../../contracts/roadmap.ts'
import { type Phase, phases } from '../../../../contracts/roadmap-ref.ts'
import { toInstant } from '../../../time.ts'

type Plan = Pick<RoadmapRecord, 'phase' | 'target_quarter'>

const SLIPS_MAX = 100

/** Whether it is put off: a later phase, or a later quarter, or none after there was one. Done is not later. */
export function isPutOff(before: Plan, after: Plan): boolean {
  const isLaterPhase = after.phase !== 'done' && place(after.phase) > place(before.phase) && before.phase !== 'done'
  return isLaterPhase || isLaterQuarter(before.target_quarter, after.target_quarter)
}

const place = (phase: Phase) => phases.indexOf(phase)

const isLaterQuarter = (before: string | null, after: string | null) =>
  before !== null && (after === null || after > before)

/** What the card will say it was. The oldest go when there are too many. */
export const withSlip = (before: RoadmapRecord, by: string, now: number, reason: string): RoadmapRecord['slips'] =>
  [
    ...before.slips,
    { at: toInstant(now), by, phase: before.phase, target_quarter: before.target_quarter, reason },
  ].slice(-SLIPS_MAX)
