import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { GROUPS_MAX, NESTING_MAX, peopleOf, type ScimGroup } from './scim-people.ts'

const user = (id: string, isActive = true) => ({ id, userName: `${id}@example.com`, email: null, isActive })
const group = (name: string, ...members: string[]): ScimGroup => ({
  id: name,
  name,
  members: members.map((id) => ({ id, kind: null })),
})
const groupsOfAnn = (groups: readonly ScimGroup[]) => peopleOf([user('ann')], groups)[0]?.groups

describe('who is in which groups', () => {
  it('follows nesting as far as the bound and not further', () => {
    const chain = Array.from({ length: NESTING_MAX + 3 }, (_, at) => group(`g${at}`, at === 0 ? 'ann' : `g${at - 1}`))
    const expected = chain.slice(0, NESTING_MAX + 1).map(({ name }) => name)
    expect(groupsOfAnn(chain)).toEqual(expected.sort())
  })

  it('gives nobody a name that two groups share, in whatever normal form', () => {
    const twins = [group('Café', 'ann'), { ...group('Café'.normalize('NFD'), 'bo'), id: 'other' }, group('Bar', 'ann')]
    expect(groupsOfAnn(twins)).toEqual(['Bar'])
  })

  it('gives whoever is in more groups than are kept none at all', () => {
    const many = Array.from({ length: GROUPS_MAX }, (_, at) => group(`g${at}`, 'ann'))
    expect(groupsOfAnn(many)).toHaveLength(GROUPS_MAX)
    expect(groupsOfAnn([...many, group('one more', 'ann')])).toEqual([])
  })

  it('leaves out a name that no line can show', () => {
    expect(groupsOfAnn([group('a\nb', 'ann'), group('x'.repeat(321), 'ann'), group('ok', 'ann')])).toEqual(['ok'])
  })

  const ids = ['a', 'b', 'c', 'd', 'e']
  const anyGroups = fc.array(fc.subarray([...ids, 'ann', 'bo']), { minLength: 5, maxLength: 5 })

  test('in any tangle of groups, an active person is in exactly those that lead to them, and a deactivated one in none', () => {
    fc.assert(
      fc.property(anyGroups, (lists) => {
        const groups = lists.map((members, at) => group(ids[at] ?? '', ...members))
        const leadsToAnn = new Set<string>()
        for (let round = 0; round < ids.length; round++) {
          for (const { id, members } of groups) {
            if (members.some((member) => member.id === 'ann' || leadsToAnn.has(member.id))) leadsToAnn.add(id)
          }
        }
        const [ann, bo] = peopleOf([user('ann'), user('bo', false)], groups)
        expect(ann?.groups).toEqual([...leadsToAnn].sort())
        expect(bo?.groups).toEqual([])
      }),
    )
  })
})
