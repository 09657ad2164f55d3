import { expect, test } from 'vitest'
import { bindingErrors, emptyBinding } from './draft.ts'

test.each([
  ['nobody', { principal: '  ' }, ['principal']],
  ['two at once', { principal: 'ann@x.example, ben@x.example' }, ['principal']],
  ['a role of platforms without one', { principal: 'ann', role: 'service_owner' as const }, ['platform_id']],
  ['a role of platforms with one', { principal: 'ann', role: 'service_owner' as const, platform_id: 'p' }, []],
  ['a person everywhere', { principal: 'ann@x.example' }, []],
])('a grant to %s', (_what, draft, wrong) => {
  expect(Object.keys(bindingErrors({ ...emptyBinding, ...draft }))).toEqual(wrong)
})
