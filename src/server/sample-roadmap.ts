import type { Portal } from './app.ts'
import { type CardStory, sampleRoadmap } from './demo/roadmap.ts'
import { sampleTickets } from './demo/tickets/tickets.ts'
import { ctxOf } from './sample-people.ts'
import { idOfTicket } from './sample-tickets.ts'
import { idOf } from './storage/ids.ts'

/** Writes the sample roadmap through the real acts, so that what was put off says so as people's own does. */
export async function seedRoadmap({ local, roadmapVerbs: verbs }: Portal, now: number): Promise<void> {
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
    const body = { ...story.create, work_item_ids: linked(story.tickets) }
    await verbs.roadmapCreate(ctxOf(story.by, story.at, keyOf(story)), { ...input, params: {}, body })
    for (const { at, to, reason } of story.slips) {
      const expected_version = local.row('roadmap_items', id)?.version ?? 0
      const change = { params: { id }, query: {} }
      if ('phase' in to)
        await verbs.roadmapMove(ctxOf(story.by, at), {
          ...change,
          body: { phase: to.phase, after_id: null, expected_version, reason },
        })
      else await verbs.roadmapEdit(ctxOf(story.by, at), { ...change, body: { ...to, expected_version, reason } })
    }
  }
}

const keyOf = ({ key }: CardStory) => `sample:card:${key}`
