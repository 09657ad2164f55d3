import { Button, Textarea } from '@mantine/core'
import { Dialog } from '../ui/Dialog.tsx'
import stack from '../ui/Stack.module.css'
import type { ConflictProps } from './ConflictDialog.tsx'
import { changesFrom } from './conflict.ts'

/** What was being edited is gone. The draft stays readable, so that its words can go somewhere else. */
export function DeletedDialog<Draft extends object>({
  conflict: { base, mine },
  labels,
  show,
  onKeepEditing,
}: Omit<ConflictProps<Draft>, 'conflict'> & { conflict: { base: Draft; mine: Draft } }) {
  return (
    <Dialog onClose={onKeepEditing} title="Somebody deleted this" closeLabel="Close and keep my draft">
      <div className={stack.section}>
        <p className={stack.plain}>
          It was deleted while you were editing, or you may not see it any more, so it cannot be saved. This is what you
          changed; copy what you still need:
        </p>
        {Object.entries(changesFrom(base, mine)).map(([field, value]) => (
          <Textarea key={field} label={labels[field] ?? field} value={show(field, value)} readOnly rows={3} />
        ))}
        <div className={stack.row}>
          <Button variant="default" onClick={onKeepEditing}>
            Back to my draft
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
