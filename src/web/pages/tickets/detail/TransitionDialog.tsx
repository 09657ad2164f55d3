import '@mantine/core/styles/Radio.layer.css'
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { NOTE_MAX } from '../../../../contracts/tickets.ts'
import { ApiFault } from '../../../api/fault.ts'
import { useAct } from '../../../api/queries.ts'
import { MarkdownInput } from '../../../parts/MarkdownInput.tsx'
import { fieldErrors } from '../../../parts/use-saving.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FormError } from '../../../ui/FormError.tsx'
import { tellDone } from '../../../ui/notify.tsx'
import stack from '../../../ui/Stack.module.css'
import { noteLabel, resolutionWords, stateWords, waitingWords } from '../words.ts'
import { DuplicateField } from './DuplicateField.tsx'
import { MeanwhileNotice } from './MeanwhileNotice.tsx'
import {
  emptyTransition,
  sameOption,
  type TransitionDraft,
  transitionErrors,
  transitionRequest,
} from './transition-draft.ts'
import { type Asking, freshTicket } from './use-transition.ts'

interface DialogProps {
  asking: Asking
  /** Takes the note when the act is not possible any more. */
  onKeepText(text: string): void
  onClose(): void
}

/** Asks exactly for what a transition needs. When somebody changes the ticket first, says what, and keeps what is typed. */
export function TransitionDialog({ asking, onKeepText, onClose }: DialogProps) {
  const queries = useQueryClient()
  const act = useAct('workItemTransition')
  // What this person has seen: changes that come while the dialog is open are told before they are built on.
  const [seen, setSeen] = useState(asking.seen)
  const [before, setBefore] = useState(asking.before)
  const asked = asking.option
  const option = before === null ? asked : sameOption(seen.allowed_transitions, asked)
  const [draft, setDraft] = useState(emptyTransition)
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})
  const write = (field: keyof TransitionDraft, text: string) => {
    setDraft((before) => ({ ...before, [field]: text }))
    setErrors(({ [field]: _, ...others }) => others)
  }

  const send = async () => {
    if (option === undefined || act.isPending) return
    const missing = transitionErrors(draft, option, seen)
    setErrors(missing)
    if (Object.keys(missing).length > 0) return
    try {
      const body = transitionRequest(draft, option, seen.version)
      const { state } = await act.mutateAsync({ params: { id: seen.id }, body })
      tellDone(`It is now: ${stateWords[state]}`)
      onClose()
    } catch (thrown) {
      if (!(thrown instanceof ApiFault)) return
      setErrors(fieldErrors(thrown))
      if (thrown.code !== 'version_conflict') return
      const now = await queries.fetchQuery(freshTicket(seen.id)).catch(() => null)
      if (now === null) return
      setBefore(before ?? seen)
      setSeen(now)
    }
  }
  const isConflict = act.error?.code === 'version_conflict'
  return (
    <Dialog onClose={onClose} title={`${asked.label}: ${seen.title}`} closeLabel="Close without doing it">
      <form
        className={stack.section}
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
        noValidate
      >
        {before !== null && (
          <MeanwhileNotice before={before} now={seen} isStillPossible={option !== undefined} label={asked.label} />
        )}
        {asked.resolutions.length > 1 && (
          <NativeSelect
            label="Resolution"
            withAsterisk
            data={[
              { value: '', label: 'Choose' },
              ...(option ?? asked).resolutions.map((value) => ({ value, label: resolutionWords[value] })),
            ]}
            value={draft.resolution}
            onChange={(event) => write('resolution', event.currentTarget.value)}
            error={errors.resolution}
          />
        )}
        {asked.waiting_on.length > 0 && (
          <NativeSelect
            label="Waits for"
            withAsterisk
            data={[
              { value: '', label: 'Choose' },
              ...asked.waiting_on.map((value) => ({ value, label: upper(waitingWords[value]) })),
            ]}
            value={draft.waiting_on}
            onChange={(event) => write('waiting_on', event.currentTarget.value)}
            error={errors.waiting_on}
          />
        )}
        {asked.duplicate_of && (
          <DuplicateField
            item={seen}
            value={draft.duplicate_of}
            onChange={(id) => write('duplicate_of', id)}
            error={errors.duplicate_of}
          />
        )}
        {asked.assignee !== null && (
          <TextInput
            label="Assignee"
            description={
              seen.assigned_to === null ? 'Email or user name' : `Email or user name; empty leaves ${seen.assigned_to}`
            }
            placeholder={asked.assignee === 'actor' && seen.assigned_to === null ? 'you' : undefined}
            withAsterisk={asked.assignee === 'required' && seen.assigned_to === null}
            maxLength={320}
            value={draft.assigned_to}
            onChange={(event) => write('assigned_to', event.currentTarget.value)}
            error={errors.assigned_to}
          />
        )}
        {asked.note !== null && (
          <MarkdownInput
            label={noteLabel(asked) ?? 'Note'}
            required
            rows={4}
            lengthMax={NOTE_MAX}
            value={draft.note}
            onChange={(text) => write('note', text)}
            error={errors.note}
          />
        )}
        <FormError fault={isConflict ? null : act.error} />
        <div className={stack.row}>
          {option !== undefined && (
            <Button type="submit" loading={act.isPending}>
              {asked.label}
            </Button>
          )}
          {option === undefined && draft.note.trim() !== '' && (
            <Button
              onClick={() => {
                onKeepText(draft.note)
                onClose()
              }}
            >
              Keep my text as a comment
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
