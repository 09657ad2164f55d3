import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matrix, permissions } from '../../contracts/permissions.ts'
import { roles } from '../../contracts/roles.ts'
import type { Grant } from './actor.ts'
import { makeActor } from './bindings.ts'
import { decide } from './decide.ts'
import { scopesOf } from './scopes.ts'

const person = { user: null, email: 'a@b.example', name: null, groups: [] }
const actorWith = (...grants: Grant[]) => makeActor('user', 'a@b.example', person, grants)

const X = '00000000-0000-7000-8000-00000000000a'
const Y = '00000000-0000-7000-8000-00000000000b'
const grant = fc.record({ role: fc.constantFrom(...roles), platform_id: fc.constantFrom(null, X, Y) })

describe('the permission matrix', () => {
  test('is the table that was agreed; a change to it is a reviewed diff', async () => {
    await expect(`${JSON.stringify(matrix, null, 2)}\n`).toMatchFileSnapshot('matrix.golden.json')
  })

  test('gives nothing to a role or permission that it does not know', () => {
    expect(scopesOf([{ role: 'emperor' as never, platform_id: null }]).size).toBe(0)
    expect(decide(actorWith({ role: 'admin', platform_id: null }), 'made.up' as never).allowed).toBe(false)
  })

  test('gives an admin everything that is given to a person', () => {
    const admin = actorWith({ role: 'admin', platform_id: null })
    expect(permissions.filter((permission) => !decide(admin, permission).allowed)).toEqual([])
  })
})

describe('scopes', () => {
  test('a service owner writes on the own platform and nowhere else', () => {
    const owner = actorWith({ role: 'service_owner', platform_id: X })
    expect(decide(owner, 'message.write', { platformIds: [X] }).allowed).toBe(true)
    expect(decide(owner, 'message.write', { platformIds: [Y] }).allowed).toBe(false)
    expect(decide(owner, 'message.write', { platformIds: [X, Y] }).allowed).toBe(false)
    expect(decide(owner, 'message.write', {}).allowed).toBe(false)
    expect(decide(owner, 'status.read', { platformIds: [Y] }).allowed).toBe(true)
  })

  test('an admin of one platform administers that platform only, and no bindings', () => {
    const local = actorWith({ role: 'admin', platform_id: X })
    expect(decide(local, 'platform.update', { platformIds: [X] }).allowed).toBe(true)
    expect(decide(local, 'platform.update', { platformIds: [Y] }).allowed).toBe(false)
    expect(decide(local, 'role_binding.write').allowed).toBe(false)
    expect(decide(local, 'platform.create').allowed).toBe(false)
  })

  test('own records are reached by their author only', () => {
    const contributor = actorWith({ role: 'contributor', platform_id: null })
    expect(decide(contributor, 'comment.edit', { owner: 'a@b.example' }).allowed).toBe(true)
    expect(decide(contributor, 'comment.edit', { owner: 'c@d.example' }).allowed).toBe(false)
    expect(decide(contributor, 'work_item.edit', { owner: 'a@b.example', isOpen: false }).allowed).toBe(false)
    expect(decide(contributor, 'work_item.edit', { owner: 'a@b.example', isOpen: true }).allowed).toBe(true)
  })

  test('more grants never allow less', () => {
    fc.assert(
      fc.property(
        fc.array(grant, { maxLength: 4 }),
        grant,
        fc.constantFrom(...permissions),
        fc.subarray([X, Y]),
        fc.boolean(),
        (few, more, permission, platformIds, isOpen) => {
          const target = { platformIds, owner: 'a@b.example', isOpen }
          const before = decide(actorWith(...few), permission, target).allowed
          const after = decide(actorWith(...few, more), permission, target).allowed
          expect(before && !after).toBe(false)
        },
      ),
    )
  })

  test('what is allowed equals the union of what each grant allows, except where several platforms need several grants', () => {
    fc.assert(
      fc.property(
        fc.array(grant, { maxLength: 4 }),
        fc.constantFrom(...permissions),
        fc.constantFrom(X, Y),
        (grants, permission, platformId) => {
          const target = { platformIds: [platformId], owner: 'a@b.example', isOpen: true }
          const together = decide(actorWith(...grants), permission, target).allowed
          expect(together).toBe(grants.some((one) => decide(actorWith(one), permission, target).allowed))
        },
      ),
    )
  })

  test('actors that may see the same share a visibility and others do not', () => {
    expect(actorWith({ role: 'viewer', platform_id: null }).visibility).toBe(
      actorWith({ role: 'viewer', platform_id: null }, { role: 'viewer', platform_id: X }).visibility,
    )
    expect(actorWith({ role: 'viewer', platform_id: X }).visibility).not.toBe(
      actorWith({ role: 'viewer', platform_id: Y }).visibility,
    )
  })
})
