import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Dialog } from '../../../ui/Dialog.tsx'
import stack from '../../../ui/Stack.module.css'
import { nameError, VIEW_NAME_MAX, type View } from './views.ts'

export function SaveViewDialog({
  views,
  onSave,
  onClose,
}: {
  views: readonly View[]
  onSave(name: string): void
  onClose(): void
}) {
  const [name, setName] = useState('')
  const [error, setError] = useState<string | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wrong = nameError(name, views)
    setError(wrong)
    if (wrong !== null) return
    onSave(name.trim())
    onClose()
  }
  const isThere = views.some((view) => view.name === name.trim())
  return (
    <Dialog title="Save this view" closeLabel="Close without saving" onClose={onClose} size="sm">
      <form className={stack.section} onSubmit={submit} noValidate>
        <TextInput
          label="Name"
          description="Kept in this browser. To share a view, share its address."
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value)
            setError(null)
          }}
          error={error}
          maxLength={VIEW_NAME_MAX}
          data-autofocus
        />
        <div className={stack.row}>
          <Button type="submit">{isThere ? 'Replace' : 'Save'}</Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
