import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { meQuery } from './api/me.ts'
import { read } from './api/queries.ts'
import { summaryQuery } from './api/summary.ts'
import { NotFound } from './pages/NotFound.tsx'
import { PageError } from './pages/PageError.tsx'
import { Dashboard, dashboardHistory } from './pages/status/Dashboard.tsx'
import { needsMe, ticketsQuery } from './pages/tickets/list/filter.ts'
import {
  accessSearch,
  auditSearch,
  checksSearch,
  messagesSearch,
  newTicketSearch,
  platformSearch,
  RANGE_DEFAULT,
  runsSearch,
  statusSearch,
  ticketsSearch,
  toAdminPlatforms,
} from './paths.ts'
import { Shell } from './shell/Shell.tsx'
import { adminSectionsFor } from './shell/sections.ts'

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Shell,
  notFoundComponent: NotFound,
  // Not awaited: pages show their own skeletons, and what is under way is not asked for twice.
  loader: ({ context }) => void context.queries.prefetchQuery(meQuery),
})

const status = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: statusSearch,
  component: Dashboard,
  loader: ({ context: { queries } }) => {
    void queries.prefetchQuery(summaryQuery)
    void queries.prefetchQuery(dashboardHistory)
  },
})

const platform = createRoute({
  getParentRoute: () => root,
  path: '/platforms/$platformId',
  validateSearch: platformSearch,
  loaderDeps: ({ search }) => ({ days: search.days ?? RANGE_DEFAULT }),
  loader: ({ context: { queries }, params: { platformId }, deps: { days } }) => {
    void queries.prefetchQuery(summaryQuery)
    void queries.prefetchQuery(read('platformRead', { params: { id: platformId } }))
    void queries.prefetchQuery(read('platformHistory', { params: { id: platformId }, query: { days } }))
  },
  component: lazyRouteComponent(() => import('./pages/status/PlatformPage.tsx'), 'PlatformPage'),
})

const tickets = createRoute({
  getParentRoute: () => root,
  path: '/tickets',
  validateSearch: ticketsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queries }, deps: search }) => {
    void queries.prefetchQuery(summaryQuery)
    const me = queries.getQueryData(meQuery.queryKey)
    if (me !== undefined || !needsMe(search)) void queries.prefetchInfiniteQuery(ticketsQuery(search, me))
  },
  component: lazyRouteComponent(() => import('./pages/tickets/list/TicketList.tsx'), 'TicketList'),
})
const newTicket = createRoute({
  getParentRoute: () => root,
  path: '/tickets/new',
  validateSearch: newTicketSearch,
  loader: ({ context }) => void context.queries.prefetchQuery(summaryQuery),
  component: lazyRouteComponent(() => import('./pages/tickets/new/NewTicket.tsx'), 'NewTicket'),
})
const ticket = createRoute({
  getParentRoute: () => root,
  path: '/tickets/$ticketId',
  loader: ({ context: { queries }, params: { ticketId } }) => {
    void queries.prefetchQuery(summaryQuery)
    void queries.prefetchQuery(read('workItemRead', { params: { id: ticketId } }))
  },
  component: lazyRouteComponent(() => import('./pages/tickets/detail/TicketPage.tsx'), 'TicketPage'),
})

const admin = createRoute({
  getParentRoute: () => root,
  path: '/admin',
  loader: ({ context }) => void context.queries.prefetchQuery(summaryQuery),
  component: lazyRouteComponent(() => import('./pages/admin/AdminPage.tsx'), 'AdminPage'),
})
const adminIndex = createRoute({
  getParentRoute: () => admin,
  path: '/',
  // To the first section this person has; to somebody with none, the first one says what they lack.
  beforeLoad: async ({ context }) => {
    const me = await context.queries.ensureQueryData(meQuery).catch(() => undefined)
    throw redirect({ ...(adminSectionsFor(me)[0]?.link ?? toAdminPlatforms()), replace: true })
  },
})
const adminPlatforms = createRoute({
  getParentRoute: () => admin,
  path: '/platforms',
  component: lazyRouteComponent(() => import('./pages/admin/platforms/PlatformList.tsx'), 'PlatformList'),
})
const adminChecks = createRoute({
  getParentRoute: () => admin,
  path: '/checks',
  validateSearch: checksSearch,
  component: lazyRouteComponent(() => import('./pages/admin/checks/CheckList.tsx'), 'CheckList'),
})
const adminMessages = createRoute({
  getParentRoute: () => admin,
  path: '/messages',
  validateSearch: messagesSearch,
  component: lazyRouteComponent(() => import('./pages/admin/messages/MessageList.tsx'), 'MessageList'),
})
const adminRuns = createRoute({
  getParentRoute: () => admin,
  path: '/runs',
  validateSearch: runsSearch,
  component: lazyRouteComponent(() => import('./pages/admin/runs/RunList.tsx'), 'RunList'),
})
const adminAccess = createRoute({
  getParentRoute: () => admin,
  path: '/access',
  validateSearch: accessSearch,
  component: lazyRouteComponent(() => import('./pages/admin/access/BindingList.tsx'), 'BindingList'),
})
const adminTokens = createRoute({
  getParentRoute: () => admin,
  path: '/tokens',
  component: lazyRouteComponent(() => import('./pages/admin/tokens/TokenList.tsx'), 'TokenList'),
})
const adminPermissions = createRoute({
  getParentRoute: () => admin,
  path: '/permissions',
  component: lazyRouteComponent(() => import('./pages/admin/permissions/PermissionMatrix.tsx'), 'PermissionMatrix'),
})
const adminAudit = createRoute({
  getParentRoute: () => admin,
  path: '/audit',
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import('./pages/admin/audit/AuditList.tsx'), 'AuditList'),
})

const api = createRoute({
  getParentRoute: () => root,
  path: '/api/docs',
  component: lazyRouteComponent(() => import('./pages/api/ApiPage.tsx'), 'ApiPage'),
})

const tree = root.addChildren([
  status,
  platform,
  tickets,
  newTicket,
  ticket,
  admin.addChildren([
    adminIndex,
    adminPlatforms,
    adminChecks,
    adminMessages,
    adminRuns,
    adminAccess,
    adminTokens,
    adminPermissions,
    adminAudit,
  ]),
  api,
])

export const createAppRouter = (queries: QueryClient) =>
  createRouter({
    routeTree: tree,
    context: { queries },
    defaultPreload: 'intent',
    defaultErrorComponent: PageError,
    scrollRestoration: true,
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
