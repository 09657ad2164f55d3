import { type RefObject, useEffect, useRef, useState } from 'react'
import { type Phase, phases } from '../../../contracts/roadmap-ref.ts'
import { type Board, cardOf } from './board.ts'
import { withDragging } from './dragging.ts'
import type { Moves } from './use-moves.ts'

/** A card that is dragged by its handle, if at all. Answers whether it is being dragged. */
export function useDraggable(
  card: RefObject<HTMLElement | null>,
  handle: RefObject<HTMLElement | null>,
  { id, isMovable }: { id: string; isMovable: boolean },
): boolean {
  const [isDragged, setIsDragged] = useState(false)
  useEffect(() => {
    const [element, dragHandle] = [card.current, handle.current]
    if (!isMovable || element === null || dragHandle === null) return
    return withDragging(({ draggable }) =>
      draggable({
        element,
        dragHandle,
        getInitialData: () => ({ cardId: id }),
        onDragStart: () => setIsDragged(true),
        onDrop: () => setIsDragged(false),
      }),
    )
  }, [card, handle, id, isMovable])
  return isDragged
}

/** Whatever is dropped on a column is moved to the place there that the column has named. */
export function useDrops(board: Board, move: Moves['move'], mayMove: boolean): void {
  const latest = useRef({ board, move })
  latest.current = { board, move }
  useEffect(() => {
    if (!mayMove) return
    return withDragging(({ monitorForElements }) =>
      monitorForElements({
        onDrop({ source, location }) {
          const { phase: name, afterId } = location.current.dropTargets[0]?.data ?? {}
          const phase: Phase | undefined = phases.find((one) => one === name)
          const card = cardOf(latest.current.board, String(source.data.cardId))
          if (card === undefined || phase === undefined) return
          latest.current.move(card, { phase, afterId: typeof afterId === 'string' ? afterId : null })
        },
      }),
    )
  }, [mayMove])
}
