import type { RoadmapRecord } from '../../../contracts/roadmap.ts'
import { invalid } from '../../fault.ts'
import type { Verb } from '../../verb.ts'
import { reachCurrent, reasonFor } from './reach.ts'
import { evenRanks, RANK_LENGTH_MAX, rankBetween } from './rules/rank.ts'
import type { RoadmapStore } from './store.ts'

/** Puts a card after another, or on top. The portal computes the place, so two people never compute the same one. */
export const moveItem =
  (store: RoadmapStore): Verb<'roadmapMove'> =>
  async (ctx, { params, body: { phase, after_id, expected_version, reason } }) => {
    const item = reachCurrent(store, ctx.actor, params.id, expected_version)
    const others = store.places(phase).filter(({ id }) => id !== item.id)
    const at = after_id === null ? 0 : 1 + others.findIndex(({ id }) => id === after_id)
    if (after_id !== null && at === 0) throw invalid({ 'body.after_id': 'is not a card of this phase' })
    const moved = { phase, ...reasonFor(item, { ...item, phase }, ctx, reason) }
    const rank = rankAt(others, at)
    const saved =
      rank === null
        ? await store.reorder(ctx, ranksAnew(others, at, item), item, moved)
        : await store.save(ctx, 'roadmap.move', item, {
            ...moved,
            ...(isAlreadyThere(item, phase, others, at) ? {} : { rank }),
          })
    return store.withCounts([saved])[0] ?? { ...saved, demand: 0, progress: { done: 0, total: 0 } }
  }

type Places = readonly { id: string; rank: string }[]

/** Null when all ranks have to be made anew: no room, or no short one. */
export function rankAt(others: Places, at: number): string | null {
  const [before = null, after = null] = [others[at - 1]?.rank, others[at]?.rank]
  if (before !== null && after !== null && before >= after) return null
  const rank = rankBetween(before, after)
  return rank.length > RANK_LENGTH_MAX ? null : rank
}

function ranksAnew(others: Places, at: number, item: RoadmapRecord): Map<string, string> {
  const ids = others.map(({ id }) => id).toSpliced(at, 0, item.id)
  const ranks = evenRanks(ids.length)
  return new Map(ids.map((id, i) => [id, ranks[i] ?? '1']))
}

/** A card put where it is keeps its rank, so that nothing changes and no version is made. */
function isAlreadyThere(item: RoadmapRecord, phase: RoadmapRecord['phase'], others: Places, at: number): boolean {
  const [before, after] = [others[at - 1]?.rank, others[at]?.rank]
  return (
    item.phase === phase && (before === undefined || before < item.rank) && (after === undefined || item.rank < after)
  )
}
