import { describe, expect, test } from 'vitest'
import {
  checksSearch,
  messagesSearch,
  platformSearch,
  runsSearch,
  statusSearch,
  toAdminChecks,
  toPlatform,
} from './paths.ts'

const id = '01900000-0000-7000-8000-000000000001'

describe('an address', () => {
  test('of a platform names it', () => {
    expect(toPlatform(id)).toEqual({ to: '/platforms/$platformId', params: { platformId: id } })
  })
  test('carries filters that its page reads back', () => {
    const { search } = toAdminChecks({ platform: id, state: 'red' })
    expect(checksSearch({ ...search })).toEqual(search)
  })
  test('that is mistyped still opens: what is not known is dropped', () => {
    expect(statusSearch({ show: 'everything', q: { a: 1 }, evil: '<' })).toEqual({})
    expect(platformSearch({ days: 31 })).toEqual({})
    expect(checksSearch({ platform: '../..', state: 'blue' })).toEqual({})
    expect(messagesSearch({ state: 'gone', platform: null })).toEqual({})
    expect(runsSearch({ source: 'toString', state: 'RUNNING' })).toEqual({ state: 'RUNNING' })
  })
  test('leaves out what is the usual', () => {
    expect(platformSearch({ days: 90 })).toEqual({})
    expect(platformSearch({ days: '365' })).toEqual({ days: 365 })
  })
  test('may search for a number', () => {
    expect(statusSearch({ q: 12 })).toEqual({ q: '12' })
  })
})
