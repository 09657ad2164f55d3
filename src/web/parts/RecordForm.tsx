import { Button } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { ReactNode } from 'react'
import { Dialog } from '../ui/Dialog.tsx'
import { FormError } from '../ui/FormError.tsx'
import stack from '../ui/Stack.module.css'
import { ConflictDialog } from './ConflictDialog.tsx'
import type { useSaving } from './use-saving.ts'

interface RecordFormProps<Draft extends object> {
  title: string
  submitLabel: string
  form: UseFormReturnType<Draft>
  saving: ReturnType<typeof useSaving<Draft>>
  /** Fields by name, as people read them. */
  labels: Readonly<Record<string, string>>
  /** How a field's value reads when two people disagree about it. */
  show(field: string, value: unknown): string
  onClose(): void
  children: ReactNode
}

/** A record's form in a dialog: its fields, what went wrong, save and cancel; and when somebody was first, the choice. */
export function RecordForm<Draft extends object>(props: RecordFormProps<Draft>) {
  const { title, submitLabel, form, saving, labels, show, onClose, children } = props
  return (
    <>
      <Dialog isOpen={saving.conflict === null} onClose={onClose} title={title} closeLabel="Close without saving">
        <form className={stack.section} onSubmit={form.onSubmit(saving.submit)} noValidate>
          {children}
          <FormError fault={saving.error} />
          <div className={stack.row}>
            <Button type="submit" loading={saving.isSaving}>
              {submitLabel}
            </Button>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
          </div>
        </form>
      </Dialog>
      {saving.conflict !== null && (
        <ConflictDialog
          conflict={saving.conflict}
          labels={labels}
          show={show}
          onSettle={(chosen) => {
            form.setValues(chosen)
            saving.settle(chosen)
          }}
          onKeepEditing={saving.keepEditing}
        />
      )}
    </>
  )
}
