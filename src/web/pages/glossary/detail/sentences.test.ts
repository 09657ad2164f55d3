import { expect, test } from 'vitest'
import type { TermEvent } from '../queries.ts'
import { tellTerm } from './sentences.ts'

const successor = { id: 's', term: 'Net sales', domain: 'Sales', status: 'active' as const }
const event = (changes: TermEvent['changes'], more: Partial<TermEvent> = {}): TermEvent => ({
  id: 'x:2',
  type: 'EDIT',
  at: '2026-11-22T12:00:00.000Z',
  by: 'ann@x.example',
  action: 'glossary.edit',
  changes,
  named: [successor],
  ...more,
})

test.each<[TermEvent, string]>([
  [event([], { type: 'CREATE' }), 'added it'],
  [event([], { type: 'CREATE', action: 'glossary.import' }), 'added it by an import'],
  [event([{ field: 'term', from: 'Turnover', to: 'Sales' }]), 'renamed it from “Turnover” to “Sales”'],
  [
    event([
      { field: 'status', from: 'active', to: 'deprecated' },
      { field: 'replaced_by', from: null, to: 's' },
    ]),
    'deprecated it and named Net sales as its successor',
  ],
  [event([{ field: 'replaced_by', from: null, to: 'gone' }]), 'named a term that is gone as its successor'],
  [event([{ field: 'replaced_by', from: 's', to: null }]), 'took its successor away'],
  [event([{ field: 'synonyms', from: ['a', 'b'], to: ['b', 'c'] }]), 'added the synonym c and removed the synonym a'],
  [event([{ field: 'steward', from: 'ann', to: '' }]), 'removed the steward ann'],
])('%o is told as %s', (told, deed) => {
  expect(tellTerm(told).deed).toBe(deed)
})

test('long texts are for comparing', () => {
  const { deed, texts } = tellTerm(
    event([
      { field: 'definition', from: 'One', to: 'Two' },
      { field: 'related_assets', from: [], to: [{ name: 'Board', url: 'https://x.example' }] },
    ]),
  )
  expect(deed).toBe('edited the definition and changed the related assets')
  expect(texts).toEqual([
    { field: 'definition', from: 'One', to: 'Two' },
    { field: 'related_assets', from: '', to: 'Board: https://x.example' },
  ])
})
