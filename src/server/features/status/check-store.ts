import type { Page } from '../../../contracts/primitives.ts'
import type { ConnectorName } from '../../../contracts/sources.ts'
import type { StatusCheck } from '../../../contracts/status.ts'
import type { Actor } from '../../access/actor.ts'
import { visiblePlatforms } from '../../access/decide.ts'
import type { Local } from '../../storage/local/open.ts'
import type { Doing } from '../../storage/provenance.ts'
import { among, equals, type Limits, type Repository } from '../../storage/repository.ts'
import type { Records } from '../../storage/tables.ts'

const IN_USE = 'AND platform_id IN (SELECT id FROM platforms WHERE is_deleted = 0 AND is_retired = 0) ORDER BY id'

export function createCheckStore(checks: Repository<'status_checks'>, local: Local) {
  const inUse = (): StatusCheck[] => checks.all(IN_USE)
  return {
    check: (id: string): StatusCheck | null => checks.find(id),
    /** Of platforms in use. */
    checks: inUse,
    /** Its versions, oldest first: they tell when it was switched on and off. */
    checkVersions: (id: string) => local.history('status_checks', id),
    checksOf: (platformId: string): StatusCheck[] => checks.all('AND platform_id = ? ORDER BY id', [platformId]),
    listChecks: (
      actor: Actor,
      query: Limits & { platform_id?: string; ids: readonly string[] | null },
    ): Page<StatusCheck> =>
      checks.page(
        query,
        among('platform_id', visiblePlatforms(actor, 'check.read')),
        equals('platform_id', query.platform_id),
        query.ids === null ? null : among('id', query.ids, 'ids'),
      ),
    createCheck: (doing: Doing, fields: Records['status_checks']): Promise<StatusCheck> =>
      checks.create(doing, 'status_check.create', fields),
    saveCheck: (doing: Doing, check: StatusCheck, changes: Partial<Records['status_checks']>): Promise<StatusCheck> =>
      checks.update(doing, 'status_check.update', check, changes),
    platformsPolledBy: (source: ConnectorName): string[] => [
      ...new Set(
        inUse()
          .filter((check) => check.is_enabled && check.source.connector === source)
          .map((check) => check.platform_id),
      ),
    ],
  }
}
