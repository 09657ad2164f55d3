import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { allowed, bundledPackages, everything, exceptions, isAllowed, licenceOf, report } from '../tools/licences.ts'

const root = join(import.meta.dirname, '..')
const named = (name: string, licence: string) => ({ name, version: '1.0.0', licence })

describe('licences of what runs with the portal', () => {
  test('are all agreed to', () => {
    const { refused, excepted } = report(everything(root))
    expect(refused).toEqual([])
    expect(excepted.map(({ name }) => name).sort()).toEqual(Object.keys(exceptions).sort())
  })

  test('are those of the server and of the browser app, with everything that they need', () => {
    const names = new Set(everything(root).map(({ name }) => name))
    // Fastify needs find-my-way; React and Mantine are bundled, and React DOM needs scheduler; Vitest is of neither.
    expect(
      ['fastify', 'find-my-way', 'react', '@mantine/core', 'scheduler'].filter((name) => !names.has(name)),
    ).toEqual([])
    expect(names.has('vitest')).toBe(false)
    expect(bundledPackages(root, ['react-dom']).map(({ name }) => name)).toContain('scheduler')
  })

  test.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['GPL-3.0-only OR (Apache-2.0 AND MIT)', true],
    ['MIT AND GPL-3.0-only', false],
    ['(MIT OR ISC) AND GPL-3.0-only', false],
    ['GPL-3.0-only', false],
    ['AGPL-3.0-or-later', false],
    ['SEE LICENSE IN LICENSE', false],
    ['UNLICENSED', false],
    ['MIT WITH something', false],
    ['(MIT', false],
    ['MIT OR', false],
    ['MIT )', false],
    ['', false],
  ])('%s is allowed: %s', (expression, is) => expect(isAllowed(expression)).toBe(is))

  test('a package without a licence, or under another than the excepted one, is refused by name', () => {
    const packages = [named('left', ''), named('sentry', 'GPL-3.0-only'), named('good', allowed[0] ?? '')]
    expect(report(packages).refused.map(({ name }) => name)).toEqual(['left', 'sentry'])
  })

  test('are read from every form that authors use', () => {
    expect(licenceOf({ license: ' MIT ' })).toBe('MIT')
    expect(licenceOf({ license: { type: 'ISC' } })).toBe('ISC')
    expect(licenceOf({ licenses: [{ type: 'MIT' }, { type: 'GPL-2.0-only' }] })).toBe('(MIT OR GPL-2.0-only)')
    expect(licenceOf({})).toBe('')
  })
})
