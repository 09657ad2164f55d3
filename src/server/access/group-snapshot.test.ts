import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createGroupLookup, isInForce } from './group-snapshot.ts'

const person = (user_name: string, email: string | null, groups: string[], is_active = true) => ({
  user_name,
  email,
  is_active,
  groups,
})
const lookup = createGroupLookup([
  person('Ann@Example.com', 'ann@example.com', ['Owners']),
  person('bo', 'Bo.Berg@example.com', ['Readers']),
  person('cy', 'cy@example.com', ['Owners'], false),
  person('di', 'shared@example.com', ['Owners']),
  person('ed', 'shared@example.com', ['Readers']),
])
const groupsOf = (user: string | null, email: string | null) => lookup.groupsOf({ user, email })

describe('looking up groups', () => {
  test('goes by email or user name, whatever their case', () => {
    expect(groupsOf('idp-0815', 'ann@example.com')).toEqual(['Owners'])
    expect(groupsOf('ANN@EXAMPLE.COM', null)).toEqual(['Owners'])
    expect(groupsOf('Bo', null)).toEqual(['Readers'])
    expect(groupsOf(null, 'bo.berg@example.com')).toEqual(['Readers'])
  })

  test('gives none to a stranger, to nobody, and to somebody deactivated', () => {
    expect(groupsOf('ann', 'ann@example.com.evil.example')).toEqual([])
    expect(groupsOf(null, null)).toEqual([])
    expect(groupsOf('', '')).toEqual([])
    expect(groupsOf('cy', 'cy@example.com')).toEqual([])
  })

  test('gives none when the names lead to two people, rather than either one’s or both', () => {
    expect(groupsOf(null, 'shared@example.com')).toEqual([])
    expect(groupsOf('bo', 'ann@example.com')).toEqual([])
    expect(groupsOf('ann@example.com', 'cy@example.com')).toEqual([])
    expect(groupsOf('di', null)).toEqual(['Owners'])
  })
})

describe('the age of what was read', () => {
  test('counts to the millisecond, and never when nothing was read or the time is to come', () => {
    const NOW = 1_000_000_000
    expect(isInForce(NOW - 1000, NOW, 1000)).toBe(true)
    expect(isInForce(NOW - 1001, NOW, 1000)).toBe(false)
    expect(isInForce(null, NOW, 1000)).toBe(false)
    expect(isInForce(NOW + 60_000, NOW, 1000)).toBe(true)
    expect(isInForce(NOW + 60_001, NOW, 1000)).toBe(false)
  })

  test('once too old, stays so as time goes on', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), fc.nat(), (readAt, age, later, max) => {
        if (!isInForce(readAt, readAt + age, max)) expect(isInForce(readAt, readAt + age + later, max)).toBe(false)
      }),
    )
  })
})
