import { useState } from 'react'
import type { RoadmapItem } from '../../../contracts/roadmap.ts'
import { isPutOff } from '../../../contracts/roadmap-ref.ts'
import { useAct } from '../../api/queries.ts'
import { announce } from '../../ui/announce.tsx'
import { tellFault } from '../../ui/notify.tsx'
import { type Board, cardOf, type Place, placeAfter, placeOf, type Target, targetAt, withMoved } from './board.ts'
import { placeText } from './words.ts'

interface Move {
  card: RoadmapItem
  target: Target
}

/**
 * Moving cards, by whatever means. A move is shown at once and stays shown until the portal's own order is here; when the
 * portal refuses it, the card goes back and it is said why. What is put off waits for a reason first.
 */
export function useMoves(saved: Board) {
  const act = useAct('roadmapMove')
  const [sent, setSent] = useState<Move | null>(null)
  const [asking, setAsking] = useState<Move | null>(null)
  const [lifted, setLifted] = useState<{ card: RoadmapItem; place: Place } | null>(null)

  const isOnItsWay = sent !== null && cardOf(saved, sent.card.id)?.version === sent.card.version
  const asSent = isOnItsWay ? withMoved(saved, sent.card, sent.target) : saved
  const shown = asking !== null ? withMoved(asSent, asking.card, asking.target) : asSent
  const board = lifted === null ? shown : withMoved(shown, lifted.card, targetAt(shown, lifted.card.id, lifted.place))

  const send = async (move: Move, reason?: string) => {
    const { card, target } = move
    setSent(move)
    try {
      await act.mutateAsync({
        params: { id: card.id },
        body: {
          phase: target.phase,
          after_id: target.afterId,
          expected_version: card.version,
          ...(reason !== undefined && { reason }),
        },
      })
      const place = placeOf(withMoved(saved, card, target), card.id)
      if (place !== null)
        announce(
          `${card.title} is ${placeText(place, saved[place.phase].length + (card.phase === place.phase ? 0 : 1))}`,
        )
    } catch (thrown) {
      setSent(null)
      announce(`${card.title} was put back`)
      tellFault(thrown)
    }
  }

  const move = (card: RoadmapItem, target: Target) => {
    const from = placeOf(saved, card.id)
    if (from === null || isSame(saved, card, target)) return
    if (isPutOff(card, { ...card, phase: target.phase })) setAsking({ card, target })
    else void send({ card, target })
  }

  return {
    board,
    lifted,
    asking,
    isMoving: act.isPending,
    move,
    /** With the reason; null keeps the card where it was. */
    answer(reason: string | null) {
      if (asking === null) return
      setAsking(null)
      if (reason === null) announce(`${asking.card.title} was put back`)
      else void send(asking, reason)
    },
    lift(card: RoadmapItem) {
      const place = placeOf(shown, card.id)
      if (place === null) return
      setLifted({ card, place })
      announce(
        `Lifted ${card.title}, ${placeText(place, shown[place.phase].length)}. Arrow keys move it, Space drops it, Escape puts it back.`,
      )
    },
    /** Answers whether the key meant something for the lifted card. */
    step(key: string): boolean {
      if (lifted === null) return false
      const place = placeAfter(board, lifted.place, key)
      if (place === null) return key.startsWith('Arrow')
      setLifted({ card: lifted.card, place })
      const count = board[place.phase].length + (place.phase === lifted.place.phase ? 0 : 1)
      announce(placeText(place, count))
      return true
    },
    drop() {
      if (lifted === null) return
      setLifted(null)
      move(lifted.card, targetAt(shown, lifted.card.id, lifted.place))
    },
    putBack() {
      if (lifted === null) return
      setLifted(null)
      announce(`${lifted.card.title} was put back`)
    },
  }
}

export type Moves = ReturnType<typeof useMoves>

/** Where it is already. */
function isSame(board: Board, card: RoadmapItem, { phase, afterId }: Target): boolean {
  const place = placeOf(board, card.id)
  if (place === null || place.phase !== phase) return false
  return (board[phase][place.index - 1]?.id ?? null) === afterId
}
