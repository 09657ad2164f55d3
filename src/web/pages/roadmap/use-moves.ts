import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { RoadmapItem } from '../../../contracts/roadmap.ts'
import { isPutOff } from '../../../contracts/roadmap-ref.ts'
import { call } from '../../api/client.ts'
import { ApiFault } from '../../api/fault.ts'
import { refresh } from '../../api/live.ts'
import { announce } from '../../ui/announce.tsx'
import { tellFault } from '../../ui/notify.tsx'
import { type Board, isThere, type Move, placeOf, type Target, withMoves } from './board.ts'
import { placeText } from './words.ts'

/**
 * Moving cards, by whatever means. A move is shown at once and stays shown until the portal's own order is here; when the
 * portal refuses it, the card goes back and it is said why. What is put off waits for a reason first.
 */
export function useMoves(saved: Board) {
  const queries = useQueryClient()
  const [onTheirWay, setOnTheirWay] = useState<readonly Move[]>([])
  const [asking, setAsking] = useState<Move | null>(null)
  const board = withMoves(saved, asking === null ? onTheirWay : [...onTheirWay, asking])
  const latest = useRef(board)
  latest.current = board
  // One after the other: the next one may be about the same card, or beside it.
  const queue = useRef(Promise.resolve())
  // What this page's own moves made of a card, which it need not have read again to move it once more.
  const versions = useRef(new Map<string, number>())

  const deliver = async (sent: Move, reason: string | undefined) => {
    const { card, target } = sent
    const expected_version = Math.max(card.version, versions.current.get(card.id) ?? 0)
    const body = { phase: target.phase, after_id: target.afterId, expected_version }
    const fault = await call('roadmapMove', {
      params: { id: card.id },
      body: { ...body, ...(reason !== undefined && { reason }) },
    }).then(
      ({ version }) => {
        versions.current.set(card.id, version)
        return null
      },
      (thrown: unknown) => thrown,
    )
    // After a refusal too: what it was refused for may not be on the screen yet.
    await refresh(queries, ['roadmap_items'])
    setOnTheirWay((before) => before.filter((move) => move !== sent))
    if (fault === null) return
    announce(`${card.title} was put back`)
    tellFault(gone(fault) ?? fault)
  }

  const send = (sent: Move, reason?: string) => {
    setOnTheirWay((before) => [...before, sent])
    announce(wherein(withMoves(latest.current, [sent]), sent.card))
    queue.current = queue.current.then(() => deliver(sent, reason))
  }

  return {
    board,
    asking,
    move(card: RoadmapItem, target: Target) {
      if (placeOf(latest.current, card.id) === null || isThere(latest.current, card.id, target)) return
      if (isPutOff(card, { ...card, phase: target.phase })) setAsking({ card, target })
      else send({ card, target })
    },
    /** With the reason; null keeps the card where it was. */
    answer(reason: string | null) {
      if (asking === null) return
      setAsking(null)
      if (reason === null) announce(`${asking.card.title} was put back`)
      else send(asking, reason)
    },
  }
}

export type Moves = ReturnType<typeof useMoves>

function wherein(board: Board, { id, title }: RoadmapItem): string {
  const place = placeOf(board, id)
  return place === null ? '' : `${title} is ${placeText(place, board[place.phase].length)}`
}

/** The neighbour was deleted, or went to another phase. */
function gone(thrown: unknown): ApiFault | null {
  if (!(thrown instanceof ApiFault) || thrown.details.fields?.['body.after_id'] === undefined) return null
  return new ApiFault(
    thrown.code,
    'The card that it was put after has gone from there meanwhile; you now see the newest.',
  )
}
