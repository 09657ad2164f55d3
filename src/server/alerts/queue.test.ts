import { expect, test } from 'vitest'
import { messageEvent } from './queue.ts'

test('people outside hear of a message from the moment it is published until it is archived, never of a draft', () => {
  expect(messageEvent(null, 'draft')).toBeNull()
  expect(messageEvent('draft', 'draft')).toBeNull()
  expect(messageEvent('draft', 'archived')).toBeNull()
  expect(messageEvent('archived', 'draft')).toBeNull()
  expect(messageEvent('draft', 'published')).toBe('published')
  expect(messageEvent('published', 'published')).toBe('updated')
  expect(messageEvent('published', 'archived')).toBe('archived')
})
