import { canSee } from '../../access/decide.ts'
import { Fault, notFound, versionConflict } from '../../fault.ts'
import type { Verbs } from '../../verb.ts'
import type { StatusStore } from './store.ts'

type Names = 'platformList' | 'platformCreate' | 'platformRead' | 'platformUpdate' | 'platformRetire'

/** What is watched. A platform is never removed; retired, it leaves the dashboard and keeps its history. */
export function platformVerbs(store: StatusStore): Verbs<Names> {
  return {
    platformList: (ctx, { query }) => store.listPlatforms(ctx.actor, query),

    async platformCreate(ctx, { body }) {
      if (!store.isRepeatedPlatform(ctx)) refuseTakenName(store, body.name, null)
      return store.createPlatform(ctx, { description: '', owner: '', ...body, is_retired: false })
    },

    platformRead(ctx, { params }) {
      const platform = store.platform(params.id)
      if (platform === null || !canSee(ctx.actor, 'platform.read', platform.id)) throw notFound()
      return platform
    },

    async platformUpdate(ctx, { params, body: { expected_version, ...changes } }) {
      const platform = store.reachPlatform(ctx.actor, 'platform.update', params.id)
      if (platform.version !== expected_version) throw versionConflict(platform)
      if (changes.name !== undefined) refuseTakenName(store, changes.name, platform.id)
      return store.savePlatform(ctx, 'platform.update', platform, changes)
    },

    async platformRetire(ctx, { params, query }) {
      const platform = store.reachPlatform(ctx.actor, 'platform.retire', params.id)
      if (platform.version !== query.expected_version) throw versionConflict(platform)
      return store.savePlatform(ctx, 'platform.retire', platform, { is_retired: true })
    },
  }
}

function refuseTakenName(store: StatusStore, name: string, exceptId: string | null): void {
  const taken = store.platformNamed(name)
  if (taken !== undefined && taken.id !== exceptId)
    throw new Fault('duplicate', `There is already a platform named ${taken.name}.`)
}
