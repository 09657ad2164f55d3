import type { RoadmapRecord } from '../../../../contracts/roadmap.ts'
import { toInstant } from '../../../time.ts'

const SLIPS_MAX = 100

/** What the card will say it was. The oldest go when there are too many. */
export const withSlip = (before: RoadmapRecord, by: string, now: number, reason: string): RoadmapRecord['slips'] =>
  [
    ...before.slips,
    { at: toInstant(now), by, phase: before.phase, target_quarter: before.target_quarter, reason },
  ].slice(-SLIPS_MAX)
