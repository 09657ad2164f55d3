import * as Type from 'typebox'
import { closed, Id, line, nullable, oneOf } from './primitives.ts'

/** From what is under way to what is finished. */
export const phases = ['now', 'next', 'later', 'done'] as const
export type Phase = (typeof phases)[number]

/** `2026-Q4` */
export const Quarter = Type.String({ pattern: '^20\\d\\d-Q[1-4]$', maxLength: 7 })

/** As a ticket names it. */
export const RoadmapRef = closed({
  id: Id,
  title: line(200),
  phase: oneOf(phases),
  target_quarter: nullable(Quarter),
})
export type RoadmapRef = Type.Static<typeof RoadmapRef>

type Plan = Pick<RoadmapRef, 'phase' | 'target_quarter'>

/** Whether it is put off: a later phase, or a later quarter, or none after there was one. Done is not later. */
export function isPutOff(before: Plan, after: Plan): boolean {
  const isLaterPhase = after.phase !== 'done' && place(after.phase) > place(before.phase) && before.phase !== 'done'
  return isLaterPhase || isLaterQuarter(before.target_quarter, after.target_quarter)
}

const place = (phase: Phase) => phases.indexOf(phase)

const isLaterQuarter = (before: string | null, after: string | null) =>
  before !== null && (after === null || after > before)
