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
