import * as Type from 'typebox'
import { TermRef } from './glossary-ref.ts'
import { closed, Instant, oneOf, Principal, page } from './primitives.ts'

export const termEventTypes = ['CREATE', 'EDIT', 'STATUS_CHANGE', 'DELETE'] as const
export type TermEventType = (typeof termEventTypes)[number]

const FieldValue = Type.Unsafe<unknown>({ description: 'As the field holds it; null when it had none' })

/** Derived from row versions; nothing else writes one. */
export const TermEvent = closed({
  /** The record's id and version. */
  id: Type.String({ maxLength: 60 }),
  type: oneOf(termEventTypes),
  at: Instant,
  by: Principal,
  /** The act that made the version: `glossary.edit`, `glossary.import`. */
  action: Type.String({ maxLength: 80 }),
  changes: Type.Array(closed({ field: Type.String({ maxLength: 40 }), from: FieldValue, to: FieldValue }), {
    maxItems: 40,
  }),
  /** The terms that `replaced_by` names in the changes, as far as they are there. */
  named: Type.Array(TermRef, { maxItems: 2 }),
})
export type TermEvent = Type.Static<typeof TermEvent>
export const TermEventPage = page(TermEvent)
