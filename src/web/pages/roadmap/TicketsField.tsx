import { Button, CloseButton, Input, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useId, useState } from 'react'
import { LINKS_MAX } from '../../../contracts/roadmap.ts'
import type { WorkItemRef } from '../../../contracts/tickets.ts'
import { read } from '../../api/queries.ts'
import { announce } from '../../ui/announce.tsx'
import { StateTag } from '../tickets/StateTag.tsx'
import classes from './Roadmap.module.css'

type Linked = Pick<WorkItemRef, 'id' | 'title' | 'state'>

interface TicketsProps {
  value: readonly string[]
  /** Those of the linked tickets whose titles are known. */
  known: readonly Linked[]
  onChange(ids: string[]): void
  error: ReactNode
}

const WAIT_MS = 250
const FOUND_MAX = 6

/** Which tickets a card answers: found by their words, added and removed one by one. */
export function TicketsField({ value, known, onChange, error }: TicketsProps) {
  const id = useId()
  const [words, setWords] = useState('')
  const [asked] = useDebouncedValue(words.trim(), WAIT_MS)
  const [seen, setSeen] = useState<readonly Linked[]>(known)
  const query = useQuery({
    ...read('workItemList', { query: { q: asked, limit: FOUND_MAX } }),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
  })
  const found = asked === '' ? [] : (query.data?.items ?? []).filter((item) => !value.includes(item.id))
  const add = (item: Linked) => {
    setSeen([...seen, item])
    onChange([...value, item.id])
    announce(`Linked ${item.title}`)
  }
  const titleOf = (itemId: string) => seen.find((item) => item.id === itemId)?.title ?? 'A ticket that you may not see'
  return (
    <Input.Wrapper id={id} label="Linked tickets" error={error}>
      {value.length > 0 && (
        <ul className={classes.linked} aria-label="Linked so far">
          {value.map((itemId) => (
            <li key={itemId}>
              <bdi>{titleOf(itemId)}</bdi>
              <CloseButton
                size="sm"
                aria-label={`Unlink ${titleOf(itemId)}`}
                onClick={() => onChange(value.filter((other) => other !== itemId))}
              />
            </li>
          ))}
        </ul>
      )}
      <TextInput
        id={id}
        placeholder="Words of a ticket"
        maxLength={200}
        value={words}
        disabled={value.length >= LINKS_MAX}
        onChange={(event) => setWords(event.currentTarget.value)}
        // Enter looks for the ticket; it does not save the card.
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.preventDefault()
        }}
      />
      {asked !== '' && (
        <ul className={classes.linked} aria-label="Found tickets">
          {found.map((item) => (
            <li key={item.id}>
              <bdi>{item.title}</bdi>
              <StateTag state={item.state} />
              <Button size="compact-xs" variant="default" aria-label={`Link ${item.title}`} onClick={() => add(item)}>
                Link
              </Button>
            </li>
          ))}
        </ul>
      )}
      {asked !== '' && query.data !== undefined && found.length === 0 && (
        <Input.Description role="status">No other ticket has these words.</Input.Description>
      )}
    </Input.Wrapper>
  )
}
