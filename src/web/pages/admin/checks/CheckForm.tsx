import { NativeSelect, NumberInput, Switch, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { type ConnectorName, connectorNames } from '../../../../contracts/sources.ts'
import { checkKinds, type StatusCheck } from '../../../../contracts/status.ts'
import { useCan } from '../../../api/me.ts'
import { useAct } from '../../../api/queries.ts'
import { usePlatformNames } from '../../../api/summary.ts'
import { changesFrom } from '../../../parts/conflict.ts'
import { RecordForm } from '../../../parts/RecordForm.tsx'
import { kindNames, sourceNames } from '../../../parts/sources.ts'
import { useSaving } from '../../../parts/use-saving.ts'
import { DurationInput } from '../../../ui/DurationInput.tsx'
import { useKeyFor } from '../../../ui/key-for.ts'
import { tellDone } from '../../../ui/notify.tsx'
import classes from './CheckForm.module.css'
import {
  checkErrors,
  checkLabels,
  draftOfCheck,
  emptyCheck,
  fieldsOfCheck,
  needsThresholds,
  showCheckValue,
} from './draft.ts'
import { SourceFields } from './SourceFields.tsx'

/** Adds a check, or changes one. */
export function CheckForm({
  check,
  platformId,
  onClose,
}: {
  check: StatusCheck | null
  platformId: string
  onClose(): void
}) {
  const can = useCan()
  const platforms = usePlatformNames()
  const create = useAct('statusCheckCreate')
  const update = useAct('statusCheckUpdate')
  const keyFor = useKeyFor()
  const form = useForm({
    initialValues: check === null ? emptyCheck(platformId) : draftOfCheck(check),
    validate: checkErrors,
  })
  const saving = useSaving({
    base: check === null ? null : { draft: draftOfCheck(check), version: check.version },
    save(draft, base) {
      const fields = fieldsOfCheck(draft)
      if (check === null || base === null) return create.mutateAsync({ body: fields, idempotencyKey: keyFor(fields) })
      const body = { ...changesFrom(fieldsOfCheck(base.draft), fields), expected_version: base.version }
      return update.mutateAsync({ params: { id: check.id }, body })
    },
    draftOf: draftOfCheck,
    onSaved: () => {
      tellDone(check === null ? 'Check added' : 'Check saved')
      onClose()
    },
    onFieldErrors: form.setErrors,
  })
  const draft = form.getValues()
  const { connector, texts } = draft.source
  const allowed = platforms.filter(({ id }) => can('check.write', { platformIds: [id] }))
  const nameOf = (id: string) => platforms.find((platform) => platform.id === id)?.name ?? id
  const errorOf = (field: string) => (typeof form.errors[field] === 'string' ? form.errors[field] : undefined)
  const duration = (field: 'interval_seconds' | 'warn_after_seconds' | 'crit_after_seconds') => ({
    label: checkLabels[field],
    value: draft[field],
    onChange: (seconds: number | null) => form.setFieldValue(field, seconds),
    error: form.errors[field],
    required: true,
  })
  return (
    <RecordForm
      title={check === null ? 'Add check' : 'Edit check'}
      submitLabel={check === null ? 'Add check' : 'Save'}
      form={form}
      saving={saving}
      labels={checkLabels}
      show={(field, value) => showCheckValue(field, value, nameOf)}
      onClose={onClose}
    >
      <TextInput label={checkLabels.name} withAsterisk maxLength={120} data-autofocus {...form.getInputProps('name')} />
      <NativeSelect
        label={checkLabels.platform_id}
        withAsterisk
        data={[{ value: '', label: '' }, ...allowed.map(({ id, name }) => ({ value: id, label: name }))]}
        {...form.getInputProps('platform_id')}
      />
      <Textarea
        label={checkLabels.description}
        description="What a failure of it means"
        rows={2}
        maxLength={2000}
        {...form.getInputProps('description')}
      />
      <div className={classes.pair}>
        <NativeSelect
          label={checkLabels.kind}
          data={checkKinds.map((kind) => ({ value: kind, label: kindNames[kind] }))}
          {...form.getInputProps('kind')}
        />
        <NativeSelect
          label={checkLabels.source}
          data={connectorNames.map((name) => ({ value: name, label: sourceNames[name] }))}
          value={connector}
          // One of the options, which are the connectors.
          onChange={(event) =>
            form.setFieldValue('source', { connector: event.currentTarget.value as ConnectorName, texts: {} })
          }
        />
      </div>
      <SourceFields
        connector={connector}
        texts={texts}
        errorOf={(field) => errorOf(`source.${field}`)}
        onChange={(field, text) => {
          form.setFieldValue('source', { connector, texts: { ...texts, [field]: text } })
          form.clearFieldError(`source.${field}`)
        }}
      />
      <DurationInput {...duration('interval_seconds')} />
      {needsThresholds(draft) && (
        <div className={classes.pair}>
          <DurationInput {...duration('warn_after_seconds')} />
          <DurationInput {...duration('crit_after_seconds')} />
        </div>
      )}
      <div className={classes.pair}>
        <NumberInput
          label={checkLabels.for_minutes}
          description="Before it counts"
          min={0}
          max={10_080}
          {...form.getInputProps('for_minutes')}
        />
        <NumberInput
          label={checkLabels.recover_minutes}
          description="Before it counts again"
          min={0}
          max={10_080}
          {...form.getInputProps('recover_minutes')}
        />
      </div>
      <Switch label={checkLabels.is_enabled} {...form.getInputProps('is_enabled', { type: 'checkbox' })} />
    </RecordForm>
  )
}
