import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Alert } from '../../../../contracts/alerts.ts'
import { useAct } from '../../../api/queries.ts'
import { alertName } from '../../../parts/alerts.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FormError } from '../../../ui/FormError.tsx'
import { tellDone } from '../../../ui/notify.tsx'
import stack from '../../../ui/Stack.module.css'

const NOTE_MAX = 2000

/** Tells the others that somebody looks at it. The list follows the portal, so this is about the newest version. */
export function AcknowledgeForm({ alert, onClose }: { alert: Alert; onClose(): void }) {
  const acknowledge = useAct('alertAcknowledge')
  const [note, setNote] = useState(alert.note ?? '')
  const submit = () =>
    acknowledge.mutate(
      {
        params: { id: alert.id },
        body: { expected_version: alert.version, ...(note.trim() === '' ? {} : { note: note.trim() }) },
      },
      {
        onSuccess: () => {
          tellDone('Acknowledged')
          onClose()
        },
      },
    )
  return (
    <Dialog onClose={onClose} title={`Acknowledge: ${alertName(alert)}`} closeLabel="Close without acknowledging">
      <form
        className={stack.section}
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <TextInput
          label="Note"
          description="What you do about it, for whoever looks next"
          maxLength={NOTE_MAX}
          data-autofocus
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <FormError fault={acknowledge.error} />
        <div className={stack.row}>
          <Button type="submit" loading={acknowledge.isPending}>
            Acknowledge
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
