import * as Type from 'typebox'
import { endpointTable } from './endpoint.ts'
import { permissions } from './permissions.ts'
import { closed, Id, Instant, line, nullable, oneOf, page, pageQuery, recordFields, Version } from './primitives.ts'
import { machineRoles, personRoles, roles } from './roles.ts'

/** How far one permission reaches for the caller. */
export const Scope = closed({
  /** Everywhere. */
  everywhere: Type.Boolean(),
  /** Platforms where it holds, when not everywhere. */
  platform_ids: Type.Array(Id, { maxItems: 1000 }),
  /** Also on the caller's own records. */
  own: Type.Boolean(),
  /** Also on the caller's own records that are not done. */
  own_open: Type.Boolean(),
})
export type Scope = Type.Static<typeof Scope>

export const Me = closed({
  id: Type.String({ maxLength: 320 }),
  email: nullable(Type.String({ maxLength: 320 })),
  name: nullable(Type.String({ maxLength: 320 })),
  /**
   * From one source, never two added up: the trusted proxy's header where `GROUPS_HEADER` names one, also in a request
   * that comes without it; else what was last read from the workspace, while it is young enough. Otherwise none.
   */
  groups: Type.Array(Type.String({ maxLength: 320 }), { maxItems: 1000 }),
  roles: Type.Array(closed({ role: oneOf(roles), platform_id: nullable(Id) }), { maxItems: 1000 }),
  /** Permission to scope; what is not here is refused. */
  permissions: Type.Partial(Type.Record(oneOf(permissions), Scope)),
  /** Local mode only: the persona chosen, and that there is a choice. */
  persona: nullable(oneOf(personRoles)),
  can_switch_persona: Type.Boolean(),
})
export type Me = {
  id: string
  email: string | null
  name: string | null
  groups: string[]
  roles: { role: (typeof roles)[number]; platform_id: string | null }[]
  permissions: Partial<Record<(typeof permissions)[number], Scope>>
  persona: (typeof personRoles)[number] | null
  can_switch_persona: boolean
}

export const principalKinds = ['user', 'group'] as const
export const RoleBinding = closed({
  ...recordFields,
  principal_kind: oneOf(principalKinds),
  /** A lower-cased email or user name, or a group's name exactly as the identity provider spells it. */
  principal: Type.String({ minLength: 1, maxLength: 320, pattern: '^[^\\s,\\u0000-\\u001f][^,\\u0000-\\u001f]*$' }),
  role: oneOf(personRoles),
  /** Null is everywhere. The roles in `platformRoles` need a platform. */
  platform_id: nullable(Id),
})
export type RoleBinding = Type.Static<typeof RoleBinding>

/** One person as the workspace last told of them. Never on the wire, and no more than looking up groups needs. */
export type DirectoryPerson = {
  user_name: string
  email: string | null
  is_active: boolean
  /** Names of all groups, those that contain the person's groups too. */
  groups: string[]
}

export const ApiToken = closed({
  ...recordFields,
  name: line(80),
  role: oneOf([...machineRoles, ...personRoles]),
  platform_id: nullable(Id),
  expires_at: Instant,
  revoked_at: nullable(Instant),
})
export type ApiToken = Type.Static<typeof ApiToken>

const Cell = Type.Array(oneOf(['always', 'scoped', 'own', 'own_open']), { maxItems: 2 })
export const PermissionMatrix = closed({
  roles: Type.Array(oneOf(roles), { maxItems: 7 }),
  permissions: Type.Array(
    closed({ permission: oneOf(permissions), reach: Type.Partial(Type.Record(oneOf(roles), Cell)) }),
    { maxItems: 100 },
  ),
})

export const accessEndpoints = endpointTable({
  me: {
    method: 'GET',
    path: '/api/v1/me',
    permission: 'self.read',
    summary: 'Who I am and what I may do',
    reply: Me,
    reads: ['role_bindings', 'api_tokens', 'platforms', 'directory_people'],
    personal: true,
  },
  permissionMatrix: {
    method: 'GET',
    path: '/api/v1/permissions',
    permission: 'self.read',
    summary: 'The permission matrix as data',
    reply: PermissionMatrix,
    reads: [],
  },
  roleBindingList: {
    method: 'GET',
    path: '/api/v1/role-bindings',
    permission: 'role_binding.read',
    summary: 'Role bindings',
    query: closed({
      ...pageQuery,
      /** Any part of the person's or the group's name, whatever the case. */
      principal: Type.Optional(Type.String({ minLength: 1, maxLength: 320 })),
      role: Type.Optional(oneOf(personRoles)),
      platform_id: Type.Optional(Id),
    }),
    reply: page(RoleBinding),
    reads: ['role_bindings'],
  },
  roleBindingCreate: {
    method: 'POST',
    path: '/api/v1/role-bindings',
    permission: 'role_binding.write',
    summary: 'Bind a person or a group to a role',
    body: closed({
      principal_kind: oneOf(principalKinds),
      principal: RoleBinding.properties.principal,
      role: RoleBinding.properties.role,
      platform_id: Type.Optional(nullable(Id)),
    }),
    reply: RoleBinding,
    status: 201,
    limit: 'create',
  },
  roleBindingDelete: {
    method: 'DELETE',
    path: '/api/v1/role-bindings/:id',
    permission: 'role_binding.write',
    summary: 'Remove a binding; refused for the last admin',
    params: closed({ id: Id }),
    query: closed({ expected_version: Version }),
    reply: RoleBinding,
  },
  apiTokenList: {
    method: 'GET',
    path: '/api/v1/api-tokens',
    permission: 'token.write',
    summary: 'Machine tokens, without their secrets',
    query: closed(pageQuery),
    reply: page(ApiToken),
    reads: ['api_tokens'],
  },
  apiTokenCreate: {
    method: 'POST',
    path: '/api/v1/api-tokens',
    permission: 'token.write',
    summary: 'Make a token; its secret is shown this once',
    body: closed({
      name: line(80),
      role: ApiToken.properties.role,
      platform_id: Type.Optional(nullable(Id)),
      expires_at: Instant,
    }),
    reply: closed({ token: ApiToken, secret: Type.String({ maxLength: 200 }) }),
    status: 201,
    limit: 'create',
    isSecret: true,
  },
  apiTokenRevoke: {
    method: 'DELETE',
    path: '/api/v1/api-tokens/:id',
    permission: 'token.write',
    summary: 'Revoke a token at once',
    params: closed({ id: Id }),
    query: closed({ expected_version: Version }),
    reply: ApiToken,
  },
})
