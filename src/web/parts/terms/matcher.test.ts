import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { GlossaryWord } from '../../../contracts/glossary.ts'
import { createMatcher } from './matcher.ts'
import { tokensOf } from './tokens.ts'

let last = 0
function word(term: string, more: Partial<GlossaryWord> = {}): GlossaryWord {
  last += 1
  return { id: `t${last}`, term, synonyms: [], domain: 'Sales', status: 'active', successor: null, ...more }
}
const found = (words: GlossaryWord[], text: string) =>
  createMatcher(words)
    .find(text)
    .map(({ start, end }) => text.slice(start, end))
const named = (words: GlossaryWord[], text: string) =>
  createMatcher(words)
    .find(text)
    .map(({ words }) => words.map(({ term, domain }) => `${domain}/${term}`))

describe('a term is found', () => {
  test('whatever its case, its blanks and its plural', () => {
    const terms = [word('Net sales'), word('order'), word('Batch')]
    expect(found(terms, 'NET SALES, net\n  sales and Net\u00a0Sales of Orders in batches')).toEqual([
      'NET SALES',
      'net\n  sales',
      'Net\u00a0Sales',
      'Orders',
      'batches',
    ])
  })
  test('as a whole word only, in any script', () => {
    const terms = [word('order'), word('Änderung'), word('заказ'), word('café')]
    expect(found(terms, 'reorder ordered order_id border orders2 Änderungen xÄnderung заказы')).toEqual([])
    expect(found(terms, '(order) “Änderung” заказ! cafe\u0301')).toEqual(['order', 'Änderung', 'заказ', 'cafe\u0301'])
  })
  test('by its longest name, and then from where that ended', () => {
    const terms = [word('sales'), word('net sales'), word('net sales ratio'), word('ratio test')]
    expect(found(terms, 'net sales ratio test; net sales rat; sales')).toEqual([
      'net sales ratio',
      'net sales',
      'sales',
    ])
  })
  test('by its name before a plural of another', () => {
    expect(named([word('sale'), word('sales')], 'sales')).toEqual([['Sales/sales']])
  })
  test('as an acronym only when written so', () => {
    const terms = [word('IT'), word('SLA'), word('P&L'), word('REVENUE')]
    expect(found(terms, 'it is in IT; slas, SLAs, SLAS and SLA; P&L, p&l; revenue')).toEqual([
      'IT',
      'SLAs',
      'SLA',
      'P&L',
      'revenue',
    ])
  })
  test('with the signs that belong to it, and not inside a contraction', () => {
    const terms = [word('C'), word('C++'), word('.NET'), word('don'), word('t'), word('month-to-date')]
    expect(found(terms, "C++ C .NET net don't month‑to–date")).toEqual(['C++', 'C', '.NET', 'don', 'month‑to–date'])
  })
  test('never twice in one place, although signs belong to two', () => {
    expect(found([word('C.'), word('.NET')], 'C.NET')).toEqual(['C.'])
  })
  test('not across other words, other signs, or from signs alone', () => {
    expect(found([word('net sales'), word('%'), word('a')], 'net the sales, net. Sales; 5 %, As')).toEqual([])
  })
})

describe('one word, several meanings', () => {
  test('in two domains both are found, those in use first', () => {
    const terms = [word('Margin', { domain: 'Billing', status: 'deprecated' }), word('margin', { domain: 'Trade' })]
    expect(named(terms, 'the margin')).toEqual([['Trade/margin', 'Billing/Margin']])
  })
  test('in one domain the term of that name counts, not a synonym of another', () => {
    const terms = [word('Gross revenue', { synonyms: ['Turnover'] }), word('Turnover', { status: 'deprecated' })]
    expect(named(terms, 'turnover')).toEqual([['Sales/Turnover']])
    expect(named(terms, 'gross revenue')).toEqual([['Sales/Gross revenue']])
  })
  test('a synonym stands for its term', () => {
    expect(named([word('Customer', { synonyms: ['client', 'customer'] })], 'clients')).toEqual([['Sales/Customer']])
  })
  test('more meanings than anybody reads are cut', () => {
    const terms = Array.from({ length: 500 }, (_, i) => word('order', { domain: `Domain ${i}` }))
    expect(createMatcher(terms).find('order')[0]?.words).toHaveLength(20)
  })
})

const piece = fc.constantFrom(
  ...[
    'net',
    'sales',
    'sale',
    'SLA',
    'it',
    'Ä',
    'x',
    's',
    'es',
    '.',
    '+',
    ' ',
    ' ',
    '\n',
    '-',
    "'",
    '_',
    '\u0301',
    '😀',
  ],
)
const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''))

describe('whatever the terms and the text', () => {
  test('occurrences follow one another, begin and end at words, and hold their term', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), text, (terms, said) => {
        const starts = new Set(tokensOf(said).map(({ start }) => start))
        const ends = new Set(tokensOf(said).map(({ end }) => end))
        let until = 0
        for (const { start, end, words } of createMatcher(terms.map((term) => word(term))).find(said)) {
          expect(start).toBeGreaterThanOrEqual(until)
          expect(end).toBeGreaterThan(start)
          expect([...starts].some((at) => at >= start && at < end)).toBe(true)
          expect([...ends].some((at) => at > start && at <= end)).toBe(true)
          expect(words.length).toBeGreaterThan(0)
          until = end
        }
      }),
    )
  })

  test('a term of letters is found wherever it is written between blanks', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\p{L}{1,12}( \p{L}{1,12}){0,4}$/u), (term) => {
        const [first] = createMatcher([word(term)]).find(`… ${term} …`)
        expect(first).toMatchObject({ start: 2, end: 2 + term.length })
      }),
    )
  })

  test('a search of the plainest kind finds no other words', () => {
    const letters = fc.constantFrom('net', 'sale', 'rate', 'gross', 'day')
    const phrase = fc.array(letters, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '))
    fc.assert(
      fc.property(fc.uniqueArray(phrase, { maxLength: 6 }), fc.array(letters, { maxLength: 20 }), (terms, said) => {
        const expected: string[] = []
        const byLength = terms.map((term) => term.split(' ')).sort((a, b) => b.length - a.length)
        for (let i = 0; i < said.length; ) {
          const longest = byLength.find((term) => term.every((one, k) => said[i + k] === one))
          if (longest !== undefined) expected.push(longest.join(' '))
          i += longest?.length ?? 1
        }
        expect(
          found(
            terms.map((term) => word(term)),
            said.join(' '),
          ),
        ).toEqual(expected)
      }),
    )
  })
})

describe('what it costs', () => {
  const prose = 'The net sales of a store are what its orders brought less returns and the rebates of the period; '
  const textOf = (length: number) => prose.repeat(Math.ceil(length / prose.length)).slice(0, length)
  const lookups = (terms: GlossaryWord[], said: string) => {
    const meter = { lookups: 0 }
    createMatcher(terms).find(said, meter)
    return meter.lookups
  }
  /** All begin alike, as names in one domain do. */
  const termsOf = (count: number) =>
    Array.from({ length: count }, (_, i) => word(`net sales ${i.toString(36)}`)).concat(word('net sales'))

  test('2,000 terms over 1.5 million characters cost twice what they cost over half of it', () => {
    const terms = termsOf(2000)
    const ratio = lookups(terms, textOf(1_500_000)) / lookups(terms, textOf(750_000))
    expect(ratio).toBeGreaterThan(1.9)
    expect(ratio).toBeLessThan(2.1)
  })
  test('2,000 terms cost what 20 do, however alike they begin', () => {
    const said = textOf(100_000)
    expect(lookups(termsOf(2000), said) / lookups(termsOf(20), said)).toBeLessThan(1.1)
  })
  test('a text made of one word, and terms made of it too, cost no more than the longest of them each time', () => {
    const terms = Array.from({ length: 40 }, (_, i) =>
      word(
        Array(i + 1)
          .fill('a')
          .join(' '),
      ),
    )
    expect(lookups(terms, 'a '.repeat(10_000))).toBeLessThanOrEqual(10_000 * 41)
  })
})
