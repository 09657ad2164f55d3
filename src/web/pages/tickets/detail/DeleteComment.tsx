import type { WorkItemComment } from '../../../../contracts/tickets.ts'
import { useAct } from '../../../api/queries.ts'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { tellDone, tellFault } from '../../../ui/notify.tsx'

export function DeleteComment({ comment, onClose }: { comment: WorkItemComment; onClose(): void }) {
  const remove = useAct('workItemCommentDelete')
  const confirm = () =>
    remove.mutate(
      { params: { id: comment.work_item_id, comment_id: comment.id } },
      {
        onSuccess: () => {
          tellDone('Comment deleted')
          onClose()
        },
        onError: (fault) => {
          tellFault(fault)
          onClose()
        },
      },
    )
  return (
    <ConfirmDialog
      title="Delete this comment?"
      act="Delete comment"
      isActing={remove.isPending}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>Nobody reads it any more; the history says that there was one.</p>
    </ConfirmDialog>
  )
}
