import type { Portal } from './app.ts'
import { type CardStory, sampleRoadmap } from './demo/roadmap.ts'
import { samplePeople, sampleTickets } from './demo/tickets/tickets.ts'
import { actorOf, ctxAt, idOfTicket } from './sample-tickets.ts'
import { idOf } from './storage/ids.ts'

/** Writes the sample roadmap through the real acts, so that what was put off says so as people's own does. */
export async function seedRoadmap({ local, roadmapVerbs: verbs }: Portal, now: number): Promise<void> {
  const actors = new Map(samplePeople.map((person) => [person.email, actorOf(person)]))
  const ticketIds = new Map(sampleTickets(now).map((story) => [story.key, idOfTicket(story)]))
  const linked = (keys: readonly string[]) =>
    keys.map((key) => {
      const id = ticketIds.get(key)
      if (id === undefined) throw new Error(`${key} is no ticket of the sample company`)
      return id
    })
  const input = { params: { id: '' }, query: {}, body: undefined }

  for (const story of sampleRoadmap(now)) {
    const id = idOf('create', 'roadmap_items', story.by, keyOf(story))
    if (local.row('roadmap_items', id) !== undefined) continue
    const actor = actors.get(story.by)
    if (actor === undefined) throw new Error(`${story.by} is nobody in the sample company`)
    const body = { ...story.create, work_item_ids: linked(story.tickets) }
    await verbs.roadmapCreate(
      { ...ctxAt(actor, story.at), idempotencyKey: keyOf(story) },
      { ...input, params: {}, body },
    )
    for (const { at, to, reason } of story.slips) {
      const expected_version = local.row('roadmap_items', id)?.version ?? 0
      const change = { params: { id }, query: {} }
      if ('phase' in to)
        await verbs.roadmapMove(ctxAt(actor, at), {
          ...change,
          body: { phase: to.phase, after_id: null, expected_version, reason },
        })
      else await verbs.roadmapEdit(ctxAt(actor, at), { ...change, body: { ...to, expected_version, reason } })
    }
  }
}

const keyOf = ({ key }: CardStory) => `sample:card:${key}`
