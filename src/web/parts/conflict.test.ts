import { expect, test } from 'vitest'
import { ApiFault } from '../api/fault.ts'
import { changesFrom, conflictIn } from './conflict.ts'

const base = { name: 'Sales', owner: 'ada', tags: ['a'] }

test('a change carries only what changed', () => {
  expect(changesFrom(base, { ...base, owner: 'bob' })).toEqual({ owner: 'bob' })
  expect(changesFrom(base, { ...base, tags: ['a'] })).toEqual({})
})

test('a lost race carries the record as it now is; a record that is gone says so', () => {
  const mine = { ...base, name: 'Mine' }
  const current = { ...base, version: 3, updated_by: 'bob', updated_at: '2026-11-22T09:42:00.000Z' }
  const draftOf = ({ name, owner, tags }: typeof base) => ({ name, owner, tags })
  const lost = new ApiFault('version_conflict', '', { status: 409, details: { current_version: 3, current } })
  expect(conflictIn(lost, mine, base, draftOf)).toEqual({
    kind: 'changed',
    base,
    mine,
    theirs: base,
    version: 3,
    by: 'bob',
    at: '2026-11-22T09:42:00.000Z',
  })
  expect(conflictIn(new ApiFault('not_found', ''), mine, base, draftOf)).toEqual({ kind: 'deleted', base, mine })
  expect(conflictIn(new ApiFault('validation_error', ''), mine, base, draftOf)).toBeNull()
  expect(conflictIn(new ApiFault('version_conflict', ''), mine, base, draftOf)).toBeNull()
})
