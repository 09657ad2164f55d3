import { Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { Platform } from '../../../../contracts/status.ts'
import { useAct } from '../../../api/queries.ts'
import { changesFrom } from '../../../parts/conflict.ts'
import { RecordForm } from '../../../parts/RecordForm.tsx'
import { useSaving } from '../../../parts/use-saving.ts'
import { useKeyFor } from '../../../ui/key-for.ts'
import { tellDone } from '../../../ui/notify.tsx'
import { draftOfPlatform, emptyPlatform, platformLabels } from './draft.ts'

/** Adds a platform, or changes one. */
export function PlatformForm({ platform, onClose }: { platform: Platform | null; onClose(): void }) {
  const create = useAct('platformCreate')
  const update = useAct('platformUpdate')
  const keyFor = useKeyFor()
  const needed = (what: string) => (value: string) => (value.trim() === '' ? `${what} is needed` : null)
  const form = useForm({
    initialValues: platform === null ? emptyPlatform : draftOfPlatform(platform),
    validate: { name: needed('A name'), domain: needed('A domain') },
  })
  const saving = useSaving({
    base: platform === null ? null : { draft: draftOfPlatform(platform), version: platform.version },
    save: (draft, base) =>
      platform === null || base === null
        ? create.mutateAsync({ body: draft, idempotencyKey: keyFor(draft) })
        : update.mutateAsync({
            params: { id: platform.id },
            body: { ...changesFrom(base.draft, draft), expected_version: base.version },
          }),
    draftOf: draftOfPlatform,
    onSaved: () => {
      tellDone(platform === null ? 'Platform added' : 'Platform saved')
      onClose()
    },
    onFieldErrors: form.setErrors,
  })
  return (
    <RecordForm
      title={platform === null ? 'Add platform' : 'Edit platform'}
      submitLabel={platform === null ? 'Add platform' : 'Save'}
      form={form}
      saving={saving}
      labels={platformLabels}
      show={(_, value) => String(value)}
      onClose={onClose}
    >
      <TextInput
        label={platformLabels.name}
        withAsterisk
        maxLength={120}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <TextInput
        label={platformLabels.domain}
        description="What it is grouped by, such as Sales or Finance"
        withAsterisk
        maxLength={80}
        {...form.getInputProps('domain')}
      />
      <TextInput
        label={platformLabels.owner}
        description="Person or team that answers for it"
        maxLength={320}
        {...form.getInputProps('owner')}
      />
      <Textarea
        label={platformLabels.description}
        autosize={false}
        rows={3}
        maxLength={2000}
        {...form.getInputProps('description')}
      />
    </RecordForm>
  )
}
