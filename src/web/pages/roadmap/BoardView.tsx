import { useCallback, useMemo, useRef } from 'react'
import type { RoadmapItem } from '../../../contracts/roadmap.ts'
import type { Phase } from '../../../contracts/roadmap-ref.ts'
import { can, canSomewhere } from '../../api/can.ts'
import { useMe } from '../../api/me.ts'
import { usePlatformNames } from '../../api/summary.ts'
import type { Board } from './board.ts'
import { type CardActs, handleId } from './Card.tsx'
import { Column } from './Column.tsx'
import { DoneColumn } from './DoneColumn.tsx'
import type { RoadmapFilter } from './filter.ts'
import { menuId } from './MoveMenu.tsx'
import { menuPlaces } from './menu-places.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import classes from './Roadmap.module.css'
import type { Pages } from './use-board.ts'
import { useDrops } from './use-drag.ts'
import { useFocusFollows } from './use-focus-follows.ts'
import { useLift } from './use-lift.ts'
import { useMoves } from './use-moves.ts'
import { phaseWords } from './words.ts'

/** Those side by side; done is below, folded. */
const columns = ['now', 'next', 'later'] as const satisfies readonly Phase[]

/** The columns and their cards, which are moved by mouse, keyboard and menu. */
export function BoardView({ saved, pages, filter }: { saved: Board; pages: Pages; filter: RoadmapFilter }) {
  const me = useMe()
  const platforms = usePlatformNames()
  const moves = useMoves(saved)
  const lift = useLift(moves.board, moves.move)
  const followTo = useFocusFollows(lift.board)
  const mayDrop = canSomewhere(me, 'roadmap.write')
  useDrops(moves.board, moves.move, mayDrop)

  // The newest of each, so that the cards' own acts stay the same and no card is drawn anew for another's sake.
  const latest = useRef({ moves, lift, pages })
  latest.current = { moves, lift, pages }
  const acts = useMemo<CardActs>(
    () => ({
      lift: (card) => latest.current.lift.lift(card),
      step: (key) => latest.current.lift.step(key),
      drop: () => latest.current.lift.drop(),
      putBack: () => latest.current.lift.putBack(),
      placesFor: ({ id }) =>
        menuPlaces(latest.current.moves.board, id, (phase) => latest.current.pages[phase].hasNextPage),
      moveFromMenu(card, target) {
        followTo(menuId(card.id))
        latest.current.moves.move(card, target)
      },
    }),
    [followTo],
  )
  const names = useMemo(() => new Map(platforms.map(({ id, name }) => [id, name])), [platforms])
  const platformName = useCallback((id: string | null) => (id === null ? null : (names.get(id) ?? null)), [names])
  const mayMove = ({ platform_id }: RoadmapItem) =>
    can(me, 'roadmap.write', { platformIds: platform_id === null ? [] : [platform_id] })

  const common = { filter, liftedId: lift.lifted?.card.id ?? null, mayDrop, acts, mayMove, platformName }
  return (
    <>
      <div className={classes.board}>
        {columns.map((phase) => (
          <Column key={phase} phase={phase} cards={lift.board[phase]} pages={pages[phase]} {...common} />
        ))}
      </div>
      <DoneColumn cards={lift.board.done} pages={pages.done} {...common} />
      {moves.asking !== null && (
        <ReasonDialog
          title={`Put off: ${moves.asking.card.title}`}
          act={`Move to ${phaseWords[moves.asking.target.phase]}`}
          returnTo={handleId(moves.asking.card.id)}
          onAnswer={moves.answer}
        />
      )}
    </>
  )
}
