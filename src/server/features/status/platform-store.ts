import type { Permission } from '../../../contracts/permissions.ts'
import type { Page } from '../../../contracts/primitives.ts'
import type { Platform } from '../../../contracts/status.ts'
import type { Actor } from '../../access/actor.ts'
import { canSee, demand, visiblePlatforms } from '../../access/decide.ts'
import { notFound } from '../../fault.ts'
import type { Doing } from '../../storage/provenance.ts'
import { among, equals, type Limits, type Repository } from '../../storage/repository.ts'
import type { Records } from '../../storage/tables.ts'

export const createPlatformStore = (platforms: Repository<'platforms'>) => ({
  platform: (id: string): Platform | null => platforms.find(id),
  /** In use, as the dashboard groups them. */
  platforms: (): Platform[] => platforms.all('AND is_retired = 0 ORDER BY domain, name, id'),
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
  createPlatform: (doing: Doing, fields: Records['platforms']): Promise<Platform> =>
    platforms.create(doing, 'platform.create', fields),
  savePlatform: (
    doing: Doing,
    action: string,
    platform: Platform,
    changes: Partial<Records['platforms']>,
  ): Promise<Platform> => platforms.update(doing, action, platform, changes),
})
