import { describe, expect, test } from 'vitest'
import type { AuditEntry } from '../../../../contracts/audit.ts'
import { toPlatform, toTicket } from '../../../paths.ts'
import { recordLink } from './record-link.ts'
import { bounds, fieldWord, isLongText, shownValue } from './words.ts'

const open = { is_secret: false }

describe('a change', () => {
  test.each([
    [null, { kind: 'nothing' }],
    ['', { kind: 'nothing' }],
    [[], { kind: 'nothing' }],
    [false, { kind: 'text', text: 'no' }],
    ['2026-11-22T09:42:10.123Z', { kind: 'text', text: '2026-11-22 09:42:10 UTC' }],
    [0, { kind: 'text', text: '0' }],
    [['a', 'b'], { kind: 'text', text: 'a, b' }],
    [{ a: 1 }, { kind: 'text', text: '{\n  "a": 1\n}' }],
  ])('of %j reads as it should', (value, shown) => {
    expect(shownValue(value, open)).toEqual(shown)
  })

  test('of a secret shows nothing of it, whatever came', () => {
    expect(shownValue('hash', { is_secret: true })).toEqual({ kind: 'hidden' })
  })

  test('is compared line by line only between texts of several lines', () => {
    const change = { field: 'body', ...open }
    expect(isLongText({ ...change, from: 'a\nb', to: 'a' })).toBe(true)
    expect(isLongText({ ...change, from: null, to: 'a\nb' })).toBe(false)
    expect(isLongText({ ...change, from: 'a', to: 'b' })).toBe(false)
  })

  test('names its field in words', () => {
    expect([fieldWord('platform_ids'), fieldWord('due_at'), fieldWord('identity')]).toEqual([
      'platform',
      'due at',
      'identity',
    ])
  })
})

test('days are whole days of the reader, the last one included', () => {
  const { from = '', to = '' } = bounds('2026-11-20', '2026-11-22')
  const local = (instant: string) => {
    const date = new Date(instant)
    return [date.getFullYear(), date.getMonth() + 1, date.getDate(), date.getHours(), date.getMinutes()]
  }
  expect(local(from)).toEqual([2026, 11, 20, 0, 0])
  expect(local(to)).toEqual([2026, 11, 23, 0, 0])
  expect(bounds(undefined, undefined)).toEqual({})
})

describe('the link of an entry', () => {
  const id = '01900000-0000-7000-8000-000000000001'
  const ticket = '01900000-0000-7000-8000-000000000002'
  const entry = (more: Partial<AuditEntry>): AuditEntry => ({
    table: 'platforms',
    record_id: id,
    version: 1,
    kind: 'change',
    name: null,
    at: '2026-11-22T00:00:00.000Z',
    by: 'ann',
    actor: null,
    action: 'x',
    request_id: 'y',
    changes: [],
    ...more,
  })
  test('leads to the record, or to what it is part of, or nowhere', () => {
    expect(recordLink(entry({}))).toEqual(toPlatform(id))
    expect(recordLink(entry({ table: 'work_items' }))).toEqual(toTicket(id))
    const changes = [{ field: 'work_item_id', from: null, to: ticket, is_secret: false }]
    expect(recordLink(entry({ table: 'work_item_comments', changes }))).toEqual(toTicket(ticket))
    expect(recordLink(entry({ table: 'work_item_comments' }))).toBeNull()
    expect(recordLink(entry({ table: 'ingestion_runs' }))).toBeNull()
    expect(recordLink(entry({ kind: 'delete' }))).toBeNull()
  })
})
