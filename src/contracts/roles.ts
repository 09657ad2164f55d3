/** Roles a person or a group can be bound to, from least to most. */
export const personRoles = ['viewer', 'contributor', 'triager', 'service_owner', 'admin'] as const
/** Roles made for machines; bound through API tokens only. */
export const machineRoles = ['ingestor', 'scraper'] as const
export const roles = [...personRoles, ...machineRoles] as const

/** Roles that are held on a platform only, never everywhere. */
export const platformRoles: readonly Role[] = ['service_owner']

export type PersonRole = (typeof personRoles)[number]
export type Role = (typeof roles)[number]

/** What a signed-in user without a binding is; `none` means nothing at all. */
export const defaultRoles = ['none', 'viewer', 'contributor'] as const
export type DefaultRole = (typeof defaultRoles)[number]
