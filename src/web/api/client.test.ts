import { afterEach, describe, expect, test, vi } from 'vitest'
import { addressOf } from './address.ts'
import { call } from './client.ts'
import { ApiFault, faultFrom, isWorthRepeating } from './fault.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('an address', () => {
  test('has its values in place and leaves out what is not there', () => {
    expect(addressOf('/api/v1/platforms/:id/history', { id: 'a/b' }, { days: 30, cursor: undefined })).toBe(
      '/api/v1/platforms/a%2Fb/history?days=30',
    )
    expect(addressOf('/api/v1/me')).toBe('/api/v1/me')
  })
})

describe('a call', () => {
  const answers = (status: number, body: string, headers: Record<string, string> = {}) => {
    const fetch = vi.fn(async () => new Response(body, { status, headers }))
    vi.stubGlobal('fetch', fetch)
    return fetch
  }

  test('goes where the endpoint says, by its method, with its body', async () => {
    const fetch = answers(201, '{"id":"1"}')
    await call('platformCreate', { body: { name: 'Sales', domain: 'Sales' } }, { idempotencyKey: 'k' })
    expect(fetch).toHaveBeenCalledWith(
      '/api/v1/platforms',
      expect.objectContaining({
        method: 'POST',
        body: '{"name":"Sales","domain":"Sales"}',
        headers: { accept: 'application/json', 'content-type': 'application/json', 'idempotency-key': 'k' },
      }),
    )
  })
  test('that is refused says why, under which id, and when to try again', async () => {
    answers(503, '{"error":{"code":"overloaded","message":"Too busy.","request_id":"r1"}}', { 'retry-after': '7' })
    const fault = await call('me', {}).catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(ApiFault)
    expect(fault).toMatchObject({
      code: 'overloaded',
      message: 'Too busy.',
      requestId: 'r1',
      status: 503,
      retryAfter: 7,
    })
  })
  test('that reaches nobody is unreachable, as is a page in place of an answer', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')))
    await expect(call('me', {})).rejects.toMatchObject({ code: 'unreachable', requestId: null })
    answers(200, '<html>')
    await expect(call('me', {})).rejects.toMatchObject({ code: 'unreachable', status: 200 })
  })
  test('that its caller gave up is not a fault of the portal', async () => {
    const reason = new DOMException('left', 'AbortError')
    vi.stubGlobal('fetch', () => Promise.reject(reason))
    await expect(call('me', {}, { signal: AbortSignal.abort() })).rejects.toBe(reason)
  })
})

describe('a fault', () => {
  test('of a proxy that does not know our shape reads as unreachable', () => {
    expect(faultFrom(502, '<h1>Bad gateway</h1>', null)).toMatchObject({ code: 'unreachable', status: 502 })
    expect(faultFrom(502, 'null', 'Wed, 21 Oct')).toMatchObject({ code: 'unreachable', retryAfter: null })
  })
  test('is worth repeating only where repeating may help', () => {
    expect(isWorthRepeating(new ApiFault('unreachable', ''))).toBe(true)
    expect(isWorthRepeating(new ApiFault('overloaded', '', { status: 503 }))).toBe(true)
    expect(isWorthRepeating(new ApiFault('forbidden', '', { status: 403 }))).toBe(false)
    expect(isWorthRepeating(new Error('bug'))).toBe(false)
  })
})
