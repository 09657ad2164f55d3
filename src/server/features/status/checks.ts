import type { StatusCheck } from '../../../contracts/status.ts'
import type { Actor } from '../../access/actor.ts'
import { canSee, demand } from '../../access/decide.ts'
import { Fault, invalid, notFound, versionConflict } from '../../fault.ts'
import type { Verbs } from '../../verb.ts'
import type { Board } from './board.ts'
import { thresholdError } from './rules/check.ts'
import type { StatusStore } from './store.ts'

type Names = 'statusCheckList' | 'statusCheckCreate' | 'statusCheckRead' | 'statusCheckUpdate'
type CheckFields = Omit<StatusCheck, 'id' | 'version' | 'created_at' | 'created_by' | 'updated_at' | 'updated_by'>

const defaults = {
  description: '',
  interval_seconds: 300,
  warn_after_seconds: null,
  crit_after_seconds: null,
  for_minutes: 0,
  recover_minutes: 0,
  is_enabled: true,
}

/** What is measured about a platform, and when it counts as late. */
export function checkVerbs(store: StatusStore, board: Board): Verbs<Names> {
  const withStatus = (check: StatusCheck, now: number) => ({
    ...check,
    status: check.is_enabled ? board.status(check, now) : null,
  })

  return {
    statusCheckList(ctx, { query }) {
      ctx.changesAt(board.changesAt(ctx.now))
      const states = query.state === undefined ? null : board.checksInState(query.state, ctx.now)
      const page = store.listChecks(ctx.actor, { ...query, ids: states })
      return { ...page, items: page.items.map((check) => withStatus(check, ctx.now)) }
    },

    async statusCheckCreate(ctx, { body }) {
      const fields: CheckFields = { ...defaults, ...body }
      demandPlatform(store, ctx.actor, fields.platform_id)
      refuseNonsense(fields)
      return withStatus(await store.createCheck(ctx, fields), ctx.now)
    },

    statusCheckRead(ctx, { params }) {
      const check = store.check(params.id)
      if (check === null || !canSee(ctx.actor, 'check.read', check.platform_id)) throw notFound()
      ctx.changesAt(board.changesAt(ctx.now))
      return withStatus(check, ctx.now)
    },

    async statusCheckUpdate(ctx, { params, body: { expected_version, ...changes } }) {
      const check = store.check(params.id)
      if (check === null || !canSee(ctx.actor, 'check.read', check.platform_id)) throw notFound()
      demand(ctx.actor, 'check.write', { platformIds: [check.platform_id] })
      if (changes.platform_id !== undefined) demandPlatform(store, ctx.actor, changes.platform_id)
      if (check.version !== expected_version) throw versionConflict(check)
      refuseNonsense({ ...check, ...changes })
      return withStatus(await store.saveCheck(ctx, check, changes), ctx.now)
    },
  }
}

function demandPlatform(store: StatusStore, actor: Actor, platformId: string): void {
  const platform = store.platform(platformId)
  if (platform === null || !canSee(actor, 'platform.read', platformId))
    throw invalid({ 'body.platform_id': 'is not a platform' })
  demand(actor, 'check.write', { platformIds: [platformId] })
  if (platform.is_retired)
    throw new Fault('validation_error', 'This platform is retired.', {
      details: { fields: { 'body.platform_id': 'is retired' } },
    })
}

/** @throws Fault `validation_error` naming the field */
function refuseNonsense(check: CheckFields): void {
  const needsThresholds = check.kind === 'freshness' || check.source.connector === 'push'
  const wrong = thresholdError(check.warn_after_seconds, check.crit_after_seconds, needsThresholds)
  if (wrong !== null) throw invalid({ [`body.${wrong.field}`]: wrong.message })
  if (check.source.connector === 'http') {
    const { latency_warn_ms, latency_crit_ms, json_path, json_equals } = check.source
    if (latency_warn_ms !== undefined && latency_crit_ms !== undefined && latency_warn_ms >= latency_crit_ms) {
      throw invalid({ 'body.source.latency_crit_ms': 'must be more than latency_warn_ms' })
    }
    if (json_equals !== undefined && json_path === undefined)
      throw invalid({ 'body.source.json_path': 'is required with json_equals' })
  }
}
