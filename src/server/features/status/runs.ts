import { isSnapshot, type SourceName } from '../../../contracts/sources.ts'
import type { IngestionRun } from '../../../contracts/status.ts'
import { forbidden, visiblePlatforms } from '../../access/decide.ts'
import { invalid } from '../../fault.ts'
import type { Verbs } from '../../verb.ts'
import type { StatusStore } from './store.ts'

type Names = 'ingestionRunList' | 'ingestionRunLatest' | 'ingestionRunTrigger'

export type Trigger = (source: SourceName, by: string, requestId: string) => Promise<IngestionRun>

/** What ingestion did, and asking it to poll now. */
/** @param snapshots sources that are read as a whole here */
export function runVerbs(store: StatusStore, trigger: Trigger, snapshots: readonly SourceName[]): Verbs<Names> {
  return {
    ingestionRunList: (_ctx, { query }) => store.listRuns(query),
    ingestionRunLatest: (_ctx, { query }) => store.latestRuns(query),

    async ingestionRunTrigger(ctx, { body }) {
      const visible = visiblePlatforms(ctx.actor, 'ingestion_run.trigger')
      if (isSnapshot(body.source)) {
        if (visible !== 'all') throw forbidden('ingestion_run.trigger', 'This source belongs to no platform.')
        if (!snapshots.includes(body.source)) throw invalid({ 'body.source': 'is not read here: see GROUPS_FROM_SCIM' })
        return trigger(body.source, ctx.actor.id, ctx.requestId)
      }
      const platformIds = store.platformsPolledBy(body.source)
      if (platformIds.length === 0) throw invalid({ 'body.source': 'feeds no enabled check' })
      if (visible !== 'all' && !platformIds.some((id) => visible.includes(id))) {
        throw forbidden('ingestion_run.trigger', 'This source feeds none of your platforms.')
      }
      return trigger(body.source, ctx.actor.id, ctx.requestId)
    },
  }
}
