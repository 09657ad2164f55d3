import { describe, expect, test } from 'vitest'
import { emptyToken, tokenErrors } from './draft.ts'
import { tokenState } from './token-state.ts'

const now = Date.parse('2026-11-22T12:00:00.000Z')
const at = (ms: number) => new Date(now + ms).toISOString()

describe('a token', () => {
  test('is in force until it ends, to the millisecond, or is revoked', () => {
    expect(tokenState({ expires_at: at(1), revoked_at: null }, now)).toBe('active')
    expect(tokenState({ expires_at: at(0), revoked_at: null }, now)).toBe('expired')
    expect(tokenState({ expires_at: at(-1), revoked_at: at(-5) }, now)).toBe('revoked')
    expect(tokenState({ expires_at: at(1), revoked_at: at(0) }, now)).toBe('revoked')
  })

  test.each([
    ['as it begins', {}, ['name']],
    ['with a name', { name: 'nightly' }, []],
    ['that ended before it began', { name: 'x', expires_at: at(0) }, ['expires_at']],
    ['without an end', { name: 'x', expires_at: '' }, ['expires_at']],
    ['whose role needs a platform', { name: 'x', role: 'service_owner' as const }, ['platform_id']],
  ])('%s', (_what, draft, wrong) => {
    expect(Object.keys(tokenErrors({ ...emptyToken(now), ...draft }, now))).toEqual(wrong)
  })
})
