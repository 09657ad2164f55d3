import { Button } from '@mantine/core'
import { useState } from 'react'
import type { StatusMessage } from '../../../../contracts/status.ts'
import { call } from '../../../api/client.ts'
import { ApiFault } from '../../../api/fault.ts'
import { useAct } from '../../../api/queries.ts'
import { MarkdownInput } from '../../../parts/MarkdownInput.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FormError } from '../../../ui/FormError.tsx'
import { tellDone } from '../../../ui/notify.tsx'
import stack from '../../../ui/Stack.module.css'

/**
 * Adds to the timeline. Adding contradicts nobody: when somebody saved meanwhile, it goes on top of what is there now,
 * once the writer has seen that it changed.
 */
export function NoteForm({ message, onClose }: { message: StatusMessage; onClose(): void }) {
  const note = useAct('statusMessageNote')
  const [body, setBody] = useState('')
  const [version, setVersion] = useState(message.version)
  const [hasChanged, setHasChanged] = useState(false)
  const submit = async () => {
    try {
      await note.mutateAsync({ params: { id: message.id }, body: { body, expected_version: version } })
      tellDone('Update posted')
      onClose()
    } catch (error) {
      if (!(error instanceof ApiFault) || error.code !== 'version_conflict') return
      const current = await call('statusMessageRead', { params: { id: message.id } }).catch(() => null)
      if (current === null) return
      setVersion(current.version)
      setHasChanged(true)
    }
  }
  const isConflict = note.error?.code === 'version_conflict'
  return (
    <Dialog onClose={onClose} title={`Post an update: ${message.title}`} closeLabel="Close without posting">
      <form
        className={stack.section}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <MarkdownInput label="Update" value={body} onChange={setBody} rows={4} />
        {hasChanged && isConflict && (
          <p role="alert">Somebody changed this message while you wrote. Your text is kept; post again to add it.</p>
        )}
        <FormError fault={isConflict ? null : note.error} />
        <div className={stack.row}>
          <Button type="submit" loading={note.isPending} disabled={body.trim() === ''}>
            Post update
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
