import type { Me } from '../../contracts/access.ts'
import type { Permission } from '../../contracts/permissions.ts'
import { canSomewhere } from '../api/can.ts'
import {
  toAdmin,
  toAdminAccess,
  toAdminAlerts,
  toAdminAudit,
  toAdminChecks,
  toAdminMessages,
  toAdminPermissions,
  toAdminPlatforms,
  toAdminRuns,
  toAdminTokens,
  toApi,
  toDocs,
  toGlossary,
  toRoadmap,
  toStatus,
  toTickets,
} from '../paths.ts'

/** The sections of admin, each shown to whoever holds one of its permissions anywhere. */
export const adminSections = [
  { label: 'Platforms', link: toAdminPlatforms(), needs: ['platform.create', 'platform.update', 'platform.retire'] },
  { label: 'Checks', link: toAdminChecks(), needs: ['check.write'] },
  { label: 'Messages', link: toAdminMessages(), needs: ['message.write', 'message.write_global'] },
  { label: 'Runs', link: toAdminRuns(), needs: ['ingestion_run.read', 'ingestion_run.trigger'] },
  { label: 'Alerts', link: toAdminAlerts(), needs: ['alert.read'] },
  { label: 'Access', link: toAdminAccess(), needs: ['role_binding.read'] },
  { label: 'API tokens', link: toAdminTokens(), needs: ['token.write'] },
  { label: 'Permissions', link: toAdminPermissions(), needs: ['self.read'] },
  { label: 'Audit', link: toAdminAudit(), needs: ['audit.read'] },
] as const satisfies readonly { label: string; link: unknown; needs: readonly Permission[] }[]

export const adminSectionsFor = (me: Me | undefined) =>
  adminSections.filter(({ needs }) => needs.some((permission) => canSomewhere(me, permission)))

/** Everybody may read what roles may do; that alone makes nobody an administrator of anything. */
const isAdminOfAnything = (me: Me | undefined) =>
  adminSectionsFor(me).some(({ needs }) => needs.some((permission) => permission !== 'self.read'))

/** The navigation, as far as it is built and permitted. */
export const sectionsFor = (me: Me | undefined) => [
  { label: 'Status', link: toStatus(), isShown: true },
  { label: 'Tickets', link: toTickets(), isShown: canSomewhere(me, 'work_item.read') },
  { label: 'Roadmap', link: toRoadmap(), isShown: canSomewhere(me, 'roadmap.read') },
  { label: 'Docs', link: toDocs(), isShown: canSomewhere(me, 'docs.read') },
  { label: 'Glossary', link: toGlossary(), isShown: canSomewhere(me, 'glossary.read') },
  { label: 'Admin', link: toAdmin(), isShown: isAdminOfAnything(me) },
  { label: 'API', link: toApi(), isShown: canSomewhere(me, 'openapi.read') },
]
