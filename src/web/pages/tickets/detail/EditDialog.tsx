import '@mantine/core/styles/Radio.layer.css'
import { NativeSelect, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import {
  environments,
  itemSeverities,
  priorities,
  TAG_MAX,
  TAGS_MAX,
  TITLE_MAX,
  type WorkItemDetail,
} from '../../../../contracts/tickets.ts'
import { useCan } from '../../../api/me.ts'
import { useAct } from '../../../api/queries.ts'
import { usePlatformNames } from '../../../api/summary.ts'
import { MarkdownInput } from '../../../parts/MarkdownInput.tsx'
import { RecordForm } from '../../../parts/RecordForm.tsx'
import { TagsField } from '../../../parts/TagsField.tsx'
import { TimeAgo } from '../../../parts/TimeAgo.tsx'
import { useSaving } from '../../../parts/use-saving.ts'
import { tellDone } from '../../../ui/notify.tsx'
import { fromLocalInput, toLocalInput } from '../../../ui/time.ts'
import { priorityWords, severityWords } from '../words.ts'
import { AnswerFields } from './AnswerFields.tsx'
import classes from './EditDialog.module.css'
import {
  draftOfTicket,
  showTicketValue,
  type TicketDraft,
  ticketChanges,
  ticketFieldErrors,
  ticketLabels,
} from './edit-draft.ts'
import { Person } from './people.tsx'
import { type TicketForm, useTicketForm } from './ticket-form.ts'
import { targetOf } from './ticket-query.ts'

/** Changes a ticket's fields, each if this person may. */
export function EditDialog({ item, onClose }: { item: WorkItemDetail; onClose(): void }) {
  const can = useCan()
  const platforms = usePlatformNames()
  const edit = useAct('workItemEdit')
  // Read anew while it is edited, the ticket moves on; the draft stays with what it began with.
  const [began] = useState(item)
  const base = draftOfTicket(began)
  const target = targetOf(began)
  const form = useTicketForm(began)
  const saving = useSaving<TicketDraft>({
    base: { draft: base, version: began.version },
    save: (draft, from) =>
      edit.mutateAsync({
        params: { id: began.id },
        body: { ...ticketChanges(from?.draft ?? base, draft), expected_version: from?.version ?? began.version },
      }),
    draftOf: draftOfTicket,
    onSaved: () => {
      tellDone('Ticket saved')
      onClose()
    },
    onFieldErrors: (errors) => form.setErrors(ticketFieldErrors(errors)),
  })
  const draft = form.getValues()
  const nameOf = (id: string) => platforms.find((platform) => platform.id === id)?.name ?? id
  const labels = ticketLabels(began.template, draft)
  return (
    <RecordForm
      title="Edit ticket"
      submitLabel="Save"
      size="xl"
      form={form}
      saving={saving}
      labels={labels}
      show={(field, value) => showTicketValue(field, value, nameOf)}
      onClose={onClose}
    >
      {item.version > began.version && (
        <p className={classes.meanwhile} role="status">
          <Person principal={item.updated_by} /> changed this ticket <TimeAgo at={item.updated_at} />. Saving compares,
          and loses nothing of yours or theirs.
        </p>
      )}
      {can('work_item.edit', target) && (
        <>
          <TextInput label="Title" withAsterisk maxLength={TITLE_MAX} data-autofocus {...form.getInputProps('title')} />
          <MarkdownInput
            label="Description"
            rows={10}
            value={draft.description}
            onChange={(text) => form.setFieldValue('description', text)}
            error={form.errors.description}
          />
          <AnswerFields template={began.template} form={form} />
        </>
      )}
      <div className={classes.pairs}>
        {can('work_item.edit', target) && (
          <Choice
            label="Environment"
            options={environments}
            words={null}
            value={draft.environment}
            onChange={(value) => form.setFieldValue('environment', value)}
            error={form.errors.environment}
          />
        )}
        {can('work_item.triage', target) && <TriageFields item={began} form={form} />}
        {can('work_item.assign', target) && (
          <TextInput
            label="Assignee"
            description="Email or user name; empty is nobody"
            maxLength={320}
            value={draft.assigned_to ?? ''}
            onChange={({ currentTarget: { value } }) => form.setFieldValue('assigned_to', value === '' ? null : value)}
            error={form.errors.assigned_to}
          />
        )}
      </div>
    </RecordForm>
  )
}

function TriageFields({ item, form }: { item: WorkItemDetail; form: TicketForm }) {
  const can = useCan()
  const platforms = usePlatformNames()
  const draft = form.getValues()
  const reachable = platforms.filter(
    ({ id }) => id === item.platform_id || can('work_item.triage', { platformIds: [id] }),
  )
  const mayBeNowhere = item.platform_id === null || can('work_item.triage', { owner: item.created_by })
  return (
    <>
      {item.item_type === 'INCIDENT' && (
        <Choice
          label="Severity"
          options={itemSeverities}
          words={severityWords}
          value={draft.severity}
          onChange={(value) => form.setFieldValue('severity', value)}
          error={form.errors.severity}
        />
      )}
      <NativeSelect
        label="Priority"
        data={priorities.map((value) => ({ value, label: priorityWords[value] }))}
        {...form.getInputProps('priority')}
      />
      <NativeSelect
        label="Platform"
        data={[
          ...(mayBeNowhere ? [{ value: '', label: 'None' }] : []),
          ...reachable.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={draft.platform_id ?? ''}
        onChange={({ currentTarget: { value } }) => form.setFieldValue('platform_id', value === '' ? null : value)}
        error={form.errors.platform_id}
      />
      <TextInput
        type="datetime-local"
        label="Due"
        value={toLocalInput(draft.due_at)}
        onChange={(event) => form.setFieldValue('due_at', fromLocalInput(event.currentTarget.value))}
        error={form.errors.due_at}
      />
      <TagsField
        label="Tags"
        value={draft.tags}
        onChange={(tags) => form.setFieldValue('tags', tags)}
        error={form.errors.tags}
        lengthMax={TAG_MAX}
        countMax={TAGS_MAX}
      />
    </>
  )
}

interface ChoiceProps<Word extends string> {
  label: string
  options: readonly Word[]
  words: Record<Word, string> | null
  value: Word | null
  onChange(value: Word | null): void
  error: ReactNode
}

/** One of a few words, or none. */
function Choice<Word extends string>({ label, options, words, value, onChange, error }: ChoiceProps<Word>) {
  return (
    <NativeSelect
      label={label}
      data={[
        { value: '', label: 'Not said' },
        ...options.map((word) => ({ value: word, label: words?.[word] ?? word })),
      ]}
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(options.find((word) => word === currentTarget.value) ?? null)}
      error={error}
    />
  )
}
