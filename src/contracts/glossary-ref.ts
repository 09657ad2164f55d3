import type * as Type from 'typebox'
import { closed, Id, line, oneOf } from './primitives.ts'

export const termStatuses = ['draft', 'active', 'deprecated'] as const
export type TermStatus = (typeof termStatuses)[number]

/** What names a term: unique in its domain, whatever the case. */
export const termNames = { term: line(120), domain: line(80), status: oneOf(termStatuses) }

/** A term as others name it. */
export const TermRef = closed({ id: Id, ...termNames })
export type TermRef = Type.Static<typeof TermRef>
