import { ActionIcon, Button, Kbd, NativeSelect, TextInput } from '@mantine/core'
import { IconChevronDown, IconSearch, IconSortAscending, IconSortDescending } from '@tabler/icons-react'
import { type RefObject, useId, useState } from 'react'
import { itemStates, itemTypes, workflows } from '../../../../contracts/workflows.ts'
import { usePlatformNames } from '../../../api/summary.ts'
import { PlatformChoice } from '../../../parts/PlatformChoice.tsx'
import { stateWords, typeWords } from '../words.ts'
import { countMore } from './filter.ts'
import { MoreFilters } from './MoreFilters.tsx'
import { canReverse, isReversed, reversed, sortsBesides, sortWords } from './sorting.ts'
import classes from './TicketFilters.module.css'
import { useTicketFilter, useTypedFilter } from './use-ticket-filter.ts'

/** What the list is narrowed to. The seldom ones open on demand, and by themselves when one of them is on. */
export function TicketFilters({ searchField }: { searchField: RefObject<HTMLInputElement | null> }) {
  const { search, change } = useTicketFilter()
  const platforms = usePlatformNames()
  const find = useTypedFilter('q', search.q ?? '')
  const [isOpened, setIsOpened] = useState<boolean | null>(null)
  const moreId = useId()
  const more = countMore(search)
  const isOpen = isOpened ?? more > 0
  const states = search.type === undefined ? itemStates : workflows[search.type].states
  const isBackwards = canReverse(search) && isReversed(search)
  return (
    <search className={classes.filters} aria-label="Filter tickets">
      <div className={classes.row}>
        <TextInput
          ref={searchField}
          type="search"
          aria-label="Search tickets"
          placeholder="Search titles, texts and comments"
          className={classes.find}
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSection={find.text === '' && <Kbd aria-hidden>/</Kbd>}
          value={find.text}
          onChange={(event) => find.type(event.currentTarget.value)}
          maxLength={200}
        />
        <NativeSelect
          aria-label="Type"
          value={search.type ?? ''}
          onChange={({ currentTarget: { value } }) => {
            const type = itemTypes.find((candidate) => candidate === value)
            const isLost =
              type !== undefined && search.state !== undefined && !workflows[type].states.includes(search.state)
            change({ type, ...(isLost ? { state: undefined } : {}) })
          }}
          data={[
            { value: '', label: 'All types' },
            ...itemTypes.map((type) => ({ value: type, label: `${typeWords[type]}s` })),
          ]}
        />
        <NativeSelect
          aria-label="State"
          value={search.state ?? ''}
          onChange={(event) => change({ state: event.currentTarget.value })}
          data={[
            { value: '', label: 'All states' },
            ...states.map((state) => ({ value: state, label: stateWords[state] })),
          ]}
        />
        <PlatformChoice platforms={platforms} value={search.platform} onChange={(platform) => change({ platform })} />
        <div className={classes.sort}>
          <NativeSelect
            aria-label="Sort by"
            value={search.sort ?? ''}
            onChange={(event) => change({ sort: event.currentTarget.value, order: undefined })}
            data={[
              { value: '', label: search.q === undefined ? sortWords.created_at : 'Best match first' },
              ...sortsBesides(search).map((sort) => ({ value: sort, label: sortWords[sort] })),
            ]}
          />
          <ActionIcon
            variant="default"
            size={36}
            aria-label="Reverse the order"
            title={canReverse(search) ? 'Reverse the order' : 'The best match comes first'}
            aria-pressed={isBackwards}
            disabled={!canReverse(search)}
            onClick={() => change({ order: reversed(search) })}
          >
            {isBackwards ? <IconSortAscending size={18} aria-hidden /> : <IconSortDescending size={18} aria-hidden />}
          </ActionIcon>
        </div>
        <Button
          variant="default"
          aria-expanded={isOpen}
          aria-controls={moreId}
          rightSection={<IconChevronDown size={16} aria-hidden className={classes.chevron} />}
          onClick={() => setIsOpened(!isOpen)}
        >
          {more > 0 ? `More filters (${more} on)` : 'More filters'}
        </Button>
      </div>
      <div id={moreId} hidden={!isOpen}>
        {isOpen && <MoreFilters />}
      </div>
    </search>
  )
}
