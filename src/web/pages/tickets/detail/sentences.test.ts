import { expect, test } from 'vitest'
import type { WorkItemEvent } from '../../../../contracts/tickets.ts'
import { tell } from './sentences.ts'

const told = (type: WorkItemEvent['type'], ...changes: [string, unknown, unknown][]) =>
  tell(
    {
      id: 'x:1',
      type,
      at: '2026-11-22T09:42:00.000Z',
      by: 'ann@x.example',
      action: 'work_item.edit',
      comment_id: null,
      note: null,
      changes: changes.map(([field, from, to]) => ({ field, from, to })),
    },
    () => 'Sales',
  )

test('a move says from where to where, and what came with it', () => {
  expect(
    told('STATE_CHANGE', ['state', 'NEW', 'IN_PROGRESS'], ['category', 'open', 'active'], ['assigned_to', null, 'ann'])
      .deed,
  ).toBe('moved it from New to In progress and assigned it to ann')
  expect(told('STATE_CHANGE', ['state', 'IN_PROGRESS', 'RESOLVED'], ['resolution', null, 'FIXED']).deed).toBe(
    'moved it from In progress to Resolved (Fixed)',
  )
})
test('an edit says each field from what to what', () => {
  expect(
    told(
      'EDIT',
      ['severity', 'HIGH', 'LOW'],
      ['environment', null, 'staging'],
      ['due_at', '2026-11-22T09:42:00.000Z', null],
    ).deed,
  ).toMatch('changed the severity from High to Low, set the environment to staging and removed the due date')
  expect(told('STATE_CHANGE', ['state', 'NEW', 'WAITING'], ['waiting_on', null, 'VENDOR']).deed).toBe(
    'moved it from New to Waiting (for the vendor)',
  )
  expect(told('EDIT', ['platform_id', null, 'some-id']).deed).toBe('set the platform to Sales')
  expect(told('TAG', ['tags', ['a', 'b'], ['b', 'c', 'd']]).deed).toBe('added the tags c, d and removed the tag a')
})
test('a long text is shown by what changed in it', () => {
  expect(told('EDIT', ['description', 'old', 'new'])).toEqual({
    deed: 'edited the description',
    texts: [{ field: 'description', from: 'old', to: 'new' }],
  })
})
test('what is filed is not told field by field', () => {
  expect(told('CREATE', ['title', null, 'x'], ['description', null, 'y'])).toEqual({ deed: 'filed this', texts: [] })
})
