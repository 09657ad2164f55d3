import { Kbd, NativeSelect, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import type { RefObject } from 'react'
import { termStatuses } from '../../../../contracts/glossary-ref.ts'
import { useDomains } from '../queries.ts'
import { statusWords } from '../StatusTag.tsx'
import classes from './GlossaryList.module.css'
import { useGlossaryFilter, useTypedWords } from './use-glossary-filter.ts'

export function GlossaryFilters({ searchField }: { searchField: RefObject<HTMLInputElement | null> }) {
  const { search, change } = useGlossaryFilter()
  const words = useTypedWords()
  const domains = useDomains().map(({ domain }) => domain)
  // One that the address names, though no term is in it any more.
  const named = search.domain === undefined || domains.includes(search.domain) ? [] : [search.domain]
  return (
    <search className={classes.filters} aria-label="Filter terms">
      <TextInput
        ref={searchField}
        type="search"
        aria-label="Search terms"
        placeholder="Search terms, synonyms and definitions"
        className={classes.find}
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={words.text === '' && <Kbd aria-hidden>/</Kbd>}
        value={words.text}
        onChange={(event) => words.type(event.currentTarget.value)}
        maxLength={200}
      />
      <NativeSelect
        aria-label="Domain"
        value={search.domain ?? ''}
        onChange={(event) => change({ domain: event.currentTarget.value })}
        data={[
          { value: '', label: 'All domains' },
          ...[...named, ...domains].map((value) => ({ value, label: value })),
        ]}
      />
      <NativeSelect
        aria-label="Status"
        value={search.status ?? ''}
        onChange={(event) => change({ status: event.currentTarget.value })}
        data={[
          { value: '', label: 'All statuses' },
          ...termStatuses.map((value) => ({ value, label: statusWords[value] })),
        ]}
      />
    </search>
  )
}
