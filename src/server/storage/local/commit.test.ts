import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instant, message, platform, platformChange, provenance } from '../samples.ts'
import { openLocal } from './open.ts'

const strict = { strict: true }

describe('the history of a record', () => {
  it('is a chain without gaps, whatever is done in whatever order', () => {
    const operation = fc.record({
      record: fc.integer({ min: 0, max: 3 }),
      expected: fc.integer({ min: 0, max: 6 }),
      isDeleted: fc.boolean(),
      name: fc.string({ unit: 'grapheme', minLength: 1 }),
    })
    fc.assert(
      fc.property(fc.array(fc.array(operation, { minLength: 1, maxLength: 3 }), { maxLength: 40 }), (commits) => {
        const local = openLocal(':memory:')
        const model = new Map<string, { name: string; is_deleted: boolean }[]>()
        for (const [i, operations] of commits.entries()) {
          const changes = [...new Map(operations.map((one) => [one.record, one])).values()].map((one) =>
            platformChange({
              id: `record-${one.record}`,
              expectedVersion: one.expected,
              isDeleted: one.isDeleted,
              fields: platform({ name: one.name.toWellFormed() }),
            }),
          )
          const isCurrent = changes.every((change) => (model.get(change.id)?.length ?? 0) === change.expectedVersion)
          const act = () => local.apply(changes, provenance({ at: provenance().at + i }), strict)
          if (!isCurrent) {
            expect(act).toThrow(expect.objectContaining({ code: 'version_conflict' }))
            continue
          }
          act()
          for (const { id, fields, isDeleted = false } of changes) {
            model.set(id, [...(model.get(id) ?? []), { name: String(fields.name), is_deleted: isDeleted }])
          }
        }
        for (const [id, versions] of model) {
          const history = local.history('platforms', id)
          expect(history.map(({ version }) => version)).toEqual(versions.map((_, i) => i + 1))
          expect(history.map(({ name, is_deleted }) => ({ name, is_deleted }))).toEqual(versions)
          expect(history.at(-1)).toEqual(local.row('platforms', id))
        }
        local.close()
      }),
      { numRuns: 60 },
    )
  })
})

describe('a commit', () => {
  it('gives back every type as it was given', () => {
    const local = openLocal(':memory:')
    const fields = message({
      title: 'ünï 😀 "x" \' ; --',
      end_at: instant(9),
      platform_ids: ['a', 'b'],
      updates: [{ at: instant(), by: 'ada', body: '- *x*\n<b>' }],
    })
    const [row] = local.apply([{ table: 'status_messages', id: 'm', expectedVersion: 0, fields }], provenance(), strict)
    expect(row).toMatchObject(fields)
    expect(local.row('status_messages', 'm')).toEqual(row)
    local.close()
  })

  it.each([
    ['a missing field', { name: undefined }, 'platforms.name needs text, not undefined'],
    ['a field of another type', { is_retired: 'no' }, 'platforms.is_retired needs boolean, not string'],
    ['null where nothing may be null', { owner: null }, 'platforms.owner needs text, not null'],
    ['a field that the table does not have', { colour: 'red' }, 'colour is not a field of platforms'],
    ["a version's own field", { version: 9 }, 'version is not a field of platforms'],
  ])('refuses %s and writes nothing', (_name, wrong, problem) => {
    const local = openLocal(':memory:')
    const changes = [platformChange(), platformChange({ fields: { ...platform(), ...wrong } })]
    expect(() => local.apply(changes, provenance(), strict)).toThrow(problem)
    expect(local.rows('platforms')).toEqual([])
    expect(local.revision).toBe(0)
    local.close()
  })

  it('changes a record at most once', () => {
    const local = openLocal(':memory:')
    const change = platformChange()
    expect(() => local.apply([change, { ...change, expectedVersion: 1 }], provenance(), strict)).toThrow('at most once')
    local.close()
  })

  it('that conflicts over a token does not show the hash of its secret', () => {
    const local = openLocal(':memory:')
    const fields = {
      name: 'ci',
      role: 'ingestor',
      platform_id: null,
      expires_at: instant(9),
      revoked_at: null,
      secret_hash: 'h',
    }
    const change = { table: 'api_tokens' as const, id: 't', expectedVersion: 0, fields }
    local.apply([change], provenance(), strict)
    const conflict = expect.objectContaining({
      details: { current_version: 1, current: expect.objectContaining({ name: 'ci' }) },
    })
    expect(() => local.apply([change], provenance(), strict)).toThrow(conflict)
    const hidden = { details: { current: expect.not.objectContaining({ secret_hash: 'h' }) } }
    expect(() => local.apply([change], provenance(), strict)).toThrow(
      expect.objectContaining({ details: expect.objectContaining(hidden.details) }),
    )
    local.close()
  })
})
