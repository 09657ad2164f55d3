import { readFileSync } from 'node:fs'
import { type EndpointName, endpoints } from '../../src/contracts/index.ts'
import { type Permission, placement, type Reach } from '../../src/contracts/permissions.ts'
import type { AccessCase } from './access-case.ts'
import type { Caller } from './access-ground.ts'

/**
 * What access.md says should happen, worked out from the golden copy of the matrix and sharing no code with the portal's
 * own decision. (How `always` carries over to a platform is one table that both read.)
 */
const golden: Record<string, Partial<Record<string, readonly Reach[]>>> = JSON.parse(
  readFileSync(new URL('../../src/server/access/matrix.golden.json', import.meta.url), 'utf8'),
)

type Who = Pick<Caller, 'role' | 'place'>

const cellsOf = (permission: Permission, { role }: Who) => golden[permission]?.[role] ?? []

/** Whether a caller has the permission at all, for anything. */
export const passesGate = (permission: Permission, who: Who): boolean =>
  cellsOf(permission, who).some((reach) => {
    if (reach === 'scoped') return who.place !== 'everywhere'
    if (reach !== 'always') return true
    return who.place === 'everywhere' || who.role === 'service_owner' || placement[permission] !== undefined
  })

/** Whether it holds for something on the platform `here`, or for something that belongs to none. */
export const reaches = (
  permission: Permission,
  who: Who,
  on: 'here' | 'nothing',
  own: 'no' | 'open' | 'done' = 'no',
): boolean =>
  cellsOf(permission, who).some((reach) => {
    if (reach === 'own') return own !== 'no'
    if (reach === 'own_open') return own === 'open'
    if (reach === 'scoped') return who.place === on
    if (who.place === 'everywhere' || who.role === 'service_owner') return true
    return placement[permission] === 'shared' || (placement[permission] === 'placed' && who.place === on)
  })

export type Outcome = 'done' | 'shown' | 'not shown' | number

/** What is to become of a case's request: done, or refused with this status; of a list, whether it shows the thing. */
export function expected(name: EndpointName, one: AccessCase, who: Who): Outcome {
  const { permission } = endpoints[name]
  if (permission === 'public') return 'done'
  if (!passesGate(permission, who)) return 403
  if (one.isSameForAll === true) return 'done'
  if (one.shows !== undefined) return reaches(permission, who, one.on) ? 'shown' : 'not shown'
  const own = one.isOwn === true ? 'open' : 'no'
  const seenBy = [one.seenBy ?? []].flat()
  if (seenBy.length > 0 && !seenBy.some((sees) => reaches(sees, who, one.on, own))) return one.unseen ?? 404
  return reaches(one.needs ?? permission, who, one.on, own) ? 'done' : (one.refused ?? 403)
}
