import type { Page } from '../../../contracts/primitives.ts'
import type { WorkItemComment } from '../../../contracts/tickets.ts'
import type { Local } from '../../storage/local/open.ts'
import type { Doing } from '../../storage/provenance.ts'
import type { Repository } from '../../storage/repository.ts'

export const createCommentStore = (comments: Repository<'work_item_comments'>, local: Local) => ({
  comment: (id: string): WorkItemComment | null => comments.find(id),
  /** Oldest first. */
  listComments(
    itemId: string,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Page<WorkItemComment> {
    const { rows, ...rest } = local.page({
      table: 'work_item_comments',
      where: 'work_item_id = :item',
      params: { item: itemId },
      order: [{ column: 'created_at', direction: 'asc' }],
      limit,
      cursor,
    })
    return { items: rows.map(({ is_deleted, action, request_id, actor, ...comment }) => comment), ...rest }
  },
  createComment: (
    doing: Doing,
    fields: Pick<WorkItemComment, 'work_item_id' | 'body' | 'by_staff'>,
  ): Promise<WorkItemComment> => comments.create(doing, 'work_item.comment', fields),
  saveComment: (doing: Doing, comment: WorkItemComment, body: string): Promise<WorkItemComment> =>
    comments.update(doing, 'comment.edit', comment, { body }),
  removeComment: (doing: Doing, comment: WorkItemComment): Promise<WorkItemComment> =>
    comments.remove(doing, 'comment.delete', comment),
  /** Newest comment on it, by anybody and by its author; null when there is none. */
  lastComments: (itemId: string, author: string): { last: string | null; lastByAuthor: string | null } =>
    local.get<{ last: string | null; lastByAuthor: string | null }>(
      `SELECT max(created_at) AS last, max(CASE WHEN created_by = :author THEN created_at END) AS lastByAuthor
       FROM work_item_comments WHERE work_item_id = :item AND is_deleted = 0`,
      { item: itemId, author },
    ) ?? { last: null, lastByAuthor: null },
})
