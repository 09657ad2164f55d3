import { NativeSelect, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import type { RefObject } from 'react'
import { phases } from '../../../contracts/roadmap-ref.ts'
import { serverNow } from '../../api/clock.ts'
import { usePlatformNames } from '../../api/summary.ts'
import { PlatformChoice } from '../../parts/PlatformChoice.tsx'
import type { Board } from './board.ts'
import classes from './Roadmap.module.css'
import { useRoadmapFilter, useTypedWords } from './use-roadmap-filter.ts'
import { useThemes } from './use-themes.ts'
import { quartersAround } from './words.ts'

/** What the address says, as fields. */
export function Filters({ board, searchField }: { board: Board; searchField: RefObject<HTMLInputElement | null> }) {
  const { filter, change } = useRoadmapFilter()
  const { text, type } = useTypedWords(filter.q ?? '')
  const platforms = usePlatformNames()
  const cards = phases.flatMap((phase) => board[phase])
  const themes = useThemes()
  const quarters = quartersAround(serverNow(), [...cards.map((card) => card.target_quarter), filter.quarter ?? null])
  return (
    <search className={classes.filters}>
      <TextInput
        ref={searchField}
        className={classes.find}
        aria-label="Search the roadmap"
        placeholder="Search the roadmap"
        leftSection={<IconSearch size={16} aria-hidden />}
        maxLength={200}
        value={text}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <NativeSelect
        aria-label="Theme"
        data={[{ value: '', label: 'All themes' }, ...withChosen(themes, filter.theme)]}
        value={filter.theme ?? ''}
        onChange={(event) => change({ theme: orNone(event.currentTarget.value) })}
      />
      <PlatformChoice
        platforms={platforms}
        value={filter.platform}
        onChange={(id) => change({ platform: orNone(id) })}
      />
      <NativeSelect
        aria-label="Quarter"
        data={[{ value: '', label: 'All quarters' }, ...quarters]}
        value={filter.quarter ?? ''}
        onChange={(event) => change({ quarter: orNone(event.currentTarget.value) })}
      />
    </search>
  )
}

const orNone = (value: string) => (value === '' ? undefined : value)
/** Also one that no card has any more: the address says it. */
const withChosen = (themes: readonly string[], chosen: string | undefined) =>
  chosen === undefined || themes.includes(chosen) ? themes : [...themes, chosen]
