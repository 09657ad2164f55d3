import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RoadmapItem } from '../../../contracts/roadmap.ts'
import { type Phase, phases } from '../../../contracts/roadmap-ref.ts'
import { type Board, placeAfter, placeOf, targetAt, withMoved } from './board.ts'
import { sampleCard } from './sample-card.ts'

const boardOf = (names: Readonly<Record<Phase, string>>): Board => {
  const cards = (phase: Phase): RoadmapItem[] => [...names[phase]].map((id) => sampleCard({ id, phase }))
  return { now: cards('now'), next: cards('next'), later: cards('later'), done: cards('done') }
}
const namesOf = (board: Board) => phases.map((phase) => board[phase].map(({ id }) => id).join('')).join(' ')
const board = boardOf({ now: 'abc', next: 'de', later: '', done: 'f' })
const [a, d] = [board.now[0], board.next[0]]
if (a === undefined || d === undefined) throw new Error('They are on the board')

describe('a moved card', () => {
  test('stands after the one it was put after, on top, or at the end', () => {
    expect(namesOf(withMoved(board, a, { phase: 'now', afterId: 'b' }))).toBe('bac de  f')
    expect(namesOf(withMoved(board, a, { phase: 'next', afterId: null }))).toBe('bc ade  f')
    expect(namesOf(withMoved(board, d, { phase: 'later', afterId: null }))).toBe('abc e d f')
    // The one it was to come after has gone meanwhile.
    expect(namesOf(withMoved(board, d, { phase: 'now', afterId: 'x' }))).toBe('abcd e  f')
  })
  test('is of its new phase', () => {
    expect(withMoved(board, a, { phase: 'done', afterId: 'f' }).done.map(({ phase }) => phase)).toEqual([
      'done',
      'done',
    ])
  })
  test('stands exactly where it was put, and no other card is lost, doubled or reordered', () => {
    fc.assert(
      fc.property(fc.constantFrom(...'abcdef'), fc.constantFrom(...phases), fc.nat({ max: 6 }), (id, phase, index) => {
        const card = phases.flatMap((each) => board[each]).find((each) => each.id === id)
        if (card === undefined) throw new Error('It is on the board')
        const moved = withMoved(board, card, targetAt(board, id, { phase, index }))
        const others = board[phase].filter((each) => each.id !== id).length
        expect(placeOf(moved, id)).toEqual({ phase, index: Math.min(index, others) })
        expect(namesOf(moved).replace(id, '')).toBe(namesOf(board).replace(id, ''))
      }),
    )
  })
})

describe('an arrow key', () => {
  test('takes a lifted card up, down and to the columns beside, and stops at the edges', () => {
    expect(placeAfter(board, { phase: 'now', index: 1 }, 'ArrowUp')).toEqual({ phase: 'now', index: 0 })
    expect(placeAfter(board, { phase: 'now', index: 0 }, 'ArrowUp')).toBeNull()
    expect(placeAfter(board, { phase: 'now', index: 2 }, 'ArrowDown')).toBeNull()
    expect(placeAfter(board, { phase: 'now', index: 2 }, 'ArrowRight')).toEqual({ phase: 'next', index: 2 })
    expect(placeAfter(board, { phase: 'next', index: 1 }, 'ArrowRight')).toEqual({ phase: 'later', index: 0 })
    expect(placeAfter(board, { phase: 'now', index: 0 }, 'ArrowLeft')).toBeNull()
    expect(placeAfter(board, { phase: 'done', index: 0 }, 'ArrowRight')).toBeNull()
    expect(placeAfter(board, { phase: 'now', index: 1 }, 'x')).toBeNull()
  })
})
