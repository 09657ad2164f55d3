import { canSee, demand, visiblePlatforms } from '../../access/decide.ts'
import { Fault, notFound, versionConflict } from '../../fault.ts'
import { toInstant } from '../../time.ts'
import type { Verbs } from '../../verb.ts'
import type { AlertStore } from './store.ts'

type Names = 'alertList' | 'alertAcknowledge'

/** What fires and what fired, and saying that somebody looks at it. */
export const alertVerbs = (store: AlertStore): Verbs<Names> => ({
  alertList: (ctx, { query }) => store.listAlerts(ctx.actor, query),

  async alertAcknowledge(ctx, { params, body: { expected_version, note } }) {
    const alert = store.alert(params.id)
    if (alert === null) throw notFound()
    const { platform_id: platform } = alert
    const isSeen =
      platform === null
        ? visiblePlatforms(ctx.actor, 'alert.read') === 'all'
        : canSee(ctx.actor, 'alert.read', platform)
    if (!isSeen) throw notFound()
    demand(ctx.actor, 'alert.acknowledge', { platformIds: platform === null ? [] : [platform] })
    if (alert.version !== expected_version) throw versionConflict(alert)
    if (alert.state !== 'firing')
      throw new Fault('invalid_transition', 'Only an alert that fires can be acknowledged; this one does not.')
    return store.saveAlert(ctx, 'alert.acknowledge', alert, {
      acknowledged_by: ctx.actor.id,
      acknowledged_at: toInstant(ctx.now),
      note: note?.trim() || null,
    })
  },
})
