import * as Type from 'typebox'
import { endpointTable, topics } from './endpoint.ts'
import { closed, Id, Instant, nullable, oneOf, Principal, page, pageQuery, Version } from './primitives.ts'

/** Whose every version is kept: all but the series of observations, which are facts and never change. */
export const auditedTables = topics.filter((topic) => topic !== 'status_results')

/** What a version did to its record; `restore` makes a deleted one again. */
export const auditKinds = ['create', 'change', 'delete', 'restore'] as const

const FieldValue = Type.Unsafe<unknown>({ description: 'As the field holds it; null when it had none' })

export const AuditChange = closed({
  field: Type.String({ maxLength: 40 }),
  from: FieldValue,
  to: FieldValue,
  /** It changed, and what it held is never shown: both sides are null. */
  is_secret: Type.Boolean(),
})
export type AuditChange = Type.Static<typeof AuditChange>

/** One version of one record: who, when, by which act, under which request, and what became different. */
export const AuditEntry = closed({
  table: oneOf(auditedTables),
  record_id: Id,
  version: Version,
  kind: oneOf(auditKinds),
  /** What people call the record, as of this version; null where it has no name. */
  name: nullable(Type.String({ maxLength: 320 })),
  at: Instant,
  by: Principal,
  /** How they were called then; null for machines and the portal itself. */
  actor: nullable(
    closed({
      user: nullable(Type.String({ maxLength: 320 })),
      email: nullable(Type.String({ maxLength: 320 })),
      name: nullable(Type.String({ maxLength: 320 })),
    }),
  ),
  /** `platform.update`, `work_item.transition`. */
  action: Type.String({ maxLength: 80 }),
  request_id: Type.String({ maxLength: 128 }),
  /** The first version's are all that it was made with. */
  changes: Type.Array(AuditChange, { maxItems: 40 }),
})
export type AuditEntry = Type.Static<typeof AuditEntry>

export const auditEndpoints = endpointTable({
  // Not cached: every write anywhere would make it old.
  auditList: {
    method: 'GET',
    path: '/api/v1/audit',
    permission: 'audit.read',
    summary: 'Every version of every record with its field changes, newest first',
    query: closed({
      ...pageQuery,
      table: Type.Optional(oneOf(auditedTables)),
      record_id: Type.Optional(Id),
      /** As it is written in `by`. */
      actor: Type.Optional(Principal),
      /** Leaves out what the portal did by itself: polling, timers. */
      by_people: Type.Optional(Type.Boolean()),
      from: Type.Optional(Instant),
      /** Up to, not including. */
      to: Type.Optional(Instant),
    }),
    reply: page(AuditEntry),
  },
})
