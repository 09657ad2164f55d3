import type { StatusMessage } from '../../contracts/status.ts'
import { idOf } from '../storage/ids.ts'
import { DAY_MS, startOfDay, toInstant } from '../time.ts'
import { sampleEstate } from './estate.ts'
import type { Scenario } from './scenarios.ts'

export type SampleMessage = Pick<
  StatusMessage,
  'id' | 'severity' | 'title' | 'body' | 'start_at' | 'end_at' | 'platform_ids' | 'state' | 'updates'
>

const HOUR_MS = 3_600_000

/** What the service owners have written: what goes on now, a maintenance to come, one that is past, a draft. */
export function sampleMessages(scenario: Scenario, since: number): SampleMessage[] {
  const tomorrow = startOfDay(since) + DAY_MS
  return [
    ...now[scenario].map((write) => write(since)),
    message('maintenance-next', {
      severity: 'maintenance',
      title: 'SQL warehouses move to a newer channel',
      body: 'The warehouses restart one after the other. Queries that are under way are repeated by most tools.',
      start_at: toInstant(tomorrow + DAY_MS + 20 * HOUR_MS),
      end_at: toInstant(tomorrow + DAY_MS + 22 * HOUR_MS),
      platform_ids: platforms('Analytics warehouses'),
      state: 'published',
    }),
    message('maintenance-past', {
      severity: 'maintenance',
      title: 'Pricing engine: database upgrade',
      body: 'Done. Prices were served from the cache meanwhile.',
      start_at: toInstant(startOfDay(since) - 9 * DAY_MS + 3 * HOUR_MS),
      end_at: toInstant(startOfDay(since) - 9 * DAY_MS + 5 * HOUR_MS),
      platform_ids: platforms('Pricing engine'),
      state: 'archived',
      updates: [
        note(startOfDay(since) - 9 * DAY_MS + 5 * HOUR_MS, 'pricing-squad@example.com', 'Finished as planned.'),
      ],
    }),
    message('draft', {
      severity: 'info',
      title: 'Certified sales dataset replaces the old one on the first',
      body: 'Reports on the old dataset should move to **Daily sales**. Ask the sales controlling team for help.',
      start_at: toInstant(tomorrow + 7 * DAY_MS),
      end_at: null,
      platform_ids: platforms('Sales reporting'),
      state: 'draft',
    }),
  ]
}

type Write = (since: number) => SampleMessage

const lateOrders: Write = (since) =>
  message('late-orders', {
    severity: 'warning',
    title: 'Web orders arrive late',
    body: 'The load of the web orders waits for a lock since this morning. Figures of today are **not complete**.',
    start_at: toInstant(since - 2 * HOUR_MS),
    end_at: null,
    platform_ids: platforms('Sales lakehouse'),
    state: 'published',
    updates: [
      note(since - 0.5 * HOUR_MS, 'sales-data@example.com', 'The lock is found; the load catches up after it is gone.'),
      note(since - 2 * HOUR_MS, 'sales-data@example.com', 'We are looking into it.'),
    ],
  })

const storageOutage: Write = (since) =>
  message('storage-outage', {
    severity: 'critical',
    title: 'Storage outage: sales data is not loaded',
    body: 'The storage account of the sales lakehouse refuses requests. Orders are kept by the shop and **not lost**.',
    start_at: toInstant(since - 2 * HOUR_MS),
    end_at: null,
    platform_ids: platforms('Sales lakehouse', 'Sales reporting'),
    state: 'published',
    updates: [
      note(since - 0.5 * HOUR_MS, 'platform-team@example.com', 'The cloud provider has confirmed the incident.'),
      note(since - 2 * HOUR_MS, 'platform-team@example.com', 'We have opened a case with the cloud provider.'),
    ],
  })

const monitoringBlind: Write = (since) =>
  message('monitoring-blind', {
    severity: 'info',
    title: 'Some states cannot be measured',
    body: 'Several services do not answer our questions. That says nothing about the data itself.',
    start_at: toInstant(since - 0.5 * HOUR_MS),
    end_at: null,
    platform_ids: [],
    state: 'published',
  })

const now: Record<Scenario, readonly Write[]> = {
  healthy: [],
  degraded: [lateOrders],
  outage: [storageOutage],
  unknown: [monitoringBlind],
}

function message(
  key: string,
  fields: Omit<SampleMessage, 'id' | 'updates'> & Partial<Pick<SampleMessage, 'updates'>>,
): SampleMessage {
  return { id: idOf('sample_message', key), updates: [], ...fields }
}

const note = (at: number, by: string, body: string) => ({ at: toInstant(at), by, body })

/** @throws Error when the company has no such platform */
function platforms(...names: string[]): string[] {
  const known = sampleEstate('http://sample').platforms
  return names.map((name) => {
    const platform = known.find((each) => each.name === name)
    if (platform === undefined) throw new Error(`There is no platform ${name}.`)
    return platform.id
  })
}
