import '@mantine/core/styles/Radio.layer.css'
import { Input, Radio, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { TermRef } from '../../../../contracts/glossary-ref.ts'
import { read } from '../../../api/queries.ts'
import stack from '../../../ui/Stack.module.css'
import type { TermDetail } from '../queries.ts'
import { StatusTag } from '../StatusTag.tsx'
import classes from './TermPage.module.css'

interface SuccessorProps {
  term: TermDetail
  value: TermRef | null
  onChange(successor: TermRef | null): void
}

const WAIT_MS = 250
const FOUND_MAX = 6
const NONE = 'none'

/** The term to use instead: begins with those of the same domain, finds by words. */
export function SuccessorField({ term, value, onChange }: SuccessorProps) {
  const [words, setWords] = useState('')
  const [asked] = useDebouncedValue(words.trim(), WAIT_MS)
  const { found, isLooking } = useFound(term, asked)
  // What is chosen stays in sight while other words are tried.
  const shown = value === null || found.some(({ id }) => id === value.id) ? found : [value, ...found]
  return (
    <div className={stack.section}>
      <TextInput
        type="search"
        label="Find its successor"
        description="Words of the term to use instead"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        maxLength={200}
        data-autofocus
      />
      <Radio.Group
        label="Successor"
        value={value?.id ?? NONE}
        onChange={(id) => onChange(shown.find((candidate) => candidate.id === id) ?? null)}
      >
        <div className={classes.found}>
          <Radio value={NONE} label="None: nothing takes its place" />
          {shown.map(({ id, term: name, domain, status }) => (
            <div key={id} className={classes.hit}>
              <Radio
                value={id}
                label={
                  <>
                    <bdi>{name}</bdi> (<bdi>{domain}</bdi>)
                  </>
                }
              />
              <StatusTag status={status} />
            </div>
          ))}
        </div>
      </Radio.Group>
      {found.length === 0 && !isLooking && (
        <Input.Description role="status">
          {asked === '' ? `No other term of ${term.domain} is in use.` : 'No term that is in use has these words.'}
        </Input.Description>
      )}
    </div>
  )
}

/** Without itself, and without what is deprecated too. */
function useFound(term: TermDetail, asked: string): { found: TermRef[]; isLooking: boolean } {
  const query = useQuery({
    ...read('glossaryList', { query: asked === '' ? { domain: term.domain, limit: 50 } : { q: asked, limit: 50 } }),
    placeholderData: keepPreviousData,
  })
  const found = (query.data?.items ?? [])
    .filter(({ id, status }) => id !== term.id && status !== 'deprecated')
    .slice(0, FOUND_MAX)
    .map(({ id, term: name, domain, status }) => ({ id, term: name, domain, status }))
  return { found, isLooking: query.isLoading }
}
