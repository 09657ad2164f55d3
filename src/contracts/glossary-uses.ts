import * as Type from 'typebox'
import { TermRef } from './glossary-ref.ts'
import { closed, Id, line, nullable, oneOf } from './primitives.ts'
import { RoadmapRef } from './roadmap-ref.ts'
import { messageStates } from './status.ts'
import { WorkItemRef } from './tickets.ts'

/** Of each kind at most this many are named; the total counts them all. */
export const USES_MAX = 20

const uses = <T extends Type.TSchema>(item: T) =>
  nullable(closed({ total: Type.Integer({ minimum: 0 }), items: Type.Array(item, { maxItems: USES_MAX }) }))

const MessageRef = closed({ id: Id, title: Type.String({ maxLength: 200 }), state: oneOf(messageStates) })

/** Newest first, terms by name; null for a kind of which the caller may read none. */
export const TermUses = closed({
  /** What was looked for: the term and its synonyms. As in every search, case, accents and punctuation do not matter. */
  words: Type.Array(line(120), { maxItems: 21 }),
  tickets: uses(WorkItemRef),
  messages: uses(MessageRef),
  roadmap: uses(RoadmapRef),
  /** Other terms, in whose name, synonyms or definition it stands. */
  terms: uses(TermRef),
})
export type TermUses = Type.Static<typeof TermUses>
