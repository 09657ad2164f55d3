import type { EndpointName } from '../../src/contracts/index.ts'
import type { Permission } from '../../src/contracts/permissions.ts'
import type { Caller, Ground } from './access-ground.ts'
import type { Answer } from './portal.ts'

type Act = (g: Ground, c: Caller) => Promise<Pick<Answer<unknown>, 'status' | 'body'>>

export interface AccessCase {
  /** For an endpoint with more than one case. */
  title?: string
  /** A valid request on something fresh: what is allowed succeeds. */
  act: Act
  /** What is acted on lies on the platform `here`; or it belongs to no platform. */
  on: 'here' | 'nothing'
  /** The permission that decides, where it is not the endpoint's own. */
  needs?: Permission
  /** The caller made what is acted on. */
  isOwn?: true
  /** By what, or by any of what, it is seen; who does not see it is told that it is not there: 404, or 422 where a body names it. */
  seenBy?: Permission | readonly Permission[]
  unseen?: 422
  /** How it is refused to somebody who sees it, where that is not 403. */
  refused?: 404
  /** Whoever passes the gate is answered, whatever they reach. */
  isSameForAll?: true
  /** A list: it is answered to whoever passes the gate, and has this in it only for whom it reaches. */
  shows?: (g: Ground) => string
}

export type Cases = Partial<Record<EndpointName, readonly AccessCase[]>>

export const one = (id: string) => ({ params: { id } })
export const at = (id: string, version = 1) => ({ params: { id }, query: { expected_version: version } })
export const edit = <B extends object>(id: string, body: B) => ({
  params: { id },
  body: { ...body, expected_version: 1 },
})

/** A read of one thing, which is not there for whom it does not reach. */
export const read = (act: Act): AccessCase[] => [{ act, on: 'here', refused: 404 }]
export const list = (act: Act, shows: (g: Ground) => string): AccessCase[] => [{ act, on: 'here', shows }]
/** Belongs to no platform. */
export const shared = (act: Act): AccessCase[] => [{ act, on: 'nothing' }]
export const write = (act: Act, seenBy: Permission): AccessCase => ({ act, on: 'here', seenBy })
