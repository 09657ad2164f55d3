import { describe, expect, test } from 'vitest'
import { linesIn, showTermValue, termErrors, termFieldErrors } from './draft.ts'

const fine = { term: 'Net sales', domain: 'Sales', synonyms: [], definition: '', steward: '', related_assets: [] }

describe('the form of a term', () => {
  test('takes one synonym a line, each once', () => {
    expect(linesIn(' Turnover \n\nNet revenue\nTurnover')).toEqual(['Turnover', 'Net revenue'])
  })

  test('says what is wrong where', () => {
    expect(termErrors(fine)).toEqual({})
    expect(Object.keys(termErrors({ ...fine, term: ' ', domain: '' }))).toEqual(['term', 'domain'])
    const asset = (name: string, url: string | null) => termErrors({ ...fine, related_assets: [{ name, url }] })
    expect(asset('Board', null)).toEqual({})
    expect(asset('Board', 'https://x.example/a')).toEqual({})
    expect(asset('', null).related_assets).toContain('name')
    expect(asset('Board', 'javascript:alert(1)').related_assets).toContain('Board')
    expect(termErrors({ ...fine, synonyms: Array.from({ length: 21 }, (_, i) => `s${i}`) }).synonyms).toContain('20')
    expect(termFieldErrors({ 'related_assets.0.url': 'is wrong' })).toEqual({ related_assets: 'This is wrong' })
  })

  test('shows lists in words when two people disagree', () => {
    expect(showTermValue('synonyms', ['a', 'b'])).toBe('a, b')
    expect(showTermValue('related_assets', [{ name: 'Board', url: 'https://x.example' }])).toBe(
      'Board: https://x.example',
    )
  })
})
