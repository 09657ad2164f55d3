import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ME } from '../../../paths.ts'
import classes from './TicketFilters.module.css'
import { useTicketFilter, useTypedFilter } from './use-ticket-filter.ts'

const SOMEBODY = 'somebody'

/** Anyone, me, whoever else the filter knows, or a person by name. */
export function PersonFilter({
  filter,
  label,
  special = [],
}: {
  filter: 'assignee' | 'author'
  label: string
  special?: readonly { value: string; label: string }[]
}) {
  const { search, change } = useTicketFilter()
  const shown = search[filter]
  const words = [{ value: ME, label: 'Me' }, ...special]
  const isWord = words.some(({ value }) => value === shown)
  const person = useTypedFilter(filter, shown === undefined || isWord ? '' : shown)
  // Somebody was chosen, but not yet whom.
  const [isTyping, setIsTyping] = useState(false)
  const isSomebody = !isWord && (isTyping || shown !== undefined)
  return (
    <div className={classes.person}>
      <NativeSelect
        label={label}
        value={isSomebody ? SOMEBODY : (shown ?? '')}
        onChange={({ currentTarget: { value } }) => {
          setIsTyping(value === SOMEBODY)
          change({ [filter]: value === SOMEBODY ? undefined : value })
        }}
        data={[{ value: '', label: 'Anyone' }, ...words, { value: SOMEBODY, label: 'Somebody …' }]}
      />
      {isSomebody && (
        <TextInput
          aria-label={`${label}: who`}
          placeholder="Email or user name"
          value={person.text}
          onChange={(event) => {
            setIsTyping(true)
            person.type(event.currentTarget.value.trimStart())
          }}
          error={person.isRefused && 'One email or user name'}
          maxLength={320}
          autoCapitalize="none"
          inputMode="email"
        />
      )}
    </div>
  )
}
