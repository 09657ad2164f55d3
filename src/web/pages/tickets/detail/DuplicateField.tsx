import { Input, Radio, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { TITLE_MAX, type WorkItemDetail, type WorkItemRef } from '../../../../contracts/tickets.ts'
import { read } from '../../../api/queries.ts'
import stack from '../../../ui/Stack.module.css'
import { StateTag } from '../StateTag.tsx'
import classes from './DuplicateField.module.css'
import { ticketQuery } from './ticket-query.ts'
import { ticketIdIn } from './transition-draft.ts'

interface DuplicateProps {
  item: WorkItemDetail
  /** The chosen ticket's id; empty when none is. */
  value: string
  onChange(id: string): void
  error: ReactNode
}

const WAIT_MS = 250
const FOUND_MAX = 8

/** The ticket that this one repeats: begins with what is alike, finds by words, takes a pasted link. */
export function DuplicateField({ item, value, onChange, error }: DuplicateProps) {
  const [words, setWords] = useState('')
  const [asked] = useDebouncedValue(words.trim(), WAIT_MS)
  const { found, isLooking } = useFound(item, asked)
  const write = (text: string) => {
    setWords(text)
    onChange(ticketIdIn(text) ?? '')
  }
  return (
    <div className={stack.section}>
      <TextInput
        label="Repeats"
        description="Words to look for, or the link of the ticket"
        withAsterisk
        value={words}
        onChange={(event) => write(event.currentTarget.value)}
        error={error}
        maxLength={TITLE_MAX}
        data-autofocus
      />
      <Radio.Group label={asked === '' ? 'Alike' : 'Found'} value={value} onChange={onChange}>
        <div className={classes.found}>
          {found.map(({ id, title, state }) => (
            <div key={id} className={classes.hit}>
              <Radio value={id} label={<bdi>{title}</bdi>} />
              <StateTag state={state} />
            </div>
          ))}
        </div>
      </Radio.Group>
      {found.length === 0 && !isLooking && (
        <Input.Description role="status">
          {asked === '' ? 'Nothing alike; look for it by its words.' : 'No ticket of this type has these words.'}
        </Input.Description>
      )}
    </div>
  )
}

/** By link, by words, or what is like this one; of the same type, without itself and without duplicates. */
function useFound(item: WorkItemDetail, asked: string): { found: WorkItemRef[]; isLooking: boolean } {
  const pasted = ticketIdIn(asked)
  const item_type = item.item_type
  const byLink = useQuery({ ...ticketQuery(pasted ?? ''), enabled: pasted !== null, refetchInterval: false })
  const byWords = useQuery({
    ...read('workItemList', { query: { q: asked === '' ? undefined : asked, item_type, limit: FOUND_MAX + 1 } }),
    enabled: asked !== '' && pasted === null,
    placeholderData: keepPreviousData,
  })
  const alike = useQuery({
    ...read('workItemSimilar', { query: { title: item.title, item_type } }),
    enabled: asked === '',
  })
  const query = pasted !== null ? byLink : asked === '' ? alike : byWords
  const all: WorkItemRef[] =
    pasted !== null
      ? byLink.data === undefined
        ? []
        : [byLink.data]
      : ((asked === '' ? alike : byWords).data?.items ?? [])
  return {
    found: all
      .filter(({ id, item_type: type, state }) => id !== item.id && type === item_type && state !== 'DUPLICATE')
      .slice(0, FOUND_MAX),
    isLooking: query.isLoading,
  }
}
