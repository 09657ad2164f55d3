import { useNavigate } from '@tanstack/react-router'
import type { WorkItemDetail } from '../../../../contracts/tickets.ts'
import { useAct } from '../../../api/queries.ts'
import { toTickets } from '../../../paths.ts'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { tellDone, tellFault } from '../../../ui/notify.tsx'

export function DeleteDialog({ item, onClose }: { item: WorkItemDetail; onClose(): void }) {
  const remove = useAct('workItemDelete')
  const navigate = useNavigate()
  const confirm = () =>
    remove.mutate(
      { params: { id: item.id }, query: { expected_version: item.version } },
      {
        onSuccess: () => {
          tellDone('Ticket deleted')
          void navigate(toTickets())
        },
        onError: (fault) => {
          tellFault(fault)
          onClose()
        },
      },
    )
  return (
    <ConfirmDialog
      title="Delete this ticket?"
      act="Delete"
      isActing={remove.isPending}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>
        <bdi>{item.title}</bdi> will not be found any more, and neither will its comments and votes. Its history stays
        in the audit log. A ticket that came to nothing is better closed than deleted.
      </p>
    </ConfirmDialog>
  )
}
