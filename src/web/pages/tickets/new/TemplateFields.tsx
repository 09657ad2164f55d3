import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { requestTemplates, type TemplateField, templateOf } from '../../../../contracts/request-templates.ts'
import { NO, type TicketDraft, YES } from './draft.ts'
import classes from './NewTicket.module.css'

type Form = UseFormReturnType<TicketDraft>

/** What is asked for, and the fields that this needs. */
export function TemplateFields({ form }: { form: Form }) {
  const template = templateOf(form.values.template)
  return (
    <>
      <NativeSelect
        label="What you ask for"
        description={template?.summary}
        withAsterisk
        data={[
          { value: '', label: 'Choose' },
          ...requestTemplates.map(({ key, name }) => ({ value: key, label: name })),
        ]}
        {...form.getInputProps('template')}
      />
      {template !== undefined && (
        <fieldset className={classes.template}>
          <legend>{template.name}</legend>
          {template.requiresApproval && (
            <p className={classes.approval}>Somebody other than you approves it before work begins.</p>
          )}
          {template.fields.map((field) => (
            <Field key={`${template.key} ${field.key}`} field={field} form={form} />
          ))}
        </fieldset>
      )}
    </>
  )
}

function Field({ field, form }: { field: TemplateField; form: Form }) {
  const path = `answers.${field.key}`
  const shared = {
    label: field.label,
    description: field.help,
    withAsterisk: field.isRequired,
    ...form.getInputProps(path),
    // A field that was never touched has no value yet.
    value: form.values.answers[field.key] ?? '',
  }
  switch (field.type) {
    case 'text':
      return <TextInput {...shared} maxLength={field.lengthMax} />
    case 'long_text':
      return <Textarea {...shared} rows={3} maxLength={field.lengthMax} />
    case 'choice':
      return <NativeSelect {...shared} data={[{ value: '', label: 'Choose' }, ...field.options]} />
    case 'yes_no':
      return (
        <NativeSelect
          {...shared}
          data={[
            { value: '', label: 'Choose' },
            { value: YES, label: 'Yes' },
            { value: NO, label: 'No' },
          ]}
        />
      )
    case 'number':
      return <TextInput {...shared} inputMode="numeric" label={`${field.label} (${field.unit})`} />
    case 'date':
      return <TextInput {...shared} type="date" />
  }
}
