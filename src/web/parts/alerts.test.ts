import { expect, test } from 'vitest'
import type { Alert } from '../../contracts/alerts.ts'
import { alertName, stateSince, whyText } from './alerts.ts'

const alert: Alert = {
  ...{ id: 'a', version: 2, created_at: '1', created_by: 'x', updated_at: '5', updated_by: 'x' },
  ...{ rule: 'check.failing', subject: 'c', episode: 1, name: 'Orders', platform_id: 'p', state: 'firing' },
  ...{ reason: 'failing', detail: null, pending_since: '1', firing_since: '2', recovering_since: null },
  ...{ resolved_at: null, acknowledged_by: null, acknowledged_at: null, note: null },
}

test('a source is called as people call it, a check by its name', () => {
  expect(alertName(alert)).toBe('Orders')
  expect(alertName({ ...alert, rule: 'ingestion.stale', subject: 'http', name: 'http' })).toBe('HTTP endpoint')
  expect(alertName({ ...alert, rule: 'ingestion.stale', subject: 'gone', name: 'gone' })).toBe('gone')
})

test('why it fires is said in words', () => {
  expect(whyText(alert)).toBe('Failed when last measured')
  expect(whyText({ rule: 'ingestion.stale', reason: 'never_ran' })).toBe('Never polled with success')
  expect(whyText({ rule: 'ingestion.stale', reason: 'failing' })).toBe('Polling fails')
  expect(whyText({ rule: 'ingestion.stale', reason: 'stale' })).toBe('Not polled for too long')
})

test('since when is that of the state it is in', () => {
  expect(stateSince(alert)).toBe('2')
  expect(stateSince({ ...alert, state: 'pending' })).toBe('1')
  expect(stateSince({ ...alert, state: 'resolved', resolved_at: '4' })).toBe('4')
  expect(stateSince({ ...alert, state: 'ok', pending_since: null })).toBe('5')
})
