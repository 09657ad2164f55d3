import { type Cases, list, one, read } from './access-case.ts'
import type { Ground } from './access-ground.ts'

const here = (g: Ground) => g.here.id
const message = (g: Ground) => g.there_is.message.id

/** How feeds, badges and the public shape of status pages are asked for. */
export const subscriptionCases = {
  pageSummary: list((_g, c) => c.client.pageSummary(), here),
  pageComponents: list((_g, c) => c.client.pageComponents(), here),
  pageIncidents: list(
    (_g, c) => c.client.pageIncidents(),
    (g) => g.there_is.warning.id,
  ),
  pageIncidentsUnresolved: list(
    (_g, c) => c.client.pageIncidentsUnresolved(),
    (g) => g.there_is.warning.id,
  ),
  pageMaintenances: list(
    (_g, c) => c.client.pageMaintenances(),
    (g) => g.there_is.toCome.id,
  ),
  pageMaintenancesUpcoming: list(
    (_g, c) => c.client.pageMaintenancesUpcoming(),
    (g) => g.there_is.toCome.id,
  ),
  pageMaintenancesActive: list(
    (_g, c) => c.client.pageMaintenancesActive(),
    (g) => g.there_is.goingOn.id,
  ),
  feed: list((_g, c) => c.client.feed(), message),
  platformFeed: read((g, c) => c.client.platformFeed(one(g.here.id))),
  platformBadge: read((g, c) => c.client.platformBadge(one(g.here.id))),
  // Of what the caller sees: who sees nothing is told so, in the same shape.
  pageStatus: [{ act: (_g, c) => c.client.pageStatus(), on: 'here', isSameForAll: true }],
  badge: [{ act: (_g, c) => c.client.badge(), on: 'here', isSameForAll: true }],
} satisfies Cases
