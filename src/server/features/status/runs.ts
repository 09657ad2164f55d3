import type { ConnectorName } from '../../../contracts/sources.ts'
import type { IngestionRun } from '../../../contracts/status.ts'
import { forbidden, visiblePlatforms } from '../../access/decide.ts'
import { invalid } from '../../fault.ts'
import type { Verbs } from '../../verb.ts'
import type { StatusStore } from './store.ts'

type Names = 'ingestionRunList' | 'ingestionRunLatest' | 'ingestionRunTrigger'

export type Trigger = (source: ConnectorName, by: string, requestId: string) => Promise<IngestionRun>

/** What ingestion did, and asking it to poll now. */
export function runVerbs(store: StatusStore, trigger: Trigger): Verbs<Names> {
  return {
    ingestionRunList: (_ctx, { query }) => store.listRuns(query),
    ingestionRunLatest: (_ctx, { query }) => store.latestRuns(query),

    async ingestionRunTrigger(ctx, { body }) {
      const platformIds = store.platformsPolledBy(body.source)
      if (platformIds.length === 0) throw invalid({ 'body.source': 'feeds no enabled check' })
      const visible = visiblePlatforms(ctx.actor, 'ingestion_run.trigger')
      if (visible !== 'all' && !platformIds.some((id) => visible.includes(id))) {
        throw forbidden('ingestion_run.trigger', 'This source feeds none of your platforms.')
      }
      return trigger(body.source, ctx.actor.id, ctx.requestId)
    },
  }
}
