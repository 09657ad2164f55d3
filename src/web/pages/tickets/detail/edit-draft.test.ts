import { expect, test } from 'vitest'
import type { WorkItem } from '../../../../contracts/tickets.ts'
import { draftOfTicket, ticketChanges, ticketErrors, ticketFieldErrors, ticketLabels } from './edit-draft.ts'

const at = '2026-11-22T09:42:00.000Z'
const request: WorkItem = {
  id: 'b0000000-0000-4000-8000-000000000000',
  version: 1,
  created_at: at,
  created_by: 'ann',
  updated_at: at,
  updated_by: 'ann',
  item_type: 'PLATFORM_REQUEST',
  title: 'Read the orders',
  description: '',
  state: 'SUBMITTED',
  category: 'open',
  severity: null,
  priority: 'P3',
  platform_id: null,
  environment: null,
  tags: [],
  assigned_to: null,
  due_at: null,
  waiting_on: null,
  waiting_from: null,
  resolution: null,
  duplicate_of: null,
  state_note: null,
  state_at: at,
  reopen_count: 0,
  template: 'access',
  answers: { resource: 'main.sales', level: 'Read', principal: 'ann', personal_data: false, justification: 'Reports' },
  approved_by: null,
  approved_at: null,
  source_id: null,
}
const base = draftOfTicket(request)

test('each answer is a field of its own, and all are sent as soon as one changes', () => {
  expect(ticketChanges(base, { ...base, title: 'Another' })).toEqual({ title: 'Another' })
  expect(ticketChanges(base, { ...base, answer_level: 'Write' })).toEqual({
    answers: { ...request.answers, level: 'Write' },
  })
  expect(ticketLabels('access', base).answer_resource).toBe('Catalog, schema, table or dashboard')
})
test('an answer that is emptied is left out, and missed where the template needs it', () => {
  const without = { ...base, answer_level: '' }
  expect(ticketChanges(base, without).answers).not.toHaveProperty('level')
  expect(ticketErrors(base, without, 'access')).toEqual({ answer_level: 'This is needed' })
})
test('an old answer that the template would refuse today does not stop another edit', () => {
  const old = draftOfTicket({ ...request, answers: { level: 'Gone' } })
  expect(ticketErrors(old, { ...old, title: 'Another' }, 'access')).toEqual({})
})
test('a title is needed, and tags are tags', () => {
  expect(ticketErrors(base, { ...base, title: ' ', tags: ['two words'] }, 'access')).toMatchObject({
    title: 'A title is needed',
    tags: expect.stringContaining('two words'),
  })
})
test('what the portal says of an answer comes to its field', () => {
  expect(ticketFieldErrors({ 'answers.level': 'is needed' })).toEqual({ answer_level: 'This is needed' })
})
