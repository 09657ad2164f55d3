import type { RoadmapItem } from '../../../contracts/roadmap.ts'
import { type Phase, phases } from '../../../contracts/roadmap-ref.ts'

/** The cards of each phase in their order, as far as they are shown. */
export type Board = Readonly<Record<Phase, readonly RoadmapItem[]>>

export interface Place {
  phase: Phase
  /** From 0, among the cards that are shown. */
  index: number
}

/** Where a card goes; null is the top. */
export interface Target {
  phase: Phase
  afterId: string | null
}

export interface Move {
  card: RoadmapItem
  target: Target
}

export function placeOf(board: Board, id: string): Place | null {
  for (const phase of phases) {
    const index = board[phase].findIndex((card) => card.id === id)
    if (index >= 0) return { phase, index }
  }
  return null
}

export const cardOf = (board: Board, id: string): RoadmapItem | undefined =>
  phases.flatMap((phase) => board[phase]).find((card) => card.id === id)

/** The card that this one comes after once it stands at this place. Places past the end are the end. */
export function targetAt(board: Board, id: string, { phase, index }: Place): Target {
  const others = board[phase].filter((card) => card.id !== id)
  return { phase, afterId: others[Math.min(index, others.length) - 1]?.id ?? null }
}

/** With the card moved. After one that is not there is at the end. */
export function withMoved(board: Board, card: RoadmapItem, { phase, afterId }: Target): Board {
  const without = (list: readonly RoadmapItem[]) => list.filter(({ id }) => id !== card.id)
  const others = without(board[phase])
  const after = others.findIndex(({ id }) => id === afterId)
  const index = afterId === null ? 0 : after < 0 ? others.length : after + 1
  const moved = others.toSpliced(index, 0, card.phase === phase ? card : { ...card, phase })
  return {
    now: without(board.now),
    next: without(board.next),
    later: without(board.later),
    done: without(board.done),
    [phase]: moved,
  }
}

/** With all of them made, one after the other, each with the newest of its card. */
export const withMoves = (board: Board, moves: readonly Move[]): Board =>
  moves.reduce((before, { card, target }) => withMoved(before, cardOf(before, card.id) ?? card, target), board)

/** Whether a card is where it is to go. */
export function isThere(board: Board, id: string, { phase, afterId }: Target): boolean {
  const place = placeOf(board, id)
  return place?.phase === phase && (board[phase][place.index - 1]?.id ?? null) === afterId
}

/** Where an arrow key takes a lifted card; null where it takes it nowhere. */
export function placeAfter(board: Board, { phase, index }: Place, key: string): Place | null {
  switch (key) {
    case 'ArrowUp':
      return index > 0 ? { phase, index: index - 1 } : null
    case 'ArrowDown':
      return index < board[phase].length - 1 ? { phase, index: index + 1 } : null
    case 'ArrowLeft':
      return beside(board, phase, index, -1)
    case 'ArrowRight':
      return beside(board, phase, index, 1)
    default:
      return null
  }
}

function beside(board: Board, from: Phase, index: number, step: -1 | 1): Place | null {
  const phase = phases[phases.indexOf(from) + step]
  return phase === undefined ? null : { phase, index: Math.min(index, board[phase].length) }
}
