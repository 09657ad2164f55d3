import type { Provenance } from './journal.ts'

interface Doer {
  id: string
  user: string | null
  email: string | null
  name: string | null
}

/** The part of a verb's context that is written down with what it did. */
export interface Doing {
  actor: Doer & { kind: string }
  now: number
  requestId: string
  /** Makes a repeated create the same create, also when the first one's answer was lost in a crash. */
  idempotencyKey?: string | null
}

/** Turns a verb's context into what every row version carries. `action` is the permission-style name of the act. */
export function provenanceOf(ctx: Doing, action: string): Provenance {
  const { id, kind, user, email, name } = ctx.actor
  return {
    by: id,
    actor: kind === 'user' ? { user, email, name } : null,
    at: ctx.now,
    action,
    requestId: ctx.requestId,
  }
}
