import { accessEndpoints } from './access.ts'
import { operationsEndpoints } from './operations.ts'
import { statusEndpoints } from './status-endpoints.ts'

export type { BodyOf, ParamsOf, QueryOf, ReplyOf } from './endpoint.ts'

/** The whole API, by name. */
export const endpoints = { ...operationsEndpoints, ...accessEndpoints, ...statusEndpoints }
export type Endpoints = typeof endpoints
export type EndpointName = keyof Endpoints
