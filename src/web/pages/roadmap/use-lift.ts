import { useState } from 'react'
import type { RoadmapItem } from '../../../contracts/roadmap.ts'
import { announce } from '../../ui/announce.tsx'
import { type Board, type Place, placeAfter, placeOf, targetAt, withMoved } from './board.ts'
import type { Moves } from './use-moves.ts'
import { placeText } from './words.ts'

/** A card in the hand of the keyboard: it is shown where it would be dropped, and nobody else sees it there yet. */
export function useLift(shown: Board, move: Moves['move']) {
  const [lifted, setLifted] = useState<{ card: RoadmapItem; place: Place } | null>(null)
  const board = lifted === null ? shown : withMoved(shown, lifted.card, targetAt(shown, lifted.card.id, lifted.place))
  return {
    board,
    lifted,
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
      const target = targetAt(shown, lifted.card.id, lifted.place)
      announce(`${lifted.card.title} is ${placeText(lifted.place, board[lifted.place.phase].length)}`)
      move(lifted.card, target)
    },
    putBack() {
      if (lifted === null) return
      setLifted(null)
      announce(`${lifted.card.title} was put back`)
    },
  }
}
