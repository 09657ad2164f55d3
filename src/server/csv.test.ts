import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BYTE_ORDER_MARK, CsvProblem, csvLine, defused, readCsv, undefused } from './csv.ts'

const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^'{0,3}[ \t]?[=+@'-]{0,2}[a;,"\r\n]{0,4}$/))

describe('a line of CSV', () => {
  test('is read back as exactly the cells that were written', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 5 }), (rows) => {
        const text = [BYTE_ORDER_MARK, csvLine(['one', 'two']), ...rows.map((row) => csvLine(row))].join('')
        const read = readCsv(text, 10).map(({ cells }) => cells)
        // A line of two empty cells is there; only a line without any is not.
        expect(read).toEqual([['one', 'two'], ...rows])
      }),
    )
  })

  test('holds no formula, and marking twice is marking', () => {
    fc.assert(
      fc.property(cell, (text) => {
        expect(defused(text)).not.toMatch(/^[\s\u00a0]*[=+\-@]/)
        expect(undefused(defused(text))).toBe(text)
      }),
    )
    expect([undefused('=1'), undefused("'plain"), undefused("'=1")]).toEqual(['=1', "'plain", '=1'])
  })
})

test('a file says where each of its rows begins, whatever separates its cells', () => {
  for (const mark of [',', ';', '\t']) {
    const text = `a${mark}b\n"x\ny"${mark}1\n\nz${mark}2\n`
    expect(readCsv(text, 10)).toMatchObject([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['x\ny', '1'] },
      { cells: ['z', '2'] },
    ])
  }
})

test.each([
  ['a quote that never ends', 'a,b\n"x,1\n'],
  ['more rows than are allowed', 'a\n1\n2\n3\n'],
])('%s is a problem with words', (_what, text) => {
  expect(() => readCsv(text, 3)).toThrow(CsvProblem)
})
