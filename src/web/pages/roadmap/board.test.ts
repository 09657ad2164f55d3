import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RoadmapItem } from '../../../contracts/roadmap.ts'
import { type Phase, phases } from '../../../contracts/roadmap-ref.ts'
import { type Board, isThere, placeAfter, placeOf, targetAt, withMoved, withMoves } from './board.ts'
import { menuPlaces } from './menu-places.ts'
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

describe('moves that are on their way', () => {
  test('build on each other, and each takes its card as it now is', () => {
    const renamed = { ...board, now: board.now.map((card) => (card.id === 'a' ? { ...card, owner: 'Ann' } : card)) }
    const moves = [
      { card: a, target: { phase: 'next', afterId: 'd' } },
      { card: d, target: { phase: 'next', afterId: 'a' } },
    ] as const
    const after = withMoves(renamed, moves)
    expect(namesOf(after)).toBe('bc ade  f')
    expect(after.next[0]).toMatchObject({ id: 'a', owner: 'Ann', phase: 'next' })
  })
  test('of a card that is in no column just now show it all the same', () => {
    const moves = [{ card: a, target: { phase: 'later', afterId: null } }] as const
    expect(namesOf(withMoves({ ...board, now: board.now.slice(1) }, moves))).toBe('bc de a f')
  })
  test('that lead where the card is are none', () => {
    fc.assert(
      fc.property(fc.constantFrom(...'abcdef'), (id) => {
        const place = placeOf(board, id)
        if (place === null) throw new Error('It is on the board')
        expect(isThere(board, id, targetAt(board, id, place))).toBe(true)
        for (const phase of phases)
          if (phase !== place.phase) expect(isThere(board, id, { phase, afterId: null })).toBe(false)
      }),
    )
  })
})

describe('the menu of a card', () => {
  const offered = (id: string, hasMore = false) =>
    menuPlaces(board, id, () => hasMore).map((place) =>
      'blocked' in place ? `${place.label}: ${place.blocked}` : `${place.label} > ${place.target.afterId}`,
    )
  test('leads through its column and on top of the others', () => {
    expect(offered('b')).toEqual([
      'To the top > null',
      'Up > null',
      'Down > c',
      'To the bottom > c',
      'To Next > null',
      'To Later > null',
      'To Done > null',
    ])
  })
  test('says why it leads no further', () => {
    expect(offered('a').slice(0, 2)).toEqual(['To the top: It is there already.', 'Up: It is there already.'])
    expect(offered('c').slice(2, 4)).toEqual(['Down: It is there already.', 'To the bottom: It is there already.'])
    expect(offered('b', true).slice(2, 4)).toEqual(['Down > c', 'To the bottom: Show all cards of Now first.'])
    expect(offered('c', true)[2]).toBe('Down: Show all cards of Now first.')
    expect(offered('x')).toEqual([])
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
