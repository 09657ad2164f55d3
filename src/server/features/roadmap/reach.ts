import type { RoadmapRecord } from '../../../contracts/roadmap.ts'
import { isPutOff } from '../../../contracts/roadmap-ref.ts'
import type { Actor } from '../../access/actor.ts'
import { decide, demand, type Target } from '../../access/decide.ts'
import { invalid, notFound, versionConflict } from '../../fault.ts'
import type { Ctx } from '../../verb.ts'
import { withSlip } from './rules/slip.ts'
import type { RoadmapStore } from './store.ts'

export const targetOf = ({ platform_id }: { platform_id: string | null }): Target => ({
  platformIds: platform_id === null ? [] : [platform_id],
})

export const maySee = (actor: Actor, item: { platform_id: string | null }): boolean =>
  decide(actor, 'roadmap.read', targetOf(item)).allowed

/** @throws Fault `not_found` for a stranger, `forbidden` for who sees it and may not, then `version_conflict` */
export function reachCurrent(store: RoadmapStore, actor: Actor, id: string, expectedVersion: number): RoadmapRecord {
  const item = store.item(id)
  if (item === null || !maySee(actor, item)) throw notFound()
  demand(actor, 'roadmap.write', targetOf(item))
  if (item.version !== expectedVersion) throw versionConflict(item)
  return item
}

/** What a change of plan adds to the card's past. Putting it off needs a reason. */
export function reasonFor(
  before: RoadmapRecord,
  after: Pick<RoadmapRecord, 'phase' | 'target_quarter'>,
  ctx: Ctx,
  reason: string | undefined,
): Pick<RoadmapRecord, 'slips'> | Record<never, never> {
  if (!isPutOff(before, after)) return {}
  if (reason === undefined) throw invalid({ 'body.reason': 'is needed, because this puts it off' })
  return { slips: withSlip(before, ctx.actor.id, ctx.now, reason) }
}
