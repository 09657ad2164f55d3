import type { ApiToken, DirectoryPerson, RoleBinding } from '../../contracts/access.ts'
import type { Alert, WebhookDelivery } from '../../contracts/alerts.ts'
import type { GlossaryTerm } from '../../contracts/glossary.ts'
import type { recordFields } from '../../contracts/primitives.ts'
import type { RoadmapRecord } from '../../contracts/roadmap.ts'
import type { IngestionRun, Platform, StatusCheck, StatusMessage } from '../../contracts/status.ts'
import type { WorkItem, WorkItemComment, WorkItemVote, WorkItemWatch } from '../../contracts/tickets.ts'
import type { Change } from './journal.ts'
import type { Column, Row, Table } from './table.ts'

type Own<Contract> = Omit<Contract, keyof typeof recordFields>

/** Each record's own fields, taken from its contract. A new table is a line here and an entry below. */
export interface Records {
  platforms: Own<Platform>
  status_checks: Own<StatusCheck>
  status_messages: Own<StatusMessage>
  ingestion_runs: Own<IngestionRun>
  role_bindings: Own<RoleBinding>
  api_tokens: Own<ApiToken> & { secret_hash: string }
  directory_people: DirectoryPerson
  work_items: Own<WorkItem>
  work_item_comments: Own<WorkItemComment>
  work_item_votes: WorkItemVote
  work_item_watches: WorkItemWatch
  roadmap_items: Own<RoadmapRecord>
  glossary_terms: Own<GlossaryTerm> & { term_key: string }
  alerts: Own<Alert>
  webhook_deliveries: WebhookDelivery
}

export type RecordTopic = Change['table']
/** One version of one record as storage gives it: `RowOf<'platforms'>`. */
export type RowOf<N extends RecordTopic> = Row<Records[N]>

type TypeFor<Value> = [Value] extends [string]
  ? 'text' | 'instant'
  : [Value] extends [number]
    ? 'integer' | 'real'
    : [Value] extends [boolean]
      ? 'boolean'
      : 'json'
type ColumnFor<Value> = Column & { type: TypeFor<NonNullable<Value>> } & (null extends Value
    ? { nullable: true }
    : { nullable?: false })
/** A column for every field and no other, of the field's own type. */
type TableFor<N extends RecordTopic> = Table<N> & {
  columns: { [Field in keyof Records[N]]: ColumnFor<Records[N][Field]> }
}

/** The only definition of what is stored: SQLite and Delta DDL, the row codec and search all follow from it. */
export const tables = {
  platforms: {
    name: 'platforms',
    comment: 'What people depend on: a product, a workspace, a data domain.',
    columns: {
      name: { type: 'text' },
      description: { type: 'text' },
      domain: { type: 'text' },
      owner: { type: 'text' },
      is_retired: { type: 'boolean' },
    },
    search: ['name', 'description', 'domain'],
  },
  status_checks: {
    name: 'status_checks',
    comment: 'One thing measured about a platform, where from, and when it counts as late.',
    columns: {
      platform_id: { type: 'text' },
      name: { type: 'text' },
      description: { type: 'text' },
      kind: { type: 'text' },
      source: { type: 'json' },
      interval_seconds: { type: 'integer' },
      warn_after_seconds: { type: 'integer', nullable: true },
      crit_after_seconds: { type: 'integer', nullable: true },
      for_minutes: { type: 'integer' },
      recover_minutes: { type: 'integer' },
      is_enabled: { type: 'boolean' },
    },
    indexes: [['platform_id', 'created_at', 'id']],
  },
  status_messages: {
    name: 'status_messages',
    comment: 'Banners: what service owners tell people about platforms, with a timeline of updates.',
    columns: {
      severity: { type: 'text' },
      title: { type: 'text' },
      body: { type: 'text' },
      start_at: { type: 'instant' },
      end_at: { type: 'instant', nullable: true },
      platform_ids: { type: 'json' },
      state: { type: 'text' },
      updates: { type: 'json' },
    },
    indexes: [['state', 'created_at', 'id']],
    search: ['title', 'body'],
  },
  ingestion_runs: {
    name: 'ingestion_runs',
    comment: 'Each scheduled pull of facts from a source, from RUNNING to SUCCESS or FAIL.',
    columns: {
      source: { type: 'text' },
      state: { type: 'text' },
      started_at: { type: 'instant' },
      ended_at: { type: 'instant', nullable: true },
      results: { type: 'integer' },
      failed_checks: { type: 'integer' },
      error_summary: { type: 'text', nullable: true },
    },
    indexes: [
      ['source', 'started_at'],
      ['source', 'created_at', 'id'],
      ['state', 'created_at', 'id'],
    ],
  },
  role_bindings: {
    name: 'role_bindings',
    comment: 'Who has which role, everywhere or on one platform.',
    columns: {
      principal_kind: { type: 'text' },
      principal: { type: 'text' },
      role: { type: 'text' },
      platform_id: { type: 'text', nullable: true },
    },
    indexes: [['principal', 'principal_kind']],
  },
  api_tokens: {
    name: 'api_tokens',
    comment: 'Machine identities, of whose secret only a hash is kept.',
    columns: {
      name: { type: 'text' },
      role: { type: 'text' },
      platform_id: { type: 'text', nullable: true },
      expires_at: { type: 'instant' },
      revoked_at: { type: 'instant', nullable: true },
      secret_hash: { type: 'text', secret: true },
    },
    indexes: [['secret_hash']],
  },
  directory_people: {
    name: 'directory_people',
    comment: 'Who is in which groups, as the workspace last told, for what group bindings grant.',
    columns: {
      user_name: { type: 'text' },
      email: { type: 'text', nullable: true },
      is_active: { type: 'boolean' },
      groups: { type: 'json' },
    },
  },
  work_items: {
    name: 'work_items',
    comment: 'Tickets: incidents, improvements and platform requests.',
    columns: {
      item_type: { type: 'text' },
      title: { type: 'text' },
      description: { type: 'text' },
      state: { type: 'text' },
      category: { type: 'text' },
      severity: { type: 'text', nullable: true },
      priority: { type: 'text' },
      platform_id: { type: 'text', nullable: true },
      environment: { type: 'text', nullable: true },
      tags: { type: 'json' },
      assigned_to: { type: 'text', nullable: true },
      due_at: { type: 'instant', nullable: true },
      waiting_on: { type: 'text', nullable: true },
      waiting_from: { type: 'text', nullable: true },
      resolution: { type: 'text', nullable: true },
      duplicate_of: { type: 'text', nullable: true },
      state_note: { type: 'text', nullable: true },
      state_at: { type: 'instant' },
      reopen_count: { type: 'integer' },
      template: { type: 'text', nullable: true },
      answers: { type: 'json', nullable: true },
      approved_by: { type: 'text', nullable: true },
      approved_at: { type: 'instant', nullable: true },
      source_id: { type: 'text', nullable: true },
    },
    indexes: [
      ['duplicate_of'],
      ['created_by', 'category', 'created_at', 'id'],
      ['assigned_to', 'category', 'created_at', 'id'],
      ['platform_id', 'category', 'created_at', 'id'],
      ['state', 'created_at', 'id'],
      ['severity', 'category', 'created_at', 'id'],
      ['category', 'item_type', 'created_at', 'id'],
    ],
    search: ['title', 'tags', 'description'],
    similar: 'title',
    tallies: {
      votes: { of: 'work_item_votes', by: 'work_item_id' },
      comments: { of: 'work_item_comments', by: 'work_item_id' },
    },
    counted: {
      item_type: 'value',
      state: 'value',
      category: 'value',
      severity: 'value',
      platform_id: 'value',
      assigned_to: 'presence',
    },
    sorted: ['created_at', 'updated_at', 'votes', 'priority', 'due_at'],
    listed: ['tags'],
  },
  work_item_comments: {
    name: 'work_item_comments',
    comment: 'What people say on a ticket.',
    columns: { work_item_id: { type: 'text' }, body: { type: 'text' }, by_staff: { type: 'boolean' } },
    indexes: [
      ['work_item_id', 'created_at', 'id'],
      ['created_by', 'work_item_id'],
    ],
  },
  work_item_votes: {
    name: 'work_item_votes',
    comment: 'Whom a ticket concerns too: one record per ticket and person.',
    columns: { work_item_id: { type: 'text' }, voter: { type: 'text' } },
    indexes: [
      ['work_item_id', 'is_deleted'],
      ['voter', 'work_item_id', 'is_deleted'],
    ],
  },
  work_item_watches: {
    name: 'work_item_watches',
    comment: 'Who follows a ticket or wants not to, where that does not follow from taking part.',
    columns: { work_item_id: { type: 'text' }, watcher: { type: 'text' }, is_watching: { type: 'boolean' } },
    indexes: [['work_item_id'], ['watcher', 'work_item_id']],
  },
  roadmap_items: {
    name: 'roadmap_items',
    comment: 'What is planned: curated by hand, in a stable order within each phase.',
    columns: {
      title: { type: 'text' },
      theme: { type: 'text' },
      phase: { type: 'text' },
      target_quarter: { type: 'text', nullable: true },
      description: { type: 'text' },
      platform_id: { type: 'text', nullable: true },
      owner: { type: 'text' },
      work_item_ids: { type: 'json' },
      rank: { type: 'text' },
      slips: { type: 'json' },
    },
    indexes: [['phase', 'rank', 'id']],
    search: ['title', 'theme', 'description'],
  },
  glossary_terms: {
    name: 'glossary_terms',
    comment: 'What words mean here.',
    columns: {
      term: { type: 'text' },
      term_key: { type: 'text' },
      synonyms: { type: 'json' },
      definition: { type: 'text' },
      domain: { type: 'text' },
      steward: { type: 'text' },
      status: { type: 'text' },
      related_assets: { type: 'json' },
      replaced_by: { type: 'text', nullable: true },
    },
    indexes: [['term_key', 'id'], ['replaced_by']],
    search: ['term', 'synonyms', 'definition'],
  },
  alerts: {
    name: 'alerts',
    comment:
      'What went wrong for long enough to tell: one record per episode of a source or a check, from pending to resolved.',
    columns: {
      rule: { type: 'text' },
      subject: { type: 'text' },
      episode: { type: 'integer' },
      name: { type: 'text' },
      platform_id: { type: 'text', nullable: true },
      state: { type: 'text' },
      reason: { type: 'text' },
      detail: { type: 'text', nullable: true },
      pending_since: { type: 'instant', nullable: true },
      firing_since: { type: 'instant', nullable: true },
      recovering_since: { type: 'instant', nullable: true },
      resolved_at: { type: 'instant', nullable: true },
      acknowledged_by: { type: 'text', nullable: true },
      acknowledged_at: { type: 'instant', nullable: true },
      note: { type: 'text', nullable: true },
    },
    indexes: [
      ['rule', 'subject', 'episode'],
      ['state', 'created_at', 'id'],
    ],
  },
  webhook_deliveries: {
    name: 'webhook_deliveries',
    comment:
      'What is to be told to whom over a webhook: read off the versions of what it tells of, then tried until it is settled.',
    columns: {
      channel: { type: 'text' },
      event: { type: 'text' },
      subject_id: { type: 'text' },
      subject_version: { type: 'integer' },
      state: { type: 'text' },
      tries: { type: 'integer' },
      next_try_at: { type: 'instant' },
      last_error: { type: 'text', nullable: true },
      settled_at: { type: 'instant', nullable: true },
    },
    indexes: [
      ['state', 'channel', 'created_at', 'subject_version'],
      ['subject_id', 'channel', 'event'],
      ['channel', 'updated_at'],
    ],
  },
} as const satisfies { readonly [N in RecordTopic]: TableFor<N> }
