import type { ApiToken } from '../../../../contracts/access.ts'

/** Whether a token still opens anything. Revoked comes first: that was somebody's will. */
export function tokenState(token: Pick<ApiToken, 'expires_at' | 'revoked_at'>, now: number) {
  if (token.revoked_at !== null) return 'revoked'
  return Date.parse(token.expires_at) <= now ? 'expired' : 'active'
}

export const tokenStateWords = { active: 'In force', expired: 'Expired', revoked: 'Revoked' } as const
