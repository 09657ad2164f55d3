import type { Permission } from '../../../contracts/permissions.ts'
import type { Page } from '../../../contracts/primitives.ts'
import type { Platform } from '../../../contracts/status.ts'
import type { Actor } from '../../access/actor.ts'
import { canSee, demand, visiblePlatforms } from '../../access/decide.ts'
import { notFound } from '../../fault.ts'
import type { Local } from '../../storage/local/open.ts'
import type { Doing } from '../../storage/provenance.ts'
import { among, equals, type Limits, type Repository } from '../../storage/repository.ts'
import type { Records } from '../../storage/tables.ts'

export const createPlatformStore = (platforms: Repository<'platforms'>, local: Local) => ({
  platform: (id: string): Platform | null => platforms.find(id),
  /** In use, as the dashboard groups them. */
  platforms: (): Platform[] => platforms.all('AND is_retired = 0 ORDER BY domain, name, id'),
  /** Retired ones too. */
  allPlatforms: (): Platform[] => platforms.all(''),
  /** Incidents that are not done, per platform. */
  openIncidents: (): Map<string, number> =>
    new Map(
      local
        .all<{ platform_id: string; n: number }>(
          `SELECT platform_id, sum(n) AS n FROM work_items_counts
           WHERE item_type = 'INCIDENT' AND category <> 'done' AND platform_id IS NOT NULL GROUP BY platform_id`,
        )
        .map(({ platform_id, n }) => [platform_id, n]),
    ),
  /** Alerts that fire, per platform. */
  firingAlerts: (): Map<string, number> =>
    new Map(
      local
        .all<{ platform_id: string; n: number }>(
          `SELECT platform_id, count(*) AS n FROM alerts
           WHERE state = 'firing' AND is_deleted = 0 AND platform_id IS NOT NULL GROUP BY platform_id`,
        )
        .map(({ platform_id, n }) => [platform_id, n]),
    ),
  platformNamed: (name: string): Platform | undefined =>
    platforms.all('AND is_retired = 0').find((platform) => platform.name.toLowerCase() === name.toLowerCase()),
  /** @throws Fault `not_found` for a stranger, `forbidden` for who sees it and may not */
  reachPlatform(actor: Actor, permission: Permission, id: string): Platform {
    const platform = platforms.find(id)
    if (platform === null || !canSee(actor, 'platform.read', id)) throw notFound()
    demand(actor, permission, { platformIds: [id] })
    return platform
  },
  listPlatforms: (actor: Actor, { retired = false, ...limits }: Limits & { retired?: boolean }): Page<Platform> =>
    platforms.page(
      limits,
      equals('is_retired', retired ? 1 : 0),
      among('id', visiblePlatforms(actor, 'platform.read')),
    ),
  isRepeatedPlatform: platforms.isRepeated,
  createPlatform: (doing: Doing, fields: Records['platforms']): Promise<Platform> =>
    platforms.create(doing, 'platform.create', fields),
  savePlatform: (
    doing: Doing,
    action: string,
    platform: Platform,
    changes: Partial<Records['platforms']>,
  ): Promise<Platform> => platforms.update(doing, action, platform, changes),
})
