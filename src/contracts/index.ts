import { accessEndpoints } from './access.ts'
import { alertsEndpoints } from './alerts.ts'
import { auditEndpoints } from './audit.ts'
import { glossaryEndpoints } from './glossary.ts'
import { operationsEndpoints } from './operations.ts'
import { roadmapEndpoints } from './roadmap.ts'
import { searchEndpoints } from './search.ts'
import { statusEndpoints } from './status-endpoints.ts'
import { subscriptionEndpoints } from './subscriptions.ts'
import { ticketsEndpoints } from './tickets-endpoints.ts'

export type { BodyOf, ParamsOf, QueryOf, ReplyOf } from './endpoint.ts'

/** The whole API, by name. */
export const endpoints = {
  ...operationsEndpoints,
  ...accessEndpoints,
  ...auditEndpoints,
  ...statusEndpoints,
  ...ticketsEndpoints,
  ...roadmapEndpoints,
  ...glossaryEndpoints,
  ...searchEndpoints,
  ...subscriptionEndpoints,
  ...alertsEndpoints,
}
export type Endpoints = typeof endpoints
export type EndpointName = keyof Endpoints
