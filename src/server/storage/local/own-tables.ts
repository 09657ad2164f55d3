import type { Series } from '../series.ts'

/** What the local store keeps about itself; none of it exists in a warehouse. */
export const ownTables: readonly Series[] = [
  {
    name: 'journal',
    comment: 'One row per commit, the newest 10,000.',
    columns: { revision: { type: 'integer' }, at: { type: 'instant' }, topics: { type: 'json' } },
    key: ['revision'],
  },
  {
    name: 'topic_revisions',
    comment: 'The revision at which each topic last changed.',
    columns: { topic: { type: 'text' }, revision: { type: 'integer' } },
    key: ['topic'],
  },
  {
    name: 'version_log',
    comment: 'Every row version in the order in which it came here; what reading after a cursor follows.',
    columns: {
      seq: { type: 'integer' },
      table_name: { type: 'text' },
      record_id: { type: 'text' },
      version: { type: 'integer' },
    },
    key: ['seq'],
  },
  {
    name: 'idempotency_keys',
    comment: 'What a create with a key answered the first time, for a day.',
    columns: {
      actor: { type: 'text' },
      route: { type: 'text' },
      key: { type: 'text' },
      body_hash: { type: 'text' },
      status: { type: 'integer' },
      body: { type: 'text' },
      at: { type: 'instant' },
    },
    key: ['actor', 'route', 'key'],
    indexes: { idempotency_keys_by_time: { on: ['at'] } },
  },
]
