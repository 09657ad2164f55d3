import { NativeSelect, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { principalKinds } from '../../../../contracts/access.ts'
import { personRoles, platformRoles } from '../../../../contracts/roles.ts'
import { useAct } from '../../../api/queries.ts'
import { usePlatformNames } from '../../../api/summary.ts'
import { RecordForm } from '../../../parts/RecordForm.tsx'
import { roleWords } from '../../../parts/roles.ts'
import { useSaving } from '../../../parts/use-saving.ts'
import { useKeyFor } from '../../../ui/key-for.ts'
import { tellDone } from '../../../ui/notify.tsx'
import { bindingErrors, bindingLabels, emptyBinding, kindWords } from './draft.ts'

/** Gives a person or a group a role, everywhere or on one platform. */
export function BindingForm({ onClose }: { onClose(): void }) {
  const create = useAct('roleBindingCreate')
  const platforms = usePlatformNames()
  const keyFor = useKeyFor()
  const form = useForm({ initialValues: emptyBinding, validate: bindingErrors })
  const saving = useSaving({
    base: null,
    save: ({ platform_id, principal, ...draft }) => {
      const body = {
        ...draft,
        principal: principal.trim(),
        platform_id: platform_id === '' ? null : platform_id,
      }
      return create.mutateAsync({ body, idempotencyKey: keyFor(body) })
    },
    draftOf: () => emptyBinding,
    onSaved: () => {
      tellDone('Role granted. It is in force now.')
      onClose()
    },
    onFieldErrors: form.setErrors,
  })
  const { principal_kind, role } = form.getValues()
  return (
    <RecordForm
      title="Grant a role"
      submitLabel="Grant role"
      form={form}
      saving={saving}
      labels={bindingLabels}
      show={(_, value) => String(value)}
      onClose={onClose}
    >
      <NativeSelect
        label={bindingLabels.principal_kind}
        data={principalKinds.map((kind) => ({ value: kind, label: kindWords[kind] }))}
        {...form.getInputProps('principal_kind')}
      />
      <TextInput
        label={bindingLabels.principal}
        description={principal_kind === 'user' ? 'Email or user name' : 'As the identity provider spells it'}
        withAsterisk
        maxLength={320}
        autoCapitalize="none"
        spellCheck={false}
        data-autofocus
        {...form.getInputProps('principal')}
      />
      <NativeSelect
        label={bindingLabels.role}
        data={personRoles.map((value) => ({ value, label: roleWords[value] }))}
        {...form.getInputProps('role')}
      />
      <NativeSelect
        label={bindingLabels.platform_id}
        withAsterisk={platformRoles.includes(role)}
        data={[
          { value: '', label: platformRoles.includes(role) ? 'Choose a platform' : 'Everywhere' },
          ...platforms.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        {...form.getInputProps('platform_id')}
      />
    </RecordForm>
  )
}
