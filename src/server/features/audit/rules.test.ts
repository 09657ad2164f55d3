import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Column } from '../../storage/table.ts'
import { tables } from '../../storage/tables.ts'
import { changesBetween, kindOf } from './rules.ts'

const columns = { name: {}, tags: {}, hash: { secret: true } }
const fields = fc.record({
  name: fc.constantFrom('a', 'b', null),
  tags: fc.constantFrom([], ['x'], ['x', 'y']),
  hash: fc.constantFrom('secret-1', 'secret-2'),
})

describe('the changes of a version', () => {
  test('are exactly the fields that differ, and nothing of a secret but that it changed', () => {
    fc.assert(
      fc.property(fc.option(fields), fields, (before, after) => {
        const changes = changesBetween(columns, before, after)
        const differing = (['name', 'tags', 'hash'] as const).filter(
          (field) => JSON.stringify(before?.[field] ?? null) !== JSON.stringify(after[field]),
        )
        expect(changes.map(({ field }) => field)).toEqual(differing)
        expect(JSON.stringify(changes)).not.toContain('secret-')
        for (const { field, from, to, is_secret } of changes) {
          expect(is_secret).toBe(field === 'hash')
          if (field === 'name' || field === 'tags') expect([from, to]).toEqual([before?.[field] ?? null, after[field]])
        }
      }),
    )
  })

  test('make, change, delete and make again are told apart', () => {
    const [live, deleted] = [{ is_deleted: false }, { is_deleted: true }]
    expect(kindOf(null, live)).toBe('create')
    expect(kindOf(live, live)).toBe('change')
    expect(kindOf(live, deleted)).toBe('delete')
    expect(kindOf(deleted, live)).toBe('restore')
  })
})

test('what is secret is this and nothing else; a column called like a secret is one', () => {
  const all = Object.values(tables).flatMap(({ name, columns }) =>
    Object.entries(columns as Record<string, Column>).map(([column, { secret }]) => ({
      column: `${name}.${column}`,
      isSecret: secret === true,
    })),
  )
  expect(all.filter(({ isSecret }) => isSecret).map(({ column }) => column)).toEqual(['api_tokens.secret_hash'])
  expect(all.filter(({ column, isSecret }) => /secret|hash|password|credential/.test(column) && !isSecret)).toEqual([])
})
