import { describe, expect, test } from 'vitest'
import type { Me, Scope } from '../../contracts/access.ts'
import type { Permission } from '../../contracts/permissions.ts'
import { can, canSomewhere, canWriteMessage } from './can.ts'

const nowhere: Scope = { everywhere: false, platform_ids: [], own: false, own_open: false }
const me = (permissions: Partial<Record<Permission, Partial<Scope>>>): Me => ({
  id: 'ada@example.com',
  email: 'ada@example.com',
  name: null,
  groups: [],
  roles: [],
  permissions: Object.fromEntries(Object.entries(permissions).map(([name, scope]) => [name, { ...nowhere, ...scope }])),
  persona: null,
  can_switch_persona: false,
})

describe('a control is shown', () => {
  test('to nobody before the portal has said who asks', () => {
    expect(can(undefined, 'platform.update')).toBe(false)
    expect(canSomewhere(undefined, 'platform.update')).toBe(false)
  })
  test('not for a permission that was not given', () => {
    expect(can(me({ 'platform.read': { everywhere: true } }), 'platform.update')).toBe(false)
  })
  test('for everything where the permission holds everywhere', () => {
    const admin = me({ 'platform.update': { everywhere: true } })
    expect(can(admin, 'platform.update')).toBe(true)
    expect(can(admin, 'platform.update', { platformIds: ['a', 'b'] })).toBe(true)
  })
  test('to an owner on their platform, and only when all platforms are theirs', () => {
    const owner = me({ 'message.write': { platform_ids: ['a', 'b'] } })
    expect(can(owner, 'message.write', { platformIds: ['a'] })).toBe(true)
    expect(can(owner, 'message.write', { platformIds: ['a', 'c'] })).toBe(false)
    expect(can(owner, 'message.write', { platformIds: [] })).toBe(false)
    expect(can(owner, 'message.write')).toBe(false)
    expect(canSomewhere(owner, 'message.write')).toBe(true)
  })
  test('on one’s own record, and no longer once it is done where that matters', () => {
    const own = me({ 'comment.edit': { own: true }, 'work_item.edit': { own_open: true } })
    expect(can(own, 'comment.edit', { owner: 'ada@example.com' })).toBe(true)
    expect(can(own, 'comment.edit', { owner: 'bob@example.com' })).toBe(false)
    expect(can(own, 'work_item.edit', { owner: 'ada@example.com', isOpen: true })).toBe(true)
    expect(can(own, 'work_item.edit', { owner: 'ada@example.com', isOpen: false })).toBe(false)
    expect(can(own, 'work_item.edit', { owner: 'ada@example.com' })).toBe(false)
  })
  test('for a message to everyone only with the permission for that', () => {
    const owner = me({ 'message.write': { platform_ids: ['a'] } })
    expect(canWriteMessage(owner, [])).toBe(false)
    expect(canWriteMessage(owner, ['a'])).toBe(true)
    expect(canWriteMessage(me({ 'message.write_global': { everywhere: true } }), [])).toBe(true)
  })
})
