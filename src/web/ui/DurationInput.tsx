import { NativeSelect, NumberInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import classes from './DurationInput.module.css'
import { inUnits, toSeconds, type Unit, units } from './seconds.ts'

interface DurationProps {
  label: string
  description?: string
  /** Seconds; null is empty. */
  value: number | null
  onChange(seconds: number | null): void
  error?: ReactNode
  required?: boolean
}

/** A length of time as people say it: a number and its unit. */
export function DurationInput({ label, value, onChange, error, required = false, description }: DurationProps) {
  const [unit, setUnit] = useState<Unit>(() => inUnits(value).unit)
  const amount = value === null ? '' : value / toSeconds(1, unit)
  return (
    <div className={classes.pair}>
      <NumberInput
        label={label}
        description={description}
        value={amount}
        min={0}
        hideControls
        withAsterisk={required}
        error={error}
        onChange={(next) => onChange(typeof next === 'number' ? toSeconds(next, unit) : null)}
      />
      <NativeSelect
        aria-label={`${label}: unit`}
        data={units.map(({ value: name, label: word }) => ({ value: name, label: word }))}
        value={unit}
        onChange={({ currentTarget }) => {
          const next = units.find((candidate) => candidate.value === currentTarget.value)?.value ?? 's'
          setUnit(next)
          if (typeof amount === 'number') onChange(toSeconds(amount, next))
        }}
      />
    </div>
  )
}
