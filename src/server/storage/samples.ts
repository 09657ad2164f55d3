import { randomUUID } from 'node:crypto'
import type { Change, Observation, Provenance } from './journal.ts'
import type { Records } from './tables.ts'

/** Small true-to-type records for the tests of this folder. */
export const START = Date.UTC(2026, 10, 22)

export const instant = (offsetMs = 0) => new Date(START + offsetMs).toISOString()

export const provenance = (more: Partial<Provenance> = {}): Provenance => ({
  by: 'ada@example.org',
  actor: { user: 'ada', email: 'ada@example.org', name: 'Ada' },
  at: START,
  action: 'platform.create',
  requestId: '0193a000-0000-7000-8000-000000000001',
  ...more,
})

export const platform = (more: Partial<Records['platforms']> = {}): Records['platforms'] => ({
  name: 'Sales lakehouse',
  description: '',
  domain: 'Sales',
  owner: 'sales-data',
  is_retired: false,
  ...more,
})

export const message = (more: Partial<Records['status_messages']> = {}): Records['status_messages'] => ({
  severity: 'info',
  title: 'A message',
  body: '',
  start_at: instant(),
  end_at: null,
  platform_ids: [],
  state: 'draft',
  updates: [],
  ...more,
})

export const platformChange = (more: Partial<Change> = {}): Change => ({
  table: 'platforms',
  id: randomUUID(),
  expectedVersion: 0,
  fields: platform(),
  ...more,
})

export const observation = (more: Partial<Observation> = {}): Observation => ({
  check_id: 'check-a',
  measured_at: instant(),
  data_time: null,
  outcome: 'ok',
  reading: null,
  observed_value: null,
  message: null,
  run_id: null,
  ...more,
})

export const workItem = (more: Partial<Records['work_items']> = {}): Records['work_items'] => ({
  item_type: 'INCIDENT',
  title: 'Orders are late',
  description: '',
  state: 'NEW',
  category: 'open',
  severity: 'HIGH',
  priority: 'P3',
  platform_id: null,
  environment: null,
  tags: [],
  assigned_to: null,
  due_at: null,
  waiting_on: null,
  waiting_from: null,
  resolution: null,
  duplicate_of: null,
  state_note: null,
  state_at: instant(),
  reopen_count: 0,
  template: null,
  answers: null,
  approved_by: null,
  approved_at: null,
  source_id: null,
  ...more,
})
