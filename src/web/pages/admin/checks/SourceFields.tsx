import { Fieldset, NativeSelect, TextInput } from '@mantine/core'
import type { ConnectorName } from '../../../../contracts/sources.ts'
import { sourceNames } from '../../../parts/sources.ts'
import stack from '../../../ui/Stack.module.css'
import { fieldsOf } from './source-fields.ts'

interface SourceProps {
  connector: ConnectorName
  texts: Readonly<Record<string, string>>
  errorOf(field: string): string | undefined
  onChange(field: string, text: string): void
}

/** What the chosen connector must know; drawn from its schema, so that a new connector has a form at once. */
export function SourceFields({ connector, texts, errorOf, onChange }: SourceProps) {
  const fields = fieldsOf(connector)
  if (fields.length === 0) {
    return (
      <p className={stack.dimmed}>
        A job reports this check itself, by POST /api/v1/status-results. Silence counts as late.
      </p>
    )
  }
  return (
    <Fieldset legend={sourceNames[connector]} className={stack.section}>
      {fields.map((field) => {
        const { name, label, kind, isRequired, choices, hint, lengthMax } = field
        const props = {
          label,
          withAsterisk: isRequired,
          description: hint,
          error: errorOf(name),
          value: texts[name] ?? '',
        }
        return kind === 'choice' ? (
          <NativeSelect
            key={name}
            {...props}
            data={['', ...choices]}
            onChange={(event) => onChange(name, event.currentTarget.value)}
          />
        ) : (
          <TextInput
            key={name}
            {...props}
            inputMode={kind === 'whole' ? 'numeric' : 'text'}
            maxLength={lengthMax}
            onChange={(event) => onChange(name, event.currentTarget.value)}
            spellCheck={false}
          />
        )
      })}
    </Fieldset>
  )
}
