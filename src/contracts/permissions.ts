import type { Role } from './roles.ts'

/**
 * How far a role reaches: `always`; `scoped` to the platforms of its binding; `own` records;
 * `own_open`, own records that are not done yet. No entry is no.
 */
export type Reach = 'always' | 'scoped' | 'own' | 'own_open'

type Row = Partial<Record<Role, readonly Reach[]>>

const A = ['always'] as const
const S = ['scoped'] as const
const O = ['own'] as const
const OS = ['own', 'scoped'] as const

const everyone: Row = { viewer: A, contributor: A, triager: A, service_owner: A, admin: A }
const contributors: Row = { contributor: A, triager: A, service_owner: A, admin: A }
const staff: Row = { triager: A, service_owner: S, admin: A }
const owners: Row = { service_owner: S, admin: A }
const admins: Row = { admin: A }

/** The permission matrix. Tests hold a golden copy, so a change here is always a reviewed diff. */
export const matrix = {
  'self.read': { ...everyone, ingestor: A, scraper: A },
  'openapi.read': everyone,
  'status.read': everyone,
  'platform.read': everyone,
  'check.read': everyone,
  'result.read': everyone,
  'message.read': everyone,
  'work_item.read': everyone,
  'glossary.read': everyone,
  'roadmap.read': everyone,
  'docs.read': everyone,
  'work_item.create': contributors,
  'work_item.vote': contributors,
  'work_item.comment': contributors,
  'comment.edit': { contributor: O, triager: O, service_owner: O, admin: A },
  'comment.delete': { contributor: O, triager: A, service_owner: OS, admin: A },
  'work_item.edit': { contributor: ['own_open'], triager: A, service_owner: ['own_open', 'scoped'], admin: A },
  'work_item.triage': staff,
  'work_item.assign': staff,
  'work_item.transition': { contributor: O, triager: A, service_owner: OS, admin: A },
  'work_item.delete': admins,
  'glossary.write': { triager: A, service_owner: A, admin: A },
  'glossary.delete': admins,
  'roadmap.write': owners,
  'message.write': owners,
  'message.write_global': admins,
  'message.read_unpublished': owners,
  'platform.create': admins,
  'platform.retire': admins,
  'platform.update': owners,
  'check.write': owners,
  'result.push': { ...owners, ingestor: A },
  'ingestion_run.read': { triager: A, service_owner: A, admin: A },
  'alert.read': { triager: A, service_owner: A, admin: A },
  'ingestion_run.trigger': owners,
  'alert.acknowledge': staff,
  'role_binding.read': admins,
  'role_binding.write': admins,
  'token.write': admins,
  'audit.read': admins,
  'health.detail': admins,
  'metrics.read': { admin: A, scraper: A },
} as const satisfies Record<string, Row>

export type Permission = keyof typeof matrix
export const permissions = Object.keys(matrix) as Permission[]

/**
 * How a binding to one platform carries a permission whose cell says `always`.
 * `placed`: on that platform only. `shared`: everywhere, because the thing belongs to no platform and everybody needs
 * it. Not listed: not at all, because the thing belongs to no platform; only a global binding gives it.
 * (A service owner is always bound to a platform, so there `always` means always.)
 */
export const placement: Partial<Record<Permission, 'placed' | 'shared'>> = {
  'self.read': 'shared',
  'openapi.read': 'shared',
  'docs.read': 'shared',
  'glossary.read': 'shared',
  'status.read': 'placed',
  'platform.read': 'placed',
  'check.read': 'placed',
  'result.read': 'placed',
  'message.read': 'placed',
  'work_item.read': 'placed',
  'roadmap.read': 'placed',
  'work_item.create': 'placed',
  'work_item.vote': 'placed',
  'work_item.comment': 'placed',
  'comment.edit': 'placed',
  'comment.delete': 'placed',
  'work_item.edit': 'placed',
  'work_item.triage': 'placed',
  'work_item.assign': 'placed',
  'work_item.transition': 'placed',
  'work_item.delete': 'placed',
  'roadmap.write': 'placed',
  'message.write': 'placed',
  'message.read_unpublished': 'placed',
  'platform.update': 'placed',
  'platform.retire': 'placed',
  'check.write': 'placed',
  'result.push': 'placed',
  'ingestion_run.trigger': 'placed',
  'alert.read': 'placed',
  'alert.acknowledge': 'placed',
}
