import type { Actor } from './access/actor.ts'
import { makeActor } from './access/bindings.ts'
import type { Portal } from './app.ts'
import {
  type SamplePerson,
  samplePeople,
  sampleTickets,
  type TicketStep,
  type TicketStory,
} from './demo/tickets/tickets.ts'
import { idOf, newId } from './storage/ids.ts'
import type { Ctx } from './verb.ts'

/** Plays the lives of the sample tickets through the real acts, so that rules, history and counts are as people make them. */
export async function seedTickets(portal: Portal, now: number): Promise<void> {
  const actors = new Map(samplePeople.map((person) => [person.email, actorOf(person)]))
  const ids = new Map(sampleTickets(now).map((story) => [story.key, idOfTicket(story)]))
  const actorNamed = (email: string): Actor => {
    const actor = actors.get(email)
    if (actor === undefined) throw new Error(`${email} is nobody in the sample company`)
    return actor
  }
  const missing = sampleTickets(now).filter((story) => portal.local.row('work_items', idOfTicket(story)) === undefined)
  // In the order of time over all tickets, since a duplicate names one that was there before.
  const acts = missing.flatMap((story) => [
    { at: story.at, act: () => open(portal, actorNamed(story.by), story) },
    ...story.steps.map((step) => ({
      at: step.at,
      act: () => take(portal, actorNamed(step.by), idOfTicket(story), step, ids),
    })),
  ])
  for (const { act } of acts.sort((a, b) => a.at - b.at)) await act()
}

export const idOfTicket = (story: TicketStory) => idOf('create', 'work_items', story.by, keyOf(story))
const keyOf = ({ key }: TicketStory) => `sample:${key}`

async function open(portal: Portal, actor: Actor, story: TicketStory): Promise<void> {
  const ctx = { ...ctxAt(actor, story.at), idempotencyKey: keyOf(story) }
  await portal.ticketVerbs.workItemCreate(ctx, { params: {}, query: {}, body: story.create })
}

async function take(
  { local, ticketVerbs: verbs }: Portal,
  actor: Actor,
  id: string,
  step: TicketStep,
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const ctx = ctxAt(actor, step.at)
  const input = { params: { id }, query: {}, body: undefined }
  const expected_version = local.row('work_items', id)?.version ?? 0
  switch (step.do) {
    case 'comment':
      await verbs.workItemComment(ctx, { ...input, body: { body: step.body } })
      return
    case 'vote':
      await verbs.workItemVote(ctx, input)
      return
    case 'watch':
      await verbs.workItemWatch(ctx, input)
      return
    case 'edit':
      await verbs.workItemEdit(ctx, { ...input, body: { ...step.changes, expected_version } })
      return
    case 'move': {
      const { duplicate_of, ...request } = step.request
      const original =
        duplicate_of === undefined ? undefined : (ids.get(duplicate_of.replace(/^ticket:/, '')) ?? duplicate_of)
      const body = { ...request, expected_version, ...(original !== undefined && { duplicate_of: original }) }
      await verbs.workItemTransition(ctx, { ...input, body })
    }
  }
}

export const ctxAt = (actor: Actor, at: number): Ctx => ({
  actor,
  now: at,
  requestId: newId(at),
  idempotencyKey: null,
  signal: new AbortController().signal,
  changesAt: () => undefined,
})

export function actorOf({ email, name, role, platformIds }: SamplePerson): Actor {
  const grants =
    role === 'service_owner'
      ? [
          { role: 'contributor' as const, platform_id: null },
          ...platformIds.map((platform_id) => ({ role, platform_id })),
        ]
      : [{ role, platform_id: null }]
  return makeActor('user', email, { user: null, email, name, groups: [] }, grants)
}
