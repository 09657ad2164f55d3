import { Button } from '@mantine/core'
import type { StatusMessage } from '../../../../contracts/status.ts'
import { canWriteMessage } from '../../../api/can.ts'
import { useMe } from '../../../api/me.ts'
import { useAct } from '../../../api/queries.ts'
import { tellDone, tellFault } from '../../../ui/notify.tsx'
import stack from '../../../ui/Stack.module.css'

/** What may become of a message: draft -> published -> archived -> draft. */
export function MessageActions({
  message,
  onEdit,
  onNote,
}: {
  message: StatusMessage
  onEdit(): void
  onNote(): void
}) {
  const me = useMe()
  const publish = useAct('statusMessagePublish')
  const archive = useAct('statusMessageArchive')
  const update = useAct('statusMessageUpdate')
  if (!canWriteMessage(me, message.platform_ids)) return null

  const { id, version, state, title } = message
  const move = { params: { id }, body: { expected_version: version } }
  const tell = (done: string) => ({ onSuccess: () => tellDone(done), onError: tellFault })
  const button = (act: string, onClick: () => void, isPending = false) => (
    <Button
      variant={act === 'Publish' ? 'filled' : 'default'}
      size="xs"
      onClick={onClick}
      loading={isPending}
      aria-label={`${act}: ${title}`}
    >
      {act}
    </Button>
  )
  return (
    <div className={stack.row}>
      {state === 'draft' &&
        button(
          'Publish',
          () => publish.mutate(move, tell('Published: people see it now, or when it begins')),
          publish.isPending,
        )}
      {state === 'published' && button('Post update', onNote)}
      {state !== 'archived' && button('Edit', onEdit)}
      {state !== 'archived' && button('Archive', () => archive.mutate(move, tell('Archived')), archive.isPending)}
      {state === 'archived' &&
        button(
          'Back to draft',
          () => update.mutate({ ...move, body: { ...move.body, state: 'draft' } }, tell('It is a draft again')),
          update.isPending,
        )}
    </div>
  )
}
