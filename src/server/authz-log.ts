import type { Log } from './observe/log.ts'
import type { Change, Provenance } from './storage/journal.ts'

/** One security line for each change of who may do what, whichever way it came; never a token's hash. */
export function logAuthzChanges(changes: readonly Change[], provenance: Provenance, log: Log): void {
  for (const { table, id, fields, isDeleted } of changes) {
    if (table !== 'role_bindings' && table !== 'api_tokens') continue
    log.warn(
      {
        event: 'authz_change',
        request_id: provenance.requestId,
        user: provenance.by,
        action: provenance.action,
        record_id: id,
        principal: table === 'api_tokens' ? fields.name : fields.principal,
        role: fields.role,
        platform_id: fields.platform_id,
        is_revoked: isDeleted === true || (fields.revoked_at ?? null) !== null,
      },
      'Who may do what was changed',
    )
  }
}
