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
      // As in the version itself, so that all tables are listed by them without being read.
      updated_at: { type: 'instant', initial: '' },
      updated_by: { type: 'text', initial: '' },
    },
    key: ['seq'],
    indexes: {
      version_log_newest: { on: ['updated_at', 'seq'] },
      version_log_by_table: { on: ['table_name', 'updated_at', 'seq'] },
      version_log_by_record: { on: ['record_id', 'updated_at', 'seq'] },
      // What the portal does by itself is by far the most, and seldom what is looked for.
      version_log_by_people: { on: ['updated_at', 'seq'], where: "updated_by NOT GLOB 'system:*'" },
      version_log_by_person: { on: ['updated_by', 'updated_at', 'seq'] },
    },
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
  {
    name: 'unsent',
    comment: 'What was decided here and the warehouse does not have yet; empty without one.',
    columns: { kind: { type: 'text' }, key: { type: 'text' }, seq: { type: 'integer' } },
    key: ['kind', 'key'],
    indexes: { unsent_in_order: { on: ['kind', 'seq'] } },
  },
  {
    name: 'replica',
    comment: 'How far this store has followed the warehouse: one row, when there is one.',
    columns: {
      one: { type: 'integer' },
      cursor: { type: 'text' },
      is_complete: { type: 'boolean' },
      at: { type: 'instant' },
    },
    key: ['one'],
  },
  {
    name: 'kept_from',
    comment: 'Since when each series is whole: older rows were deleted, but for those that the present stands on.',
    columns: { series: { type: 'text' }, instant: { type: 'instant' } },
    key: ['series'],
  },
]
