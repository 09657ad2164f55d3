import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import type { RoadmapItem } from '../../../contracts/roadmap.ts'
import { can, canSomewhere } from '../../api/can.ts'
import { useMe } from '../../api/me.ts'
import { usePlatformNames } from '../../api/summary.ts'
import { toRoadmap } from '../../paths.ts'
import { usePageKeys } from '../../shell/use-shortcuts.ts'
import { Notice } from '../../ui/Notice.tsx'
import stack from '../../ui/Stack.module.css'
import { useTitle } from '../../ui/use-title.ts'
import { targetOf } from './board.ts'
import type { CardActs } from './Card.tsx'
import { Column } from './Column.tsx'
import { Filters } from './Filters.tsx'
import { columns, isFiltered } from './filter.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import classes from './Roadmap.module.css'
import { useBoard } from './use-board.ts'
import { useDrops } from './use-drops.ts'
import { useMoves } from './use-moves.ts'
import { useRoadmapFilter } from './use-roadmap-filter.ts'
import { phaseWords } from './words.ts'

const CardDetail = lazy(() => import('./CardDetail.tsx'))
const CardForm = lazy(() => import('./CardForm.tsx'))

/** What is being worked on, what follows, and what is not forgotten. */
export function RoadmapPage() {
  useTitle('Roadmap')
  const me = useMe()
  const { filter, item, change } = useRoadmapFilter()
  const platforms = usePlatformNames()
  const { board: saved, pages } = useBoard(filter)
  const moves = useMoves(saved)
  const [isNew, setIsNew] = useState(false)
  const searchField = useRef<HTMLInputElement>(null)
  usePageKeys({ find: () => searchField.current?.focus() })
  useDrops(moves.board, moves.move)

  // The newest of each, so that the cards' own acts stay the same and no card is drawn anew for another's sake.
  const latest = useRef(moves)
  latest.current = moves
  const acts = useMemo<CardActs>(
    () => ({
      lift: (card) => latest.current.lift(card),
      step: (key) => latest.current.step(key),
      drop: () => latest.current.drop(),
      putBack: () => latest.current.putBack(),
      moveTo(card, to) {
        const target = targetOf(latest.current.board, card.id, to)
        if (target !== null) latest.current.move(card, target)
      },
    }),
    [],
  )
  const names = useMemo(() => new Map(platforms.map(({ id, name }) => [id, name])), [platforms])
  const platformName = useCallback((id: string | null) => (id === null ? null : (names.get(id) ?? null)), [names])
  const mayMove = ({ platform_id }: RoadmapItem) =>
    can(me, 'roadmap.write', { platformIds: platform_id === null ? [] : [platform_id] })

  const common = { filter, liftedId: moves.lifted?.card.id ?? null, acts, mayMove, platformName }
  const isEmpty = Object.values(pages).every(({ data }) => data?.total === 0)
  const add = canSomewhere(me, 'roadmap.write') && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setIsNew(true)}>
      New roadmap item
    </Button>
  )
  return (
    <div className={stack.section}>
      <div className={stack.bar}>
        <h1 tabIndex={-1}>Roadmap</h1>
        {add}
      </div>
      <Filters board={saved} searchField={searchField} />
      {isEmpty && isFiltered(filter) && (
        <Notice role="status" title="Nothing matches" action={<Link {...toRoadmap()}>Clear the filters</Link>}>
          Other words, or fewer filters, may find it.
        </Notice>
      )}
      {isEmpty && !isFiltered(filter) && (
        <Notice title="The roadmap is empty" action={add}>
          It says what the platform teams work on, what follows, and what is not forgotten.
        </Notice>
      )}
      {!isEmpty && (
        <>
          <div className={classes.board}>
            {columns.map((phase) => (
              <Column key={phase} phase={phase} cards={moves.board[phase]} pages={pages[phase]} {...common} />
            ))}
          </div>
          <details className={classes.done} open={moves.lifted?.place.phase === 'done' || undefined}>
            <summary>
              {phaseWords.done} · {pages.done.data?.total ?? 0}
            </summary>
            <Column phase="done" cards={moves.board.done} pages={pages.done} {...common} />
          </details>
        </>
      )}
      {moves.asking !== null && (
        <ReasonDialog
          title={`Put off: ${moves.asking.card.title}`}
          act={`Move to ${phaseWords[moves.asking.target.phase]}`}
          onAnswer={moves.answer}
        />
      )}
      <Suspense>
        {item !== undefined && <CardDetail id={item} onClose={() => change({ item: undefined })} />}
        {isNew && <CardForm item={null} onClose={() => setIsNew(false)} />}
      </Suspense>
    </div>
  )
}
