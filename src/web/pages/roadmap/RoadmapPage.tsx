import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link, useRouter } from '@tanstack/react-router'
import { lazy, Suspense, useRef, useState } from 'react'
import { canSomewhere } from '../../api/can.ts'
import { useMe } from '../../api/me.ts'
import { ErrorState } from '../../parts/ErrorState.tsx'
import { toRoadmap } from '../../paths.ts'
import { usePageKeys } from '../../shell/use-shortcuts.ts'
import { Notice } from '../../ui/Notice.tsx'
import stack from '../../ui/Stack.module.css'
import { useTitle } from '../../ui/use-title.ts'
import { BoardAge } from './BoardAge.tsx'
import { BoardView } from './BoardView.tsx'
import { Filters } from './Filters.tsx'
import { isFiltered } from './filter.ts'
import { useBoard } from './use-board.ts'
import { useRoadmapFilter } from './use-roadmap-filter.ts'

const CardDetail = lazy(() => import('./CardDetail.tsx'))
const CardForm = lazy(() => import('./CardForm.tsx'))

/** What is being worked on, what follows, and what is not forgotten. */
export function RoadmapPage() {
  useTitle('Roadmap')
  const me = useMe()
  const { filter, item } = useRoadmapFilter()
  const { board: saved, pages } = useBoard(filter)
  const all = Object.values(pages)
  // One column that failed leaves the others alone; all of them are the page.
  const failed = all.every(({ data, error }) => data === undefined && error !== null)
  const isEmpty = all.every(({ data }) => data?.total === 0)
  const closeCard = useCloseCard()
  const [isNew, setIsNew] = useState(false)
  const searchField = useRef<HTMLInputElement>(null)
  usePageKeys({ find: () => searchField.current?.focus() })

  const add = canSomewhere(me, 'roadmap.write') && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setIsNew(true)}>
      New roadmap item
    </Button>
  )
  return (
    <div className={stack.section}>
      <div className={stack.bar}>
        <h1 tabIndex={-1}>Roadmap</h1>
        <div className={stack.row}>
          <BoardAge pages={pages} />
          {add}
        </div>
      </div>
      <Filters board={saved} searchField={searchField} />
      {failed ? (
        <ErrorState
          error={pages.now.error}
          what="roadmap"
          onRetry={() => all.forEach(({ refetch }) => void refetch())}
        />
      ) : !isEmpty ? (
        <BoardView saved={saved} pages={pages} filter={filter} />
      ) : isFiltered(filter) ? (
        <Notice role="status" title="Nothing matches" action={<Link {...toRoadmap()}>Clear the filters</Link>}>
          Other words, or fewer filters, may find it.
        </Notice>
      ) : (
        <Notice title="The roadmap is empty" action={add}>
          It says what the platform teams work on, what follows, and what is not forgotten.
        </Notice>
      )}
      <Suspense>
        {item !== undefined && <CardDetail id={item} onClose={closeCard} />}
        {isNew && <CardForm item={null} onClose={() => setIsNew(false)} />}
      </Suspense>
    </div>
  )
}

/**
 * Closing a card that was opened from this board is going back, so that going back again does not open it anew. Who came
 * straight to the card gets the board in its place.
 */
function useCloseCard(): () => void {
  const { item, change } = useRoadmapFilter()
  const router = useRouter()
  const hasSeenBoard = useRef(false)
  if (item === undefined) hasSeenBoard.current = true
  return () => {
    if (hasSeenBoard.current) router.history.back()
    else change({ item: undefined }, { replace: true })
  }
}
