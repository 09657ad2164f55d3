import { NativeSelect } from '@mantine/core'

interface ChoiceProps {
  label: string
  /** What the first option says, which filters nothing. */
  all: string
  options: readonly { value: string; label: string }[]
  value: string | undefined
  onChange(value: string): void
}

/** One of several, or all: a filter of a list. Empty text is all. */
export const Choice = ({ label, all, options, value, onChange }: ChoiceProps) => (
  <NativeSelect
    aria-label={label}
    data={[{ value: '', label: all }, ...options]}
    value={value ?? ''}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
)

/** The filters with this one chosen, or left out when `value` is empty. */
export function choosing<T extends object>(filters: T, key: keyof T, value: string): T {
  const { [key]: _, ...rest } = filters
  // One of the options, which are values that this key may have; every filter may be left out.
  return (value === '' ? rest : { ...rest, [key]: value }) as T
}
