import { type Phase, phases } from '../../../contracts/roadmap-ref.ts'
import { type Board, placeOf, type Target, targetAt } from './board.ts'
import { phaseWords } from './words.ts'

const places = ['top', 'up', 'down', 'bottom'] as const
type Within = (typeof places)[number]

const words: Record<Within, string> = { top: 'To the top', up: 'Up', down: 'Down', bottom: 'To the bottom' }

/** One way to go, or why not. */
export type MenuPlace = { label: string } & ({ target: Target } | { blocked: string })

/**
 * Where the menu of a card leads, among the cards that are shown; to another phase it comes on top.
 * @param hasMore whether a phase has cards that are not shown yet, so that its end is not known
 */
export function menuPlaces(board: Board, id: string, hasMore: (phase: Phase) => boolean): MenuPlace[] {
  const place = placeOf(board, id)
  if (place === null) return []
  const { phase, index } = place
  const last = board[phase].length - 1
  const within = places.map((to): MenuPlace => {
    const blocked = reasonAgainst(to, phase, index, last, hasMore(phase))
    const wanted = { top: 0, up: index - 1, down: index + 1, bottom: last }[to]
    return blocked === null
      ? { label: words[to], target: targetAt(board, id, { phase, index: wanted }) }
      : { label: words[to], blocked }
  })
  const others = phases.filter((other) => other !== phase)
  return [...within, ...others.map((to) => ({ label: `To ${phaseWords[to]}`, target: { phase: to, afterId: null } }))]
}

function reasonAgainst(to: Within, phase: Phase, index: number, last: number, hasMore: boolean): string | null {
  if (to === 'top' || to === 'up') return index === 0 ? 'It is there already.' : null
  if (hasMore && (to === 'bottom' || index === last)) return `Show all cards of ${phaseWords[phase]} first.`
  return index === last ? 'It is there already.' : null
}
