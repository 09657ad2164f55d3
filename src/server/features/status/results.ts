import { canSee, demand } from '../../access/decide.ts'
import { invalid } from '../../fault.ts'
import type { Observation } from '../../storage/journal.ts'
import { DAY_MS, fromInstant } from '../../time.ts'
import type { Verbs } from '../../verb.ts'
import type { StatusStore } from './store.ts'

type Names = 'statusResultList' | 'statusResultLatest' | 'statusResultPush'

/** How far ahead of us a reporter's clock may be. */
const AHEAD_MS = 5 * 60_000

/** Observations: read, and pushed by external jobs. */
export function resultVerbs(store: StatusStore, retentionDays: number): Verbs<Names> {
  return {
    statusResultList: (ctx, { query }) => store.listResults(ctx.actor, query),
    statusResultLatest: (ctx, { query }) => store.listLatestResults(ctx.actor, query),

    async statusResultPush(ctx, { body }) {
      const pushed = 'observations' in body ? body.observations : [body]
      const oldestKept = Math.max(ctx.now - retentionDays * DAY_MS, store.resultsKeptFrom())
      const observations = pushed.map((observation, index): Observation => {
        const path = 'observations' in body ? `body.observations.${index}` : 'body'
        const check = store.check(observation.check_id)
        if (check === null || !canPush(ctx.actor, check.platform_id))
          throw invalid({ [`${path}.check_id`]: 'is not a check you can report for' })
        demand(ctx.actor, 'result.push', { platformIds: [check.platform_id] })
        refuseWrongTime(observation.measured_at, path, ctx.now, oldestKept)
        return { data_time: null, reading: null, observed_value: null, message: null, run_id: null, ...observation }
      })
      return store.observe(observations)
    },
  }
}

/** A machine token may push without reading; others are told 403 only about what they can see. */
const canPush = (actor: Parameters<typeof canSee>[0], platformId: string) =>
  canSee(actor, 'check.read', platformId) || canSee(actor, 'result.push', platformId)

function refuseWrongTime(measuredAt: string, path: string, now: number, oldestKept: number): void {
  const at = fromInstant(measuredAt)
  if (Number.isNaN(at)) throw invalid({ [`${path}.measured_at`]: 'is not a real date' })
  if (at > now + AHEAD_MS) throw invalid({ [`${path}.measured_at`]: 'lies in the future' })
  if (at < oldestKept) throw invalid({ [`${path}.measured_at`]: 'is older than results are kept' })
}
