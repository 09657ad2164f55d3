import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstLine } from './first-line.ts'

test.each([
  ['What customers paid.\n\nAnd more', 'What customers paid.'],
  ['\n\n## **Bold** and `code`', 'Bold and code'],
  ['> - See [the *page*](https://x.example/a_b) now', 'See the page now'],
  ['---\n\n1. One', 'One'],
  ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
  ['', ''],
])('%j reads as %j', (markdown, line) => {
  expect(firstLine(markdown)).toBe(line)
})

test('is one short line of any text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.lorem({ maxCount: 80 })), (text) => {
      const line = firstLine(text)
      expect(line).not.toContain('\n')
      expect(line.length).toBeLessThanOrEqual(182)
    }),
  )
})
