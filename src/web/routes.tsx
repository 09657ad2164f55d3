import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { phases } from '../contracts/roadmap-ref.ts'
import { meQuery } from './api/me.ts'
import { read } from './api/queries.ts'
import { summaryQuery } from './api/summary.ts'
import { termsQuery } from './pages/glossary/queries.ts'
import { NotFound } from './pages/NotFound.tsx'
import { PageError } from './pages/PageError.tsx'
import { roadmapQuery } from './pages/roadmap/filter.ts'
import { Dashboard, dashboardHistory } from './pages/status/Dashboard.tsx'
import { needsMe, ticketsQuery } from './pages/tickets/list/filter.ts'
import {
  accessSearch,
  alertsSearch,
  auditSearch,
  checksSearch,
  glossarySearch,
  messagesSearch,
  newTicketSearch,
  platformSearch,
  RANGE_DEFAULT,
  roadmapSearch,
  runsSearch,
  statusSearch,
  ticketsSearch,
  toAdminPlatforms,
} from './paths.ts'
import { Shell } from './shell/Shell.tsx'
import { adminSectionsFor } from './shell/sections.ts'
import { Skeletons } from './ui/Skeletons.tsx'

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

const roadmap = createRoute({
  getParentRoute: () => root,
  path: '/roadmap',
  validateSearch: roadmapSearch,
  // Opening a card asks for nothing that the board is made of.
  loaderDeps: ({ search: { item, ...filter } }) => filter,
  loader: ({ context: { queries }, deps: filter }) => {
    void queries.prefetchQuery(summaryQuery)
    for (const phase of phases) void queries.prefetchInfiniteQuery(roadmapQuery(phase, filter))
  },
  component: lazyRouteComponent(() => import('./pages/roadmap/RoadmapPage.tsx'), 'RoadmapPage'),
})

const glossary = createRoute({
  getParentRoute: () => root,
  path: '/glossary',
  validateSearch: glossarySearch,
  // Again: the router keeps beside it what it does not know, or knows to be wrong.
  loaderDeps: ({ search }) => glossarySearch({ ...search }),
  loader: ({ context: { queries }, deps }) => {
    void queries.prefetchInfiniteQuery(termsQuery(deps))
    void queries.prefetchQuery(read('glossaryDomains', {}))
  },
  component: lazyRouteComponent(() => import('./pages/glossary/list/GlossaryList.tsx'), 'GlossaryList'),
})
const glossaryImport = createRoute({
  getParentRoute: () => root,
  path: '/glossary/import',
  component: lazyRouteComponent(() => import('./pages/glossary/import/ImportPage.tsx'), 'ImportPage'),
})
const term = createRoute({
  getParentRoute: () => root,
  path: '/glossary/$termId',
  loader: ({ context: { queries }, params: { termId: id } }) => {
    void queries.prefetchQuery(read('glossaryRead', { params: { id } }))
    void queries.prefetchQuery(read('glossaryUses', { params: { id } }))
  },
  component: lazyRouteComponent(() => import('./pages/glossary/detail/TermPage.tsx'), 'TermPage'),
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
const adminAlerts = createRoute({
  getParentRoute: () => admin,
  path: '/alerts',
  validateSearch: alertsSearch,
  component: lazyRouteComponent(() => import('./pages/admin/alerts/AlertList.tsx'), 'AlertList'),
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

const docs = createRoute({ getParentRoute: () => root, path: '/docs' })
const docsHome = createRoute({
  getParentRoute: () => docs,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/docs/DocsHome.tsx'), 'DocsHome'),
})
const docsPage = createRoute({
  getParentRoute: () => docs,
  path: '/$',
  loader: async ({ context: { queries }, params: { _splat = '' } }) => {
    void queries.prefetchQuery(summaryQuery)
    const { loadPage } = await import('./pages/docs/load-page.ts')
    return loadPage(_splat)
  },
  pendingMs: 0,
  pendingMinMs: 0,
  pendingComponent: () => <Skeletons count={3} height={180} what="page" />,
  component: lazyRouteComponent(() => import('./pages/docs/DocsPage.tsx'), 'DocsPage'),
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
  roadmap,
  glossary,
  glossaryImport,
  term,
  docs.addChildren([docsHome, docsPage]),
  admin.addChildren([
    adminIndex,
    adminPlatforms,
    adminChecks,
    adminMessages,
    adminRuns,
    adminAlerts,
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
