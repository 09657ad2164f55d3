import fc from 'fast-check'
import { severities, states } from '../../src/contracts/status.ts'
import { incidentStatuses } from '../../src/contracts/subscriptions.ts'
import type { Announcement } from '../../src/server/features/subscriptions/rules/announcement.ts'
import type { Watched } from '../../src/server/features/subscriptions/rules/components.ts'

// Arbitrary platforms and messages, for the tests of these rules.

const START = Date.parse('2026-11-22T12:00:00.000Z')
const instant = fc.integer({ min: 0, max: 10_000 }).map((minutes) => new Date(START + minutes * 60_000).toISOString())
export const id = fc.uuid({ version: 7 })
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(']]>', '<script>alert(1)</script>', '&amp;', '"\'><!--', '\u0000\u000b\ud800', 'a\nb\r\nc'),
)

const note = fc.record({
  at: instant,
  by: fc.constant('somebody@x.example'),
  body: fc.oneof(
    anyText,
    fc.tuple(fc.constantFrom(...incidentStatuses), anyText).map(([status, text]) => `${status}: ${text}`),
  ),
})

/** As the store gives it: published before it was archived, notes from then on, changed last by one of these. */
export const announcement = (platformIds: readonly string[]): fc.Arbitrary<Announcement> =>
  fc
    .record({
      id,
      severity: fc.constantFrom(...severities),
      title: anyText,
      body: anyText,
      start_at: instant,
      end_at: fc.option(instant),
      platform_ids: fc.subarray([...platformIds]),
      updates: fc.array(note, { maxLength: 5 }),
      published_at: instant,
      archived_at: fc.option(instant),
    })
    .map((message) => {
      const { start_at, end_at, published_at, archived_at } = message
      const updates = message.updates
        .map((one) => (one.at < published_at ? { ...one, at: published_at } : one))
        .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
      const wasInForce = archived_at !== null && archived_at > start_at && archived_at >= published_at
      return {
        ...message,
        updates,
        end_at: end_at !== null && end_at > start_at ? end_at : null,
        archived_at: wasInForce ? archived_at : null,
        updated_at:
          [published_at, ...(wasInForce ? [archived_at] : []), ...updates.map(({ at }) => at)].sort().at(-1) ?? '',
      }
    })

const count = fc.nat({ max: 3 })
export const platform: fc.Arbitrary<Watched> = fc
  .record({
    id,
    name: anyText,
    state: fc.constantFrom(...states),
    inMaintenance: fc.boolean(),
    at: instant,
    more: count,
  })
  .map(({ state, inMaintenance, at, more, ...named }) => ({
    ...named,
    domain: 'Sales',
    state,
    reason: 'failing',
    sentence: `About ${named.name}`.slice(0, 400),
    in_maintenance: inMaintenance,
    is_unstable: false,
    worst_check: null,
    // As bad as its worst check.
    checks: { red: 0, yellow: 0, unknown: 0, green: more, [state]: more + 1 },
    last_success_at: null,
    evaluated_at: at,
    last_observed_at: at,
    data_as_of: null,
    freshness: null,
    open_incidents: 0,
    open_alerts: 0,
    active_message_ids: [],
    created_at: '2026-01-02T03:04:05.678Z',
    updated_at: '2026-01-02T03:04:05.678Z',
  }))

/** An instant at which everything above has begun, is in the middle of it, or is over. */
export const now = instant.map((at) => new Date(Date.parse(at) + 1).toISOString())
