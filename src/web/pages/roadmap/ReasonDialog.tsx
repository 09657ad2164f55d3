import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { REASON_MAX } from '../../../contracts/roadmap.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import stack from '../../ui/Stack.module.css'

/** What is put off says why, and the card keeps it. */
export function ReasonDialog({
  title,
  act,
  returnTo,
  onAnswer,
}: {
  title: string
  act: string
  /** Id of what gets the focus afterwards. */
  returnTo: string
  onAnswer(reason: string | null): void
}) {
  const [reason, setReason] = useState('')
  const [isWanting, setIsWanting] = useState(false)
  return (
    <Dialog
      title={title}
      closeLabel="Leave it where it was"
      size="md"
      returnTo={returnTo}
      onClose={() => onAnswer(null)}
    >
      <form
        className={stack.section}
        onSubmit={(event) => {
          event.preventDefault()
          if (reason.trim() === '') setIsWanting(true)
          else onAnswer(reason.trim())
        }}
      >
        <TextInput
          label="Why later"
          description="Shown on the card, with what it was before"
          withAsterisk
          maxLength={REASON_MAX}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={isWanting && reason.trim() === '' ? 'Say why, in a sentence' : null}
        />
        <div className={stack.row}>
          <Button type="submit">{act}</Button>
          <Button variant="default" onClick={() => onAnswer(null)}>
            Leave it
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
