import { NativeSelect, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { machineRoles, personRoles, platformRoles } from '../../../../contracts/roles.ts'
import { serverNow } from '../../../api/clock.ts'
import { useAct } from '../../../api/queries.ts'
import { usePlatformNames } from '../../../api/summary.ts'
import { RecordForm } from '../../../parts/RecordForm.tsx'
import { roleWords } from '../../../parts/roles.ts'
import { useSaving } from '../../../parts/use-saving.ts'
import { fromLocalInput, toLocalInput } from '../../../ui/time.ts'
import { emptyToken, tokenErrors, tokenLabels } from './draft.ts'
import { SecretDialog } from './SecretDialog.tsx'

/** Makes a token, then shows its secret. The secret lives in this component and goes with it. */
export function TokenForm({ onClose }: { onClose(): void }) {
  const create = useAct('apiTokenCreate')
  const platforms = usePlatformNames()
  const [made, setMade] = useState<{ name: string; secret: string } | null>(null)
  const form = useForm({
    initialValues: emptyToken(serverNow()),
    validate: (draft) => tokenErrors(draft, serverNow()),
  })
  const saving = useSaving({
    base: null,
    // Without an Idempotency-Key: the answer to a repeat could not hold the secret.
    save: async ({ platform_id, ...draft }) => {
      const answer = await create.mutateAsync({
        body: { ...draft, platform_id: platform_id === '' ? null : platform_id },
      })
      create.reset()
      setMade({ name: answer.token.name, secret: answer.secret })
    },
    draftOf: () => emptyToken(serverNow()),
    onSaved: () => undefined,
    onFieldErrors: form.setErrors,
  })
  if (made !== null) return <SecretDialog {...made} onClose={onClose} />
  const { role, expires_at } = form.getValues()
  return (
    <RecordForm
      title="New API token"
      submitLabel="Make token"
      form={form}
      saving={saving}
      labels={tokenLabels}
      show={(_, value) => String(value)}
      onClose={onClose}
    >
      <TextInput
        label={tokenLabels.name}
        description="What uses it; written beside everything that it does"
        withAsterisk
        maxLength={80}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <NativeSelect
        label={tokenLabels.role}
        data={[...machineRoles, ...personRoles].map((value) => ({ value, label: roleWords[value] }))}
        {...form.getInputProps('role')}
      />
      <NativeSelect
        label={tokenLabels.platform_id}
        withAsterisk={platformRoles.includes(role)}
        data={[
          { value: '', label: platformRoles.includes(role) ? 'Choose a platform' : 'Everywhere' },
          ...platforms.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        {...form.getInputProps('platform_id')}
      />
      <TextInput
        type="datetime-local"
        label={tokenLabels.expires_at}
        description={`Your time, ${Intl.DateTimeFormat().resolvedOptions().timeZone}`}
        withAsterisk
        value={toLocalInput(expires_at === '' ? null : expires_at)}
        onChange={(event) => form.setFieldValue('expires_at', fromLocalInput(event.currentTarget.value) ?? '')}
        error={form.errors.expires_at}
      />
    </RecordForm>
  )
}
