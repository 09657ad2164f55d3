import type { Permission } from '../../../contracts/permissions.ts'
import { LIMIT_DEFAULT } from '../../../contracts/primitives.ts'
import type { WorkItemComment } from '../../../contracts/tickets.ts'
import { decide, demand } from '../../access/decide.ts'
import { notFound, versionConflict } from '../../fault.ts'
import type { Ctx, Verbs } from '../../verb.ts'
import { reach, targetOf } from './reach.ts'
import type { TicketsStore } from './store.ts'
import type { Timers } from './timers.ts'

type Names = 'workItemCommentList' | 'workItemComment' | 'workItemCommentEdit' | 'workItemCommentDelete'

/** What people say. Comments need no version: they are added, and each has one author. */
export function commentVerbs(store: TicketsStore, timers: Timers): Verbs<Names> {
  return {
    workItemCommentList(ctx, { params, query: { limit = LIMIT_DEFAULT, cursor } }) {
      const item = reach(store, ctx.actor, 'work_item.read', params.id)
      return store.listComments(item.id, { limit, cursor })
    },

    async workItemComment(ctx, { params, body }) {
      const item = reach(store, ctx.actor, 'work_item.comment', params.id)
      const comment = await store.createComment(ctx, {
        work_item_id: item.id,
        body: body.body,
        by_staff: decide(ctx.actor, 'work_item.triage', targetOf(item)).allowed,
      })
      await timers.settle(item.id, ctx.now, ctx.requestId)
      return comment
    },

    async workItemCommentEdit(ctx, { params, body }) {
      const comment = reachComment(store, ctx, 'comment.edit', params)
      if (body.expected_version !== undefined && body.expected_version !== comment.version)
        throw versionConflict(comment)
      return store.saveComment(ctx, comment, body.body)
    },

    async workItemCommentDelete(ctx, { params }) {
      return store.removeComment(ctx, reachComment(store, ctx, 'comment.delete', params))
    },
  }
}

function reachComment(
  store: TicketsStore,
  ctx: Ctx,
  permission: Permission,
  { id, comment_id }: { id: string; comment_id: string },
): WorkItemComment {
  const item = reach(store, ctx.actor, 'work_item.read', id)
  const comment = store.comment(comment_id)
  if (comment === null || comment.work_item_id !== item.id) throw notFound()
  demand(ctx.actor, permission, { ...targetOf(item), owner: comment.created_by })
  return comment
}
