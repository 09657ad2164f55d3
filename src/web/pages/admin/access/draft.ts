import type { RoleBinding } from '../../../../contracts/access.ts'
import { platformRoles } from '../../../../contracts/roles.ts'

export type BindingDraft = Pick<RoleBinding, 'principal_kind' | 'principal' | 'role'> & {
  /** Empty is everywhere. */
  platform_id: string
}

export const bindingLabels: Record<keyof BindingDraft, string> = {
  principal_kind: 'Who',
  principal: 'Name',
  role: 'Role',
  platform_id: 'Where',
}

export const emptyBinding: BindingDraft = {
  principal_kind: 'user',
  principal: '',
  role: 'contributor',
  platform_id: '',
}

export const kindWords: Record<RoleBinding['principal_kind'], string> = { user: 'Person', group: 'Group' }

/** What is wrong with which field. */
export function bindingErrors(draft: BindingDraft): Record<string, string> {
  const errors: Record<string, string> = {}
  const name = draft.principal.trim()
  if (name === '') errors.principal = 'Say who'
  else if (name.includes(',')) errors.principal = 'One at a time, without commas'
  if (platformRoles.includes(draft.role) && draft.platform_id === '') errors.platform_id = 'This role needs a platform'
  return errors
}
