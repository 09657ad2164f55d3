import type { ApiToken, RoleBinding } from '../../../contracts/access.ts'
import type { Page } from '../../../contracts/primitives.ts'
import { idOf } from '../../storage/ids.ts'
import type { Journal } from '../../storage/journal.ts'
import type { Local } from '../../storage/local/open.ts'
import { type Doing, provenanceOf } from '../../storage/provenance.ts'
import { fieldsOf } from '../../storage/record.ts'
import { createRepository, equals, type Limits, type RecordOf } from '../../storage/repository.ts'
import type { Records } from '../../storage/tables.ts'
import { toInstant } from '../../time.ts'
import { createPeopleStore } from './people-store.ts'

type BindingFields = Records['role_bindings']

/** One binding per principal, role and platform, whoever makes it and however often. */
const bindingId = (binding: BindingFields) =>
  idOf('role_binding', binding.principal_kind, binding.principal, binding.role, binding.platform_id)

/** People are kept in lower case; SQLite lowers only ASCII, so groups are also looked at as they are spelled. */
const NAMED = 'instr(lower(principal), :lower) > 0 OR instr(principal, :part) > 0'

/** Bindings, tokens and who is in which groups, on disk. `isShared`: other instances write the same records. */
export function createAccessStore(local: Local, journal: Journal, { isShared = false } = {}) {
  const bindings = createRepository('role_bindings', local, journal)
  const tokens = createRepository('api_tokens', local, journal)

  return {
    ...createPeopleStore(local, journal),
    allBindings: (): RoleBinding[] => bindings.all(),
    listBindings: ({
      principal,
      role,
      platform_id,
      ...limits
    }: Limits & { principal?: string; role?: string; platform_id?: string }): Page<RoleBinding> =>
      bindings.page(
        limits,
        principal === undefined ? null : { sql: NAMED, params: { part: principal, lower: principal.toLowerCase() } },
        equals('role', role),
        equals('platform_id', platform_id),
      ),
    binding: (id: string): RoleBinding | null => bindings.find(id),
    /** The binding that is already there for these fields. */
    sameBinding: (fields: BindingFields): RoleBinding | null => bindings.find(bindingId(fields)),
    /** On top of its own history when it was removed before. */
    createBinding(doing: Doing, action: string, fields: BindingFields): Promise<RoleBinding> {
      const id = bindingId(fields)
      return bindings.create(doing, action, fields, { id, expectedVersion: bindings.version(id)?.version ?? 0 })
    },
    deleteBinding: (doing: Doing, binding: RoleBinding): Promise<RoleBinding> =>
      bindings.remove(doing, 'role_binding.delete', binding),
    /**
     * Only while the other binding is still as it is here. Instances that share the records look at copies, so both
     * bindings get a new version in one commit: of two who remove each other's, one meets a conflict.
     */
    async deleteBindingBeside(doing: Doing, binding: RoleBinding, staying: RoleBinding): Promise<RoleBinding> {
      if (!isShared) return bindings.remove(doing, 'role_binding.delete', binding)
      const changes = [binding, staying].map(({ id, version }) => {
        const row = local.row('role_bindings', id)
        if (row === undefined) throw new Error(`The binding ${id} was read a moment ago and is not there`)
        const fields = fieldsOf('role_bindings', row)
        return { table: 'role_bindings' as const, id, expectedVersion: version, fields, isDeleted: id === binding.id }
      })
      await journal.commit(changes, provenanceOf(doing, 'role_binding.delete'))
      return binding
    },

    listTokens(limits: Limits): Page<ApiToken> {
      const page = tokens.page(limits)
      return { ...page, items: page.items.map(withoutSecret) }
    },
    token(id: string): ApiToken | null {
      const token = tokens.find(id)
      return token === null ? null : withoutSecret(token)
    },
    /** The token whose secret has this hash, while it holds. */
    tokenInForce(secretHash: string, now: number): ApiToken | null {
      const [token] = tokens.all('AND secret_hash = ? AND revoked_at IS NULL AND expires_at > ?', [
        secretHash,
        toInstant(now),
      ])
      return token === undefined ? null : withoutSecret(token)
    },
    createToken: async (doing: Doing, fields: Records['api_tokens']): Promise<ApiToken> =>
      withoutSecret(await tokens.create(doing, 'api_token.create', fields)),
    revokeToken: async (doing: Doing, token: ApiToken): Promise<ApiToken> =>
      withoutSecret(
        await tokens.update(doing, 'api_token.revoke', token, { revoked_at: token.revoked_at ?? toInstant(doing.now) }),
      ),

    platformIds: (): string[] =>
      local.all<{ id: string }>('SELECT id FROM platforms WHERE is_deleted = 0 ORDER BY id').map(({ id }) => id),
  }
}

export type AccessStore = ReturnType<typeof createAccessStore>

function withoutSecret({ secret_hash, ...token }: RecordOf<'api_tokens'>): ApiToken {
  return token
}
