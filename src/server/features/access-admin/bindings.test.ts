import fc from 'fast-check'
import { expect, test } from 'vitest'
import { permissions } from '../../../contracts/permissions.ts'
import { personRoles } from '../../../contracts/roles.ts'
import { makeActor } from '../../access/bindings.ts'
import { decide } from '../../access/decide.ts'
import { refuseEscalation } from './bindings.ts'

const [X, Y] = ['00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-00000000000b']
const grant = fc.record({ role: fc.constantFrom(...personRoles), platform_id: fc.constantFrom(null, X, Y) })
const actorWith = (grants: Parameters<typeof makeActor>[3]) =>
  makeActor('user', 'me', { user: null, email: null, name: null, groups: [] }, grants)

const mayGrant = (...given: Parameters<typeof refuseEscalation>) => {
  try {
    refuseEscalation(...given)
    return true
  } catch {
    return false
  }
}

/**
 * Whoever could grant at all: today only admins everywhere hold `role_binding.write`. The rule must hold for any other
 * matrix too.
 */
test('nobody grants more than they hold: whoever is given it may do nothing that its giver may not', () => {
  fc.assert(
    fc.property(
      fc.array(grant, { maxLength: 3 }),
      grant,
      fc.constantFrom([], [X], [Y], [X, Y]),
      (held, given, platformIds) => {
        const giver = actorWith(held)
        fc.pre(mayGrant(giver, given))
        for (const permission of permissions) {
          const target = { platformIds, owner: 'somebody' }
          if (decide(actorWith([given]), permission, target).allowed)
            expect(decide(giver, permission, target).allowed).toBe(true)
        }
      },
    ),
    { numRuns: 500 },
  )
})

test('an admin everywhere grants every role, everywhere and on a platform', () => {
  const admin = actorWith([{ role: 'admin', platform_id: null }])
  for (const role of personRoles)
    for (const platform_id of [null, X]) expect(mayGrant(admin, { role, platform_id })).toBe(true)
})

test('the same role on another platform is more', () => {
  const local = actorWith([{ role: 'admin', platform_id: X }])
  expect(mayGrant(local, { role: 'admin', platform_id: X })).toBe(true)
  expect(mayGrant(local, { role: 'admin', platform_id: Y })).toBe(false)
  expect(mayGrant(local, { role: 'viewer', platform_id: null })).toBe(false)
})
