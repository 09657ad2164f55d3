import type { PlatformStatus } from '../../../contracts/status.ts'
import { NEWS_MAX } from '../../../contracts/subscriptions.ts'
import { visiblePlatforms } from '../../access/decide.ts'
import { notFound } from '../../fault.ts'
import { toInstant } from '../../time.ts'
import type { Ctx, Verbs } from '../../verb.ts'
import { incidentSeverities, latest, maintenanceSeverities } from './rules/announcement.ts'
import { atomFeed } from './rules/atom.ts'
import { type BadgeState, badge } from './rules/badge.ts'
import { componentOf, PAGE_ID, pageStatus, type Watched } from './rules/components.ts'
import { incidentOf, maintenanceOf } from './rules/news.ts'
import type { NewsFilter, SubscriptionStore } from './store.ts'

export interface SubscriptionParts {
  store: SubscriptionStore
  /** Where people reach the portal; links and ids are made from it, never from what a request says. */
  origin: string
  /** Platforms in use as they are now, in order. */
  platforms(now: number): Watched[]
  /** The worst of them. */
  overall(platforms: readonly PlatformStatus[]): PlatformStatus['state']
  /** When time alone next changes a platform or a window. Milliseconds; Infinity when never. */
  changesAt(now: number): number
}

type Names =
  | 'pageSummary'
  | 'pageStatus'
  | 'pageComponents'
  | 'pageIncidents'
  | 'pageIncidentsUnresolved'
  | 'pageMaintenances'
  | 'pageMaintenancesUpcoming'
  | 'pageMaintenancesActive'
  | 'feed'
  | 'platformFeed'
  | 'badge'
  | 'platformBadge'

/** The portal for programs: what status pages answer, feeds and badges; each reader's own part of it. */
export function subscriptionVerbs({ store, origin, platforms, overall, changesAt }: SubscriptionParts): Verbs<Names> {
  const seenBy = (ctx: Ctx): Watched[] => {
    ctx.changesAt(changesAt(ctx.now))
    const visible = visiblePlatforms(ctx.actor, 'status.read')
    return platforms(ctx.now).filter(({ id }) => visible === 'all' || visible.includes(id))
  }
  const announced = (ctx: Ctx, filter: Omit<NewsFilter, 'visible'>) =>
    store.announcements({ ...filter, visible: visiblePlatforms(ctx.actor, 'message.read') }, toInstant(ctx.now))

  const look = (ctx: Ctx) => {
    const now = toInstant(ctx.now)
    const components = seenBy(ctx).map((platform, i) => componentOf(platform, i + 1))
    const place = { origin, components }
    const incidents = (when: NewsFilter['when']) =>
      announced(ctx, { severities: incidentSeverities, when }).map((message) => incidentOf(message, now, place))
    const maintenances = (when: NewsFilter['when']) =>
      announced(ctx, { severities: maintenanceSeverities, when }).map((message) => maintenanceOf(message, now, place))
    const unresolved = () => incidents('going_on').filter(({ status }) => status !== 'resolved')
    /** The page itself is as new as the newest thing on it. */
    const page = (...parts: readonly (readonly { updated_at: string }[])[]) => ({
      id: PAGE_ID,
      name: 'Lakeport',
      url: origin,
      time_zone: 'Etc/UTC',
      updated_at: latest(NEVER, ...[components, ...parts].flat().map(({ updated_at }) => updated_at)),
    })
    const status = () => {
      // Those that name a platform, seen or not, show in that platform.
      const unplaced = announced(ctx, { severities: incidentSeverities, when: 'going_on' })
        .filter(({ platform_ids }) => platform_ids.length === 0)
        .map((message) => incidentOf(message, now, place))
        .filter((incident) => incident.status !== 'resolved')
      return pageStatus(
        components.map((component) => component.status),
        unplaced.map(({ impact }) => impact),
      )
    }
    return { components, incidents, maintenances, unresolved, page, status }
  }

  return {
    pageSummary(ctx) {
      const { components, unresolved, maintenances, page, status } = look(ctx)
      const incidents = unresolved()
      // Those going on come first where there are too many.
      const planned = [...maintenances('going_on'), ...maintenances('to_come')].slice(0, NEWS_MAX)
      return {
        page: page(incidents, planned),
        components,
        incidents,
        scheduled_maintenances: planned.sort((a, b) => (a.scheduled_for < b.scheduled_for ? 1 : -1)),
        status: status(),
      }
    },
    pageStatus(ctx) {
      const { page, status } = look(ctx)
      return { page: page(), status: status() }
    },
    pageComponents(ctx) {
      const { components, page } = look(ctx)
      return { page: page(), components }
    },
    pageIncidents(ctx) {
      const { incidents, page } = look(ctx)
      const all = incidents('any')
      return { page: page(all), incidents: all }
    },
    pageIncidentsUnresolved(ctx) {
      const { unresolved, page } = look(ctx)
      const open = unresolved()
      return { page: page(open), incidents: open }
    },
    pageMaintenances: (ctx) => maintenancesOf(ctx, 'any'),
    pageMaintenancesUpcoming: (ctx) => maintenancesOf(ctx, 'to_come'),
    pageMaintenancesActive: (ctx) => maintenancesOf(ctx, 'going_on'),

    feed(ctx) {
      ctx.changesAt(changesAt(ctx.now))
      const messages = announced(ctx, { severities: allSeverities, when: 'any' })
      return atomFeed(
        { origin, path: '/history.atom', page: '/', title: 'Lakeport: messages' },
        messages,
        toInstant(ctx.now),
      )
    },
    platformFeed(ctx, { params }) {
      const { id, name } = only(seenBy(ctx), params.id)
      const messages = announced(ctx, { severities: allSeverities, when: 'any', platformId: id })
      const about = {
        path: `/api/v1/platforms/${id}/history.atom`,
        page: `/platforms/${id}`,
        title: `Lakeport: ${name}`,
      }
      return atomFeed({ origin, ...about }, messages, toInstant(ctx.now))
    },

    badge(ctx) {
      const seen = seenBy(ctx)
      return badge(
        'Lakeport',
        shown(overall(seen), seen.length > 0 && seen.every((platform) => platform.in_maintenance)),
      )
    },
    platformBadge(ctx, { params }) {
      const platform = only(seenBy(ctx), params.id)
      return badge(platform.name, shown(platform.state, platform.in_maintenance))
    },
  }

  function maintenancesOf(ctx: Ctx, when: NewsFilter['when']) {
    const { maintenances, page } = look(ctx)
    const found = maintenances(when)
    return { page: page(found), scheduled_maintenances: found }
  }
}

const allSeverities = ['info', ...incidentSeverities, ...maintenanceSeverities] as const

/** Of a page with nothing on it. */
const NEVER = '2026-01-01T00:00:00.000Z'

function only(platforms: readonly Watched[], id: string): Watched {
  const found = platforms.find((platform) => platform.id === id)
  if (found === undefined) throw notFound()
  return found
}

const shown = (state: PlatformStatus['state'], isInMaintenance: boolean): BadgeState =>
  isInMaintenance ? 'maintenance' : state
