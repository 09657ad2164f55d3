import { expect, test } from 'vitest'
import type { TransitionOption } from '../../../../contracts/tickets.ts'
import {
  asksFor,
  emptyTransition,
  sameOption,
  ticketIdIn,
  transitionErrors,
  transitionRequest,
} from './transition-draft.ts'

const plain: TransitionOption = {
  to_state: 'UNDER_REVIEW',
  label: 'Review',
  blocked_reason: null,
  note: null,
  assignee: null,
  waiting_on: [],
  resolutions: [],
  duplicate_of: false,
}
const item = { id: 'b0000000-0000-4000-8000-000000000000', assigned_to: null }
const filled = {
  note: ' done ',
  resolution: 'FIXED',
  waiting_on: 'VENDOR',
  assigned_to: ' ann ',
  duplicate_of: 'other',
}

test('what asks for nothing is one click, and sends nothing but where to', () => {
  expect(asksFor(plain)).toBe(false)
  expect(transitionRequest(filled, plain, 3)).toEqual({ to_state: 'UNDER_REVIEW', expected_version: 3 })
})
test('a single resolution is sent without asking', () => {
  const option: TransitionOption = { ...plain, resolutions: ['DUPLICATE'] }
  expect(asksFor(option)).toBe(false)
  expect(transitionRequest(emptyTransition, option, 1)).toMatchObject({ resolution: 'DUPLICATE' })
})
test('what is asked for must be there', () => {
  const option: TransitionOption = {
    ...plain,
    note: 'resolution note',
    resolutions: ['FIXED', 'WORKAROUND'],
    waiting_on: ['VENDOR'],
    assignee: 'required',
    duplicate_of: true,
  }
  expect(asksFor(option)).toBe(true)
  expect(transitionErrors(emptyTransition, option, item)).toEqual({
    note: 'Resolution note is needed',
    resolution: 'Choose one',
    waiting_on: 'Choose what it waits for',
    assigned_to: 'Say who will do it',
    duplicate_of: 'Choose the ticket that this one repeats',
  })
  expect(transitionErrors(filled, option, item)).toEqual({})
  expect(transitionRequest(filled, option, 3)).toEqual({
    to_state: 'UNDER_REVIEW',
    expected_version: 3,
    note: 'done',
    resolution: 'FIXED',
    waiting_on: 'VENDOR',
    assigned_to: 'ann',
    duplicate_of: 'other',
  })
})
test('an assignee that is there already is enough, and "actor" may stay empty', () => {
  expect(
    transitionErrors(emptyTransition, { ...plain, assignee: 'required' }, { ...item, assigned_to: 'ben' }),
  ).toEqual({})
  expect(transitionErrors(emptyTransition, { ...plain, assignee: 'actor' }, item)).toEqual({})
})
test('a ticket does not repeat itself', () => {
  expect(
    transitionErrors({ ...emptyTransition, duplicate_of: item.id }, { ...plain, duplicate_of: true }, item),
  ).toEqual({
    duplicate_of: 'A ticket cannot repeat itself',
  })
})
test('a button is the same one only while it may be pressed', () => {
  expect(sameOption([plain], plain)).toBe(plain)
  expect(sameOption([{ ...plain, blocked_reason: 'no' }], plain)).toBeUndefined()
})
test('a pasted link names its ticket', () => {
  expect(ticketIdIn(`https://portal.example/tickets/${item.id}?x=1#y`)).toBe(item.id)
  expect(ticketIdIn(item.id.toUpperCase())).toBe(item.id)
  expect(ticketIdIn('late orders')).toBeNull()
})
