import type { RoleBinding } from '../../../../contracts/access.ts'
import { useMe } from '../../../api/me.ts'
import { useAct } from '../../../api/queries.ts'
import { roleWords } from '../../../parts/roles.ts'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { FormError } from '../../../ui/FormError.tsx'
import { tellDone } from '../../../ui/notify.tsx'
import stack from '../../../ui/Stack.module.css'

/** Asks before a role is taken away; why it cannot be is said where it was asked. */
export function RemoveBinding({ binding, where, onClose }: { binding: RoleBinding; where: string; onClose(): void }) {
  const me = useMe()
  const remove = useAct('roleBindingDelete')
  const confirm = () =>
    remove.mutate(
      { params: { id: binding.id }, query: { expected_version: binding.version } },
      {
        onSuccess: () => {
          tellDone('Role removed. It ended at once.')
          onClose()
        },
      },
    )
  const isMine = binding.principal_kind === 'user' && [me?.id, me?.email].includes(binding.principal)
  return (
    <ConfirmDialog
      title="Remove this role?"
      act="Remove role"
      isActing={remove.isPending}
      onConfirm={confirm}
      onClose={onClose}
    >
      <div className={stack.section}>
        <p className={stack.plain}>
          <bdi>{binding.principal}</bdi> is then no longer {roleWords[binding.role].toLowerCase()} {where}.
          {isMine && ' That is you: what only this role allows you ends at once.'}
        </p>
        <FormError fault={remove.error} />
      </div>
    </ConfirmDialog>
  )
}
