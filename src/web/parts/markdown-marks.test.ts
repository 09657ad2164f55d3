import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editFor, type Mark, marks } from './markdown-marks.ts'

/** `|` marks where the selection begins and ends. */
function press(mark: Mark, shown: string): string {
  const start = shown.indexOf('|')
  const end = shown.lastIndexOf('|') - (shown.lastIndexOf('|') === start ? 0 : 1)
  const edit = editFor(mark, shown.replaceAll('|', ''), start, end)
  const text = shown.replaceAll('|', '')
  const after = text.slice(0, edit.start) + edit.insert + text.slice(edit.end)
  const [from, to] = edit.select
  return from === to
    ? `${after.slice(0, from)}|${after.slice(from)}`
    : `${after.slice(0, from)}|${after.slice(from, to)}|${after.slice(to)}`
}

describe('the toolbar', () => {
  test('wraps what is selected, and unwraps it again', () => {
    expect(press('bold', 'so |late| today')).toBe('so **|late|** today')
    expect(press('bold', 'so **|late|** today')).toBe('so |late| today')
    expect(press('italic', '|')).toBe('_|_')
    expect(press('code', 'run |dbt| now')).toBe('run `|dbt|` now')
  })
  test('makes a block of code that has several lines', () => {
    expect(press('code', '|select 1\nfrom a|')).toBe('```\n|select 1\nfrom a|\n```')
  })
  test('leaves selected what of a link is still to be typed', () => {
    expect(press('link', 'see |the page|')).toBe('see [the page](|https://|)')
    expect(press('link', '|https://x.example|')).toBe('[|text|](https://x.example)')
  })
  test('begins each chosen line with its sign, whole lines at a time', () => {
    expect(press('list', 'one\nt|wo\nth|ree\nfour')).toBe('one\n|- two\n- three|\nfour')
    expect(press('list', '|- two\n- three|')).toBe('|two\nthree|')
    expect(press('quote', 'said|')).toBe('> said|')
  })
  test('never loses a character that was there, wherever the selection is', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(), fc.constantFrom(...marks), (text, a, b, mark) => {
        const [start = 0, end = 0] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y)
        const edit = editFor(mark, text, start, end)
        const after = text.slice(0, edit.start) + edit.insert + text.slice(edit.end)
        const signs = /[*_`[\]()>\- ]|text|https:\/\/|\n/g
        expect(after.replace(signs, '')).toBe(text.replace(signs, ''))
        expect(edit.select[0]).toBeLessThanOrEqual(edit.select[1])
        expect(edit.select[1]).toBeLessThanOrEqual(after.length)
      }),
    )
  })
})
