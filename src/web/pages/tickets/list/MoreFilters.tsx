import { NativeSelect, TextInput } from '@mantine/core'
import { itemSeverities, TAG_MAX, UNASSIGNED } from '../../../../contracts/tickets.ts'
import { categories } from '../../../../contracts/workflows.ts'
import { categoryWords, severityWords } from '../words.ts'
import { PersonFilter } from './PersonFilter.tsx'
import classes from './TicketFilters.module.css'
import { useTicketFilter, useTypedFilter } from './use-ticket-filter.ts'

const NOT_DONE = 'not done'

export function MoreFilters() {
  const { search, change } = useTicketFilter()
  const tag = useTypedFilter('tag', search.tag ?? '')
  return (
    <div className={classes.more}>
      <NativeSelect
        label="Stage"
        value={search.category ?? (search.done === false ? NOT_DONE : '')}
        onChange={({ currentTarget: { value } }) =>
          change(value === NOT_DONE ? { category: undefined, done: false } : { category: value, done: undefined })
        }
        data={[
          { value: '', label: 'Any' },
          { value: NOT_DONE, label: 'Not done' },
          ...categories.map((category) => ({ value: category, label: categoryWords[category] })),
        ]}
      />
      <NativeSelect
        label="Severity"
        value={search.severity ?? ''}
        onChange={(event) => change({ severity: event.currentTarget.value })}
        data={[
          { value: '', label: 'Any' },
          ...itemSeverities.map((severity) => ({ value: severity, label: severityWords[severity] })),
        ]}
      />
      <PersonFilter filter="assignee" label="Assigned to" special={[{ value: UNASSIGNED, label: 'Nobody' }]} />
      <PersonFilter filter="author" label="Filed by" />
      <TextInput
        label="Tag"
        value={tag.text}
        onChange={(event) => tag.type(event.currentTarget.value.toLowerCase())}
        error={tag.isRefused && 'Letters, digits and . _ : / -'}
        maxLength={TAG_MAX}
        autoCapitalize="none"
      />
      <YesNo filter="voted" label="My vote" yes="I voted" no="I did not vote" />
      <YesNo filter="watching" label="Following" yes="I follow it" no="I do not follow it" />
    </div>
  )
}

function YesNo({ filter, label, yes, no }: { filter: 'voted' | 'watching'; label: string; yes: string; no: string }) {
  const { search, change } = useTicketFilter()
  const chosen = search[filter]
  return (
    <NativeSelect
      label={label}
      value={chosen === undefined ? '' : String(chosen)}
      onChange={({ currentTarget: { value } }) => change({ [filter]: value === '' ? undefined : value === 'true' })}
      data={[
        { value: '', label: 'Any' },
        { value: 'true', label: yes },
        { value: 'false', label: no },
      ]}
    />
  )
}
