import { describe, expect, test } from 'vitest'
import type { EventType, WorkItemComment, WorkItemEvent } from '../../../../contracts/tickets.ts'
import { interleave, votesSummary } from './timeline.ts'

const at = (minute: number) => `2026-11-22T09:${String(minute).padStart(2, '0')}:00.000Z`
const event = (minute: number, type: EventType): WorkItemEvent => ({
  id: `${type}:${minute}`,
  type,
  at: at(minute),
  by: 'ann',
  action: 'x',
  comment_id: null,
  note: null,
  changes: [],
})
const comment = (minute: number): WorkItemComment => ({
  id: `comment:${minute}`,
  version: 1,
  created_at: at(minute),
  created_by: 'ann',
  updated_at: at(minute),
  updated_by: 'ann',
  work_item_id: 'x',
  body: 'said',
  by_staff: false,
})
const events = [
  event(0, 'CREATE'),
  event(2, 'COMMENT'),
  event(3, 'VOTE'),
  event(4, 'UNVOTE'),
  event(6, 'COMMENT_EDIT'),
  event(7, 'EDIT'),
]
const comments = [comment(2), comment(5)]
const whole = <T>(items: T[]) => ({ items, isComplete: true })
const part = <T>(items: T[]) => ({ items, isComplete: false })
const keys = (entries: ReturnType<typeof interleave>) => entries.map(({ key }) => key)

describe('the timeline', () => {
  test('has comments between events, oldest first, each once, votes in a row as one', () => {
    expect(keys(interleave(whole(events), whole(comments), 'everything'))).toEqual([
      'CREATE:0',
      'comment:2',
      'VOTE:3',
      'comment:5',
      'EDIT:7',
    ])
  })
  test('can be narrowed to comments or to changes', () => {
    expect(keys(interleave(whole(events), whole(comments), 'comments'))).toEqual(['comment:2', 'comment:5'])
    expect(keys(interleave(whole(events), whole(comments), 'changes'))).toEqual([
      'CREATE:0',
      'COMMENT_EDIT:6',
      'EDIT:7',
    ])
  })
  test('ends where what has not been read yet could come between', () => {
    expect(keys(interleave(part(events.slice(0, 3)), whole(comments), 'everything'))).toEqual([
      'CREATE:0',
      'comment:2',
      'VOTE:3',
    ])
    expect(keys(interleave(whole(events), part([comment(2)]), 'everything'))).toEqual(['CREATE:0', 'comment:2'])
    expect(keys(interleave(part([]), whole(comments), 'comments'))).toEqual(['comment:2', 'comment:5'])
  })
})

test('votes are counted, also those taken back', () => {
  const vote = { type: 'VOTE' } as const
  const unvote = { type: 'UNVOTE' } as const
  expect(votesSummary([vote])).toBe('1 vote')
  expect(votesSummary([vote, vote, unvote])).toBe('2 votes, 1 taken back')
  expect(votesSummary([unvote])).toBe('1 vote taken back')
})
