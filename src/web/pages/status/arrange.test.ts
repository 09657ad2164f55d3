import { describe, expect, test } from 'vitest'
import type { PlatformStatus, State } from '../../../contracts/status.ts'
import { arrange } from './arrange.ts'

const platform = (name: string, domain: string, state: State, more: Partial<PlatformStatus> = {}): PlatformStatus => ({
  id: name,
  name,
  domain,
  state,
  reason: 'healthy',
  sentence: '',
  in_maintenance: false,
  is_unstable: false,
  worst_check: null,
  checks: { red: 0, yellow: 0, unknown: 0, green: 0 },
  last_success_at: null,
  evaluated_at: '2026-11-22T00:00:00.000Z',
  last_observed_at: null,
  data_as_of: null,
  freshness: null,
  open_incidents: 0,
  open_alerts: 0,
  active_message_ids: [],
  ...more,
})
const all = [
  platform('Orders 10', 'Sales', 'green'),
  platform('Orders 9', 'Sales', 'green'),
  platform('Ledger', 'Finance', 'green', { open_alerts: 1 }),
  platform('Web', 'Sales', 'unknown'),
  platform('Shop', 'Sales', 'red'),
]
const names = (search: Parameters<typeof arrange>[1]) =>
  arrange(all, search).map(({ name, platforms }) => [name, platforms.map((each) => each.name)])

describe('the dashboard', () => {
  test('groups by domain, the worst first, then as people count', () => {
    expect(names({})).toEqual([
      ['Finance', ['Ledger']],
      ['Sales', ['Shop', 'Web', 'Orders 9', 'Orders 10']],
    ])
  })
  test('narrows to what needs attention; unknown is not healthy', () => {
    expect(names({ show: 'attention' })).toEqual([
      ['Finance', ['Ledger']],
      ['Sales', ['Shop', 'Web']],
    ])
  })
  test('finds by words of name and domain in any order', () => {
    expect(names({ q: 'sales 9' })).toEqual([['Sales', ['Orders 9']]])
    expect(names({ q: 'nothing' })).toEqual([])
  })
})
