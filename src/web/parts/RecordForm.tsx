import { Button } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { Dialog } from '../ui/Dialog.tsx'
import { FormError } from '../ui/FormError.tsx'
import stack from '../ui/Stack.module.css'
import type { useSaving } from './use-saving.ts'

const loadConflict = () => import('./ConflictDialog.tsx')
// `lazy` forgets that it is generic; what it loads is the very same component.
const ConflictDialog = lazy(async () => ({ default: (await loadConflict()).ConflictDialog })) as unknown as Loaded
type Loaded = Awaited<ReturnType<typeof loadConflict>>['ConflictDialog']

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
  /** For forms with long texts. */
  size?: 'lg' | 'xl'
  children: ReactNode
}

/** A record's form in a dialog: its fields, what went wrong, save and cancel; and when somebody was first, the choice. */
export function RecordForm<Draft extends object>(props: RecordFormProps<Draft>) {
  const { title, submitLabel, form, saving, labels, show, onClose, size = 'lg', children } = props
  // It is rarely needed, but then at once: a draft hangs on it.
  useEffect(() => void loadConflict().catch(() => undefined), [])
  return (
    <>
      <Dialog
        isOpen={saving.conflict === null}
        onClose={onClose}
        title={title}
        closeLabel="Close without saving"
        size={size}
      >
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
      <Suspense>
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
      </Suspense>
    </>
  )
}
