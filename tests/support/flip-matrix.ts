import { type EndpointName, endpoints } from '../../src/contracts/index.ts'
import { matrix, type Permission, permissions, type Reach } from '../../src/contracts/permissions.ts'
import { type Role, roles } from '../../src/contracts/roles.ts'
import { makeActor } from '../../src/server/access/bindings.ts'
import { decide } from '../../src/server/access/decide.ts'
import { accessCases } from './access-cases.ts'
import { type Caller, type Ground, type Place, places } from './access-ground.ts'
import { expected, type Outcome, passesGate, reaches } from './access-oracle.ts'

type Row = Partial<Record<Role, readonly Reach[]>>

/** One cell of the matrix, set to what it should not be. */
export interface Flip {
  permission: Permission
  role: Role
  to: readonly Reach[]
}

/** Every cell, each to every other thing that a cell may hold. */
export function allFlips(): Flip[] {
  const contents: readonly (readonly Reach[])[] = [
    [],
    ['always'],
    ['scoped'],
    ['own'],
    ['own_open'],
    ['own', 'scoped'],
    ['own_open', 'scoped'],
  ]
  return permissions.flatMap((permission) =>
    roles.flatMap((role) =>
      contents
        .filter((to) => JSON.stringify(to) !== JSON.stringify(cellOf(permission, role)))
        .map((to) => ({ permission, role, to })),
    ),
  )
}

const cellOf = (permission: Permission, role: Role): readonly Reach[] => (matrix[permission] as Row)[role] ?? []

/** Runs with the matrix as the flip has it, and puts it back. The portal in this process decides by the flipped one. */
export async function flipped<T>({ permission, role, to }: Flip, work: () => T | Promise<T>): Promise<T> {
  const table = matrix as Record<Permission, Row> // Read-only to everybody else; rows are shared, so one is replaced.
  const before = table[permission]
  table[permission] = { ...before, [role]: to }
  try {
    return await work()
  } finally {
    table[permission] = before
  }
}

export const PLATFORM: Record<Exclude<Place, 'everywhere'>, string> = {
  here: '00000000-0000-7000-8000-00000000000a',
  there: '00000000-0000-7000-8000-00000000000b',
}

/** Everything that may be asked of one cell, asked of `decide`: each answer that is not the agreed one. */
export function wrongDecisions({ permission, role }: Pick<Flip, 'permission' | 'role'>): string[] {
  const wrong: string[] = []
  for (const place of places) {
    if (role === 'service_owner' && place === 'everywhere') continue
    const platform_id = place === 'everywhere' ? null : PLATFORM[place]
    const nobody = { user: null, email: null, name: null, groups: [] }
    const actor = makeActor('user', 'me', nobody, [{ role, platform_id }])
    const tell = (what: string) => wrong.push(`${permission} for ${role} ${place}: ${what}`)
    if (actor.scopes.has(permission) !== passesGate(permission, { role, place })) tell('the gate')
    for (const on of ['here', 'nothing'] as const)
      for (const own of ['no', 'open', 'done'] as const) {
        const target = {
          ...(on === 'here' && { platformIds: [PLATFORM.here] }),
          owner: own === 'no' ? 'somebody' : 'me',
          isOpen: own !== 'done',
        }
        const agreed = reaches(permission, { role, place }, on, own)
        if (decide(actor, permission, target).allowed !== agreed) tell(`${on}, own ${own}`)
      }
  }
  return wrong
}

/** What came of a case's request. */
export async function outcome(g: Ground, name: EndpointName, index: number, caller: Caller): Promise<Outcome> {
  const one = accessCases[name][index]
  if (one === undefined) throw new Error(`${name} has no case ${index}`)
  const { status, body } = await one.act(g, caller)
  if (status >= 300) return status
  if (one.shows === undefined) return 'done'
  return JSON.stringify(body).includes(one.shows(g)) ? 'shown' : 'not shown'
}

/** Cases whose answer over HTTP depends on this permission. */
export const casesOf = (permission: Permission): { name: EndpointName; index: number }[] =>
  (Object.keys(accessCases) as EndpointName[]).flatMap((name) =>
    accessCases[name].flatMap((one, index) =>
      endpoints[name].permission === permission || one.needs === permission ? [{ name, index }] : [],
    ),
  )

/** Whether anything over HTTP comes as far as this cell: some permissions are asked only behind another one's gate. */
export const isAsked = (g: Ground, { permission, role }: Flip): boolean =>
  casesOf(permission).some(({ name }) => {
    const gate = endpoints[name].permission
    if (gate === permission) return true
    return gate !== 'public' && g.callers.some((caller) => caller.role === role && passesGate(gate, caller))
  })

/** The first answer over HTTP, of what depends on this cell, that is not the agreed one. */
export async function firstWrongAnswer(g: Ground, { permission, role }: Flip): Promise<string | null> {
  for (const caller of g.callers.filter((one) => one.role === role))
    for (const { name, index } of casesOf(permission)) {
      const one = accessCases[name][index]
      if (one === undefined) continue
      const agreed = expected(name, one, caller)
      const seen = await outcome(g, name, index, caller)
      if (seen !== agreed) return `${name} for ${role} ${caller.place}: ${seen}, not ${agreed}`
    }
  return null
}
