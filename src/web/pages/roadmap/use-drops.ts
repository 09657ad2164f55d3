import { dropTargetForElements, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { type RefObject, useEffect, useRef } from 'react'
import { type Phase, phases } from '../../../contracts/roadmap-ref.ts'
import { type Board, cardOf, type Target } from './board.ts'
import type { Moves } from './use-moves.ts'

/** Whatever is dropped on the board is moved there. */
export function useDrops(board: Board, move: Moves['move']): void {
  const latest = useRef({ board, move })
  latest.current = { board, move }
  useEffect(
    () =>
      monitorForElements({
        onDrop({ source, location }) {
          const [over] = location.current.dropTargets
          const card = cardOf(latest.current.board, String(source.data.cardId))
          const target =
            over === undefined ? null : targetOf(latest.current.board, over.data, String(source.data.cardId))
          if (card !== undefined && target !== null) latest.current.move(card, target)
        },
      }),
    [],
  )
}

/** Below a card is after it; above it is after the one before it; on a column is at its end. */
function targetOf(board: Board, data: Record<string | symbol, unknown>, movedId: string): Target | null {
  const phase = phases.find((one) => one === data.phase)
  if (phase === undefined) return null
  const others = board[phase].filter(({ id }) => id !== movedId)
  if (typeof data.cardId !== 'string') return { phase, afterId: others.at(-1)?.id ?? null }
  if (data.edge === 'below') return { phase, afterId: data.cardId }
  const index = others.findIndex(({ id }) => id === data.cardId)
  return { phase, afterId: others[index - 1]?.id ?? null }
}

/** The room of a column, for cards that are dropped past its last one. */
export function useColumnDrop(column: RefObject<HTMLElement | null>, phase: Phase): void {
  useEffect(() => {
    const element = column.current
    if (element === null) return
    return dropTargetForElements({ element, getData: () => ({ phase }) })
  }, [column, phase])
}
