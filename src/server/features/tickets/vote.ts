import { Fault } from '../../fault.ts'
import type { Ctx, Verbs } from '../../verb.ts'
import { reach } from './reach.ts'
import type { TicketsStore } from './store.ts'

type Names = 'workItemVote' | 'workItemUnvote' | 'workItemWatch' | 'workItemUnwatch'

/** Votes and followers: one record per item and person, so that repeating an intent changes nothing. */
export function voteVerbs(store: TicketsStore): Verbs<Names> {
  const answer = (ctx: Ctx, id: string) => ({ votes: store.votesOf(id), voted: store.hasVoted(id, ctx.actor.id) })
  const isWatching = (ctx: Ctx, id: string) => ({
    watching: store.relations(ctx.actor.id, [id]).get(id)?.watching ?? false,
  })

  return {
    async workItemVote(ctx, { params }) {
      const item = reach(store, ctx.actor, 'work_item.vote', params.id)
      if (item.category === 'done' && !store.hasVoted(item.id, ctx.actor.id)) throw closed()
      await once(() => store.vote(ctx, item.id))
      return answer(ctx, item.id)
    },
    async workItemUnvote(ctx, { params }) {
      const item = reach(store, ctx.actor, 'work_item.vote', params.id)
      if (item.category === 'done' && store.hasVoted(item.id, ctx.actor.id)) throw closed()
      await once(() => store.unvote(ctx, item.id))
      return answer(ctx, item.id)
    },
    async workItemWatch(ctx, { params }) {
      const item = reach(store, ctx.actor, 'work_item.read', params.id)
      if (!isWatching(ctx, item.id).watching) await once(() => store.watch(ctx, item.id, true))
      return isWatching(ctx, item.id)
    },
    async workItemUnwatch(ctx, { params }) {
      const item = reach(store, ctx.actor, 'work_item.read', params.id)
      if (isWatching(ctx, item.id).watching) await once(() => store.watch(ctx, item.id, false))
      return isWatching(ctx, item.id)
    },
  }
}

const closed = () => new Fault('voting_closed', 'This ticket is done, so its votes stay as they are.')

/** The same person in two windows wants the same thing twice; whoever is second finds it done. */
async function once(act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (fault) {
    if (!(fault instanceof Fault) || fault.code !== 'version_conflict') throw fault
    await act()
  }
}
