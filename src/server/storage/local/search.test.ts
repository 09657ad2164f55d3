import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Change } from '../journal.ts'
import { platform, platformChange, provenance } from '../samples.ts'
import { type Local, openLocal } from './open.ts'
import { isFound, matchAnyOf, matchOf } from './search.ts'

let local: Local
beforeEach(() => {
  local = openLocal(':memory:')
})
afterEach(() => local.close())

const write = (id: string, fields = {}, more: Partial<Change> = {}) =>
  local.apply(
    [platformChange({ id, fields: platform({ name: 'x', domain: 'x', ...fields }), ...more })],
    provenance(),
    {
      strict: true,
    },
  )
const find = (text: string) => local.search('platforms', text)

describe('search', () => {
  it('asks for every word, and takes the last one for the start of a word', () => {
    write('a', { name: 'Sales lakehouse', description: 'orders and returns' })
    write('b', { name: 'Sales mart' })
    expect(find('sales lake')).toEqual(['a'])
    expect(find('lake sales')).toEqual([])
    expect(find('ORDERS sal')).toEqual(['a'])
    expect(find('sal').toSorted()).toEqual(['a', 'b'])
    expect(find('sales warehouse')).toEqual([])
  })

  it('takes words in double quotes for words that stand together', () => {
    write('a', { description: 'daily sales report' })
    write('b', { description: 'sales daily report' })
    expect(find('"daily sales"')).toEqual(['a'])
    expect(find('"daily sales" rep')).toEqual(['a'])
    expect(find('"daily sal"')).toEqual([])
    expect(find('"daily sal').toSorted()).toEqual(['a', 'b'])
  })

  it('folds accents and case on both sides', () => {
    write('a', { name: 'Übersicht Café Ångström' })
    for (const text of ['ubersicht', 'CAFÉ', 'cafe angs', 'U\u0308bers']) expect(find(text), text).toEqual(['a'])
  })

  it('ranks a match in the name above one in the description', () => {
    write('in-description', { description: 'billing billing', name: 'Other' })
    write('in-name', { name: 'Billing', description: 'something quite long about other things altogether' })
    expect(find('billing')).toEqual(['in-name', 'in-description'])
  })

  it('follows changes and deletions in the same commit', () => {
    write('a', { name: 'Before' })
    write('a', { name: 'After' }, { expectedVersion: 1 })
    expect([find('before'), find('after')]).toEqual([[], ['a']])
    write('a', { name: 'After' }, { expectedVersion: 2, isDeleted: true })
    expect(find('after')).toEqual([])
    write('a', { name: 'Again' }, { expectedVersion: 3 })
    expect([find('after'), find('again')]).toEqual([[], ['a']])
    expect(() => write('b', { name: 'Never' }, { expectedVersion: 5 })).toThrow()
    expect(find('never')).toEqual([])
  })

  it('never takes what a person typed for syntax', () => {
    write('a', { name: 'plain AND OR NOT NEAR words' })
    const nasty = [
      '"',
      '""',
      '*',
      'a* OR',
      'name:plain',
      '^plain',
      '-plain',
      'NEAR(',
      'plain)',
      "';DROP TABLE platforms;--",
      '\u0000',
      '{name}:x',
      '+',
      ':match',
    ]
    for (const text of nasty) expect(() => find(text), text).not.toThrow()
    expect(find('AND')).toEqual(['a'])
    expect(find('plain AND words')).toEqual(['a'])
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 700 }), (text) => void find(text)))
    const pieces = fc.array(
      fc.constantFrom('"', '*', '(', ')', 'AND', 'OR', 'NOT', 'NEAR', ':', '^', 'a', ' ', '-', '\u0000', '{', '}', ','),
    )
    fc.assert(fc.property(pieces, (parts) => void find(parts.join(''))))
  })

  it('finds nothing for a text without a word', () => {
    write('a')
    for (const text of ['', '   ', '--- !!', '""', '😀']) expect(find(text), text).toEqual([])
    expect(matchOf(' … ')).toBeNull()
  })

  it('finds any of some phrases, each as whole words, and never takes one for syntax', () => {
    write('a', { description: 'daily sales report' })
    write('b', { description: 'Stöck-cover' })
    write('c', { description: 'sales of stock' })
    const any = (...phrases: string[]) => {
      const match = matchAnyOf(phrases)
      if (match === null) return []
      return local
        .all<{ id: string }>(`SELECT id FROM platforms WHERE ${isFound('platforms')} ORDER BY id`, { match })
        .map(({ id }) => id)
    }
    expect(any('daily sales', 'stock cover')).toEqual(['a', 'b'])
    expect(any('sale', 'stock covers')).toEqual([])
    expect(any('…', '"')).toEqual([])
    fc.assert(fc.property(fc.array(fc.string({ unit: 'binary' })), (phrases) => void any(...phrases)))
    const pieces = fc.string({ unit: fc.constantFrom('"', '*', '(', ' OR ', 'a', ' ', '-', '\u0000', ':', '^') })
    fc.assert(fc.property(fc.array(pieces), (phrases) => void any(...phrases)))
  })

  it('narrows a list that is read page by page', () => {
    for (let i = 0; i < 5; i++) write(`id-${i}`, { name: i % 2 ? 'Orders' : 'Invoices' })
    const page = local.page({
      table: 'platforms',
      where: isFound('platforms'),
      params: { match: matchOf('ord') },
      limit: 10,
    })
    expect(page.rows.map(({ id }) => id)).toEqual(['id-3', 'id-1'])
    expect(local.search('platforms', 'ord', { where: 'id > :least', params: { least: 'id-1' }, limit: 1 })).toEqual([
      'id-3',
    ])
  })
})
