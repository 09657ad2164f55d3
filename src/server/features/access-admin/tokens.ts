import { randomBytes } from 'node:crypto'
import type { ApiToken } from '../../../contracts/access.ts'
import { platformRoles } from '../../../contracts/roles.ts'
import { invalid, notFound, versionConflict } from '../../fault.ts'
import { fromInstant } from '../../time.ts'
import type { Verbs } from '../../verb.ts'
import { refuseEscalation } from './bindings.ts'
import type { AccessStore } from './store.ts'

type Names = 'apiTokenList' | 'apiTokenCreate' | 'apiTokenRevoke'

export interface TokenParts {
  prefix: string
  hash(secret: string): string
}

/** Tokens for machines. The secret is answered once and only its hash is kept. */
export function tokenVerbs(store: AccessStore, { prefix, hash }: TokenParts): Verbs<Names> {
  return {
    apiTokenList: (_ctx, { query }) => store.listTokens(query),

    async apiTokenCreate(ctx, { body }) {
      const token = { ...body, platform_id: body.platform_id ?? null, revoked_at: null }
      refuseWrongToken(token, ctx.now, store)
      refuseEscalation(ctx.actor, token)
      const secret = prefix + randomBytes(32).toString('base64url')
      return { token: await store.createToken(ctx, { ...token, secret_hash: hash(secret) }), secret }
    },

    async apiTokenRevoke(ctx, { params, query }) {
      const token = store.token(params.id)
      if (token === null) throw notFound()
      if (token.version !== query.expected_version) throw versionConflict(token)
      return store.revokeToken(ctx, token)
    },
  }
}

function refuseWrongToken(
  token: Pick<ApiToken, 'role' | 'platform_id' | 'expires_at'>,
  now: number,
  store: AccessStore,
): void {
  if (fromInstant(token.expires_at) <= now) throw invalid({ 'body.expires_at': 'must be in the future' })
  if (platformRoles.includes(token.role) && token.platform_id === null) {
    throw invalid({ 'body.platform_id': 'is required: a service owner owns a platform' })
  }
  if (token.platform_id !== null && !store.platformIds().includes(token.platform_id)) {
    throw invalid({ 'body.platform_id': 'is not a platform' })
  }
}
