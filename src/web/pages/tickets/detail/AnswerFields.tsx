import { Input, NativeSelect, TextInput } from '@mantine/core'
import { type Answer, type TemplateField, templateOf } from '../../../../contracts/request-templates.ts'
import { answerField } from './edit-draft.ts'
import type { TicketForm } from './ticket-form.ts'

/** What the request's template asks for, each by its type. */
export const AnswerFields = ({ template, form }: { template: string | null; form: TicketForm }) =>
  templateOf(template)?.fields.map((field) => <AnswerInput key={field.key} field={field} form={form} />)

function AnswerInput({ field, form }: { field: TemplateField; form: TicketForm }) {
  const name = answerField(field.key)
  const value = form.getValues()[name] ?? ''
  const set = (answer: Answer) => form.setValues({ [name]: answer })
  const shared = {
    label: field.label,
    description: field.help,
    withAsterisk: field.isRequired,
    error: form.errors[name],
  }
  switch (field.type) {
    case 'text':
      return (
        <TextInput
          {...shared}
          maxLength={field.lengthMax}
          value={String(value)}
          onChange={(event) => set(event.currentTarget.value)}
        />
      )
    case 'long_text':
      return (
        <Input.Wrapper {...shared}>
          <Input
            component="textarea"
            multiline
            rows={3}
            maxLength={field.lengthMax}
            error={shared.error}
            value={String(value)}
            onChange={(event) => set(event.currentTarget.value)}
          />
        </Input.Wrapper>
      )
    case 'choice':
      return (
        <NativeSelect
          {...shared}
          data={[{ value: '', label: 'Choose' }, ...field.options.map((option) => ({ value: option, label: option }))]}
          value={String(value)}
          onChange={(event) => set(event.currentTarget.value)}
        />
      )
    case 'number':
      return (
        <TextInput
          {...shared}
          type="number"
          min={field.min}
          max={field.max}
          rightSection={field.unit}
          rightSectionWidth={80}
          value={String(value)}
          onChange={({ currentTarget }) => set(currentTarget.value === '' ? '' : currentTarget.valueAsNumber)}
        />
      )
    case 'date':
      return (
        <TextInput {...shared} type="date" value={String(value)} onChange={(event) => set(event.currentTarget.value)} />
      )
    case 'yes_no':
      return (
        <NativeSelect
          {...shared}
          data={[
            { value: '', label: 'Choose' },
            { value: 'yes', label: 'Yes' },
            { value: 'no', label: 'No' },
          ]}
          value={value === true ? 'yes' : value === false ? 'no' : ''}
          onChange={({ currentTarget }) => set(currentTarget.value === '' ? '' : currentTarget.value === 'yes')}
        />
      )
  }
}
