import type { Portal } from './app.ts'
import { sampleTickets, type TicketStep, type TicketStory } from './demo/tickets/tickets.ts'
import { ctxOf } from './sample-people.ts'
import { idOf } from './storage/ids.ts'

/** Plays the lives of the sample tickets through the real acts, so that rules, history and counts are as people make them. */
export async function seedTickets(portal: Portal, now: number): Promise<void> {
  const ids = new Map(sampleTickets(now).map((story) => [story.key, idOfTicket(story)]))
  const missing = sampleTickets(now).filter((story) => portal.local.row('work_items', idOfTicket(story)) === undefined)
  // In the order of time over all tickets, since a duplicate names one that was there before.
  const acts = missing.flatMap((story) => [
    { at: story.at, act: () => open(portal, story) },
    ...story.steps.map((step) => ({
      at: step.at,
      act: () => take(portal, idOfTicket(story), step, ids),
    })),
  ])
  for (const { act } of acts.sort((a, b) => a.at - b.at)) await act()
}

export const idOfTicket = (story: TicketStory) => idOf('create', 'work_items', story.by, keyOf(story))
const keyOf = ({ key }: TicketStory) => `sample:${key}`

async function open(portal: Portal, story: TicketStory): Promise<void> {
  const ctx = ctxOf(story.by, story.at, keyOf(story))
  await portal.ticketVerbs.workItemCreate(ctx, { params: {}, query: {}, body: story.create })
}

async function take(
  { local, ticketVerbs: verbs }: Portal,
  id: string,
  step: TicketStep,
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const ctx = ctxOf(step.by, step.at)
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
