import type { ApiToken } from '../../../../contracts/access.ts'
import { platformRoles } from '../../../../contracts/roles.ts'

export type TokenDraft = Pick<ApiToken, 'name' | 'role' | 'expires_at'> & {
  /** Empty is everywhere. */
  platform_id: string
}

export const tokenLabels: Record<keyof TokenDraft, string> = {
  name: 'Name',
  role: 'Role',
  platform_id: 'Where',
  expires_at: 'Expires',
}

const DEFAULT_MS = 90 * 24 * 60 * 60_000

export const emptyToken = (now: number): TokenDraft => ({
  name: '',
  role: 'ingestor',
  platform_id: '',
  expires_at: new Date(Math.floor((now + DEFAULT_MS) / 60_000) * 60_000).toISOString(),
})

/** What is wrong with which field. */
export function tokenErrors(draft: TokenDraft, now: number): Record<string, string> {
  const errors: Record<string, string> = {}
  if (draft.name.trim() === '') errors.name = 'A name is needed'
  if (platformRoles.includes(draft.role) && draft.platform_id === '') errors.platform_id = 'This role needs a platform'
  if (draft.expires_at === '') errors.expires_at = 'When does it end?'
  else if (Date.parse(draft.expires_at) <= now) errors.expires_at = 'Must be in the future'
  return errors
}
