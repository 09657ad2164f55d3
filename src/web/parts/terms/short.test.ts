import { expect, test } from 'vitest'
import { shortDefinition } from './short.ts'

test('a definition in short is its first paragraph in plain words', () => {
  expect(shortDefinition('# Net sales\n\nWhat **orders** brought\nless [returns](/x).\n\nMore.')).toBe(
    'What orders brought less returns.',
  )
})
test('a definition that is only a list still says something, one that is empty says nothing', () => {
  expect(shortDefinition('- a\n- b')).toBe('a b')
  expect(shortDefinition(' ')).toBe('')
})
test('a long one is cut at a word', () => {
  const short = shortDefinition('words '.repeat(100))
  expect(short.length).toBeLessThan(285)
  expect(short).toMatch(/words …$/)
})
