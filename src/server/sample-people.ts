import type { Actor } from './access/actor.ts'
import { makeActor } from './access/bindings.ts'
import { type SamplePerson, samplePeople } from './demo/tickets/tickets.ts'
import { newId } from './storage/ids.ts'
import type { Ctx } from './verb.ts'

const actors = new Map(samplePeople.map((person) => [person.email, actorOf(person)]))

/** Somebody of the sample company, by their address, acting at an instant; with a key when the act can come again. */
export function ctxOf(email: string, at: number, idempotencyKey: string | null = null): Ctx {
  const actor = actors.get(email)
  if (actor === undefined) throw new Error(`${email} is nobody in the sample company`)
  return {
    actor,
    now: at,
    requestId: newId(at),
    idempotencyKey,
    signal: new AbortController().signal,
    changesAt: () => undefined,
  }
}

function actorOf({ email, name, role, platformIds }: SamplePerson): Actor {
  const grants =
    role === 'service_owner'
      ? [
          { role: 'contributor' as const, platform_id: null },
          ...platformIds.map((platform_id) => ({ role, platform_id })),
        ]
      : [{ role, platform_id: null }]
  return makeActor('user', email, { user: null, email, name, groups: [] }, grants)
}
