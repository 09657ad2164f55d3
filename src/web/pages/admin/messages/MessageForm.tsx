import { MultiSelect, NativeSelect, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { type StatusMessage, severities } from '../../../../contracts/status.ts'
import { serverNow } from '../../../api/clock.ts'
import { useCan } from '../../../api/me.ts'
import { useAct } from '../../../api/queries.ts'
import { usePlatformNames } from '../../../api/summary.ts'
import { changesFrom } from '../../../parts/conflict.ts'
import { MarkdownInput } from '../../../parts/MarkdownInput.tsx'
import { RecordForm } from '../../../parts/RecordForm.tsx'
import { severityWords } from '../../../parts/state.ts'
import { useSaving } from '../../../parts/use-saving.ts'
import { useKeyFor } from '../../../ui/key-for.ts'
import { tellDone } from '../../../ui/notify.tsx'
import { fromLocalInput, toLocalInput } from '../../../ui/time.ts'
import classes from '../checks/CheckForm.module.css'
import { draftOfMessage, emptyMessage, messageErrors, messageLabels, showMessageValue } from './draft.ts'

/** Drafts a message, or changes one. Publishing is its own act. */
export function MessageForm({ message, onClose }: { message: StatusMessage | null; onClose(): void }) {
  const can = useCan()
  const platforms = usePlatformNames()
  const create = useAct('statusMessageCreate')
  const update = useAct('statusMessageUpdate')
  const keyFor = useKeyFor()
  const mayAll = can('message.write_global')
  const form = useForm({
    initialValues: message === null ? emptyMessage(serverNow()) : draftOfMessage(message),
    validate: (draft) => messageErrors(draft, mayAll),
  })
  const saving = useSaving({
    base: message === null ? null : { draft: draftOfMessage(message), version: message.version },
    save: (draft, base) =>
      message === null || base === null
        ? create.mutateAsync({ body: draft, idempotencyKey: keyFor(draft) })
        : update.mutateAsync({
            params: { id: message.id },
            body: { ...changesFrom(base.draft, draft), expected_version: base.version },
          }),
    draftOf: draftOfMessage,
    onSaved: () => {
      tellDone(message === null ? 'Draft saved. It is shown to people once you publish it.' : 'Message saved')
      onClose()
    },
    onFieldErrors: form.setErrors,
  })
  const draft = form.getValues()
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const nameOf = (id: string) => platforms.find((platform) => platform.id === id)?.name ?? id
  // Platforms out of reach stay listed when the message already names them, so that saving does not drop them unseen.
  const choices = platforms.filter(
    ({ id }) => can('message.write', { platformIds: [id] }) || draft.platform_ids.includes(id),
  )
  return (
    <RecordForm
      title={message === null ? 'New message' : 'Edit message'}
      submitLabel={message === null ? 'Save draft' : 'Save'}
      form={form}
      saving={saving}
      labels={messageLabels}
      show={(field, value) => showMessageValue(field, value, nameOf)}
      onClose={onClose}
    >
      <TextInput
        label={messageLabels.title}
        withAsterisk
        maxLength={200}
        data-autofocus
        {...form.getInputProps('title')}
      />
      <NativeSelect
        label={messageLabels.severity}
        data={severities.map((severity) => ({ value: severity, label: severityWords[severity] }))}
        {...form.getInputProps('severity')}
      />
      <MultiSelect
        label={messageLabels.platform_ids}
        description={mayAll ? 'None chosen means everyone' : 'At least one of yours'}
        data={choices.map(({ id, name }) => ({ value: id, label: name }))}
        searchable
        hidePickedOptions
        comboboxProps={{ withinPortal: false }}
        maxValues={100}
        {...form.getInputProps('platform_ids')}
      />
      <MarkdownInput
        label={messageLabels.body}
        value={draft.body}
        onChange={(text) => form.setFieldValue('body', text)}
        error={form.errors.body}
      />
      <div className={classes.pair}>
        <TextInput
          type="datetime-local"
          label={messageLabels.start_at}
          description={`Your time, ${zone}`}
          withAsterisk
          value={toLocalInput(draft.start_at === '' ? null : draft.start_at)}
          onChange={(event) => form.setFieldValue('start_at', fromLocalInput(event.currentTarget.value) ?? '')}
          error={form.errors.start_at}
        />
        <TextInput
          type="datetime-local"
          label={messageLabels.end_at}
          description="Empty: until it is archived"
          value={toLocalInput(draft.end_at)}
          onChange={(event) => form.setFieldValue('end_at', fromLocalInput(event.currentTarget.value))}
          error={form.errors.end_at}
        />
      </div>
    </RecordForm>
  )
}
