import { describe, expect, it } from 'vitest'
import { ANSWER_BYTES_MAX, type Transport } from './exchange.ts'
import { type Act, serve, transport } from './fixtures/server.ts'
import { ask, createOutbound } from './outbound.ts'
import { OutboundError } from './outbound-error.ts'
import { RETRY_AFTER_MS_MAX, TRIES_MAX } from './retry.ts'

const SECRET = 'very-secret-token'
const signal = () => new AbortController().signal

const call = (url: string, more: { signal?: AbortSignal } = {}) => ({
  system: 'The system',
  url: `${url}/jobs?sig=in-the-query`,
  method: 'GET' as const,
  headers: { authorization: `Bearer ${SECRET}` },
  signal: signal(),
  ...more,
})

/** What it fails with; a test whose question succeeds fails here. */
async function failureOf(asked: Promise<unknown>): Promise<OutboundError> {
  try {
    await asked
  } catch (error) {
    if (error instanceof OutboundError) return error
  }
  throw new Error('this should have failed with an OutboundError')
}

/** Asks a server that acts so, and tells how it failed. */
async function failing(act: (count: number) => Act, more: Partial<Transport> = {}) {
  await using server = await serve((_seen, count) => act(count))
  const asked = transport(more)
  const error = await failureOf(ask(call(server.url), asked))
  return { error, tries: server.seen.length, slept: asked.slept }
}

describe('asking another system', () => {
  it('gives the JSON of a good answer, with ids past 2^53 unharmed', async () => {
    await using server = await serve(() => ({ text: '{"run_id":910000000000000101,"n":3,"f":0.1234567890123456}' }))
    expect(await ask(call(server.url), transport())).toEqual({
      run_id: '910000000000000101',
      n: 3,
      f: 0.1234567890123456,
    })
  })

  it('says which kind of failure it was, for every status', async () => {
    const kinds: Record<number, string> = {
      302: 'bad_answer',
      400: 'bad_answer',
      401: 'auth_failed',
      403: 'auth_failed',
      404: 'not_found',
      429: 'rate_limited',
      500: 'server_error',
      503: 'server_error',
    }
    for (const [status, kind] of Object.entries(kinds)) {
      const { error } = await failing(() => ({ status: Number(status), headers: { location: 'http://elsewhere/' } }))
      expect([status, error.kind, error.status]).toEqual([status, kind, Number(status)])
    }
  })

  it('never follows a redirect', async () => {
    await using other = await serve(() => ({ json: { from: 'elsewhere' } }))
    const { error } = await failing(() => ({ status: 307, headers: { location: other.url } }))
    expect(error.message).toContain('redirect')
    expect(other.seen).toHaveLength(0)
  })

  it('waits as long as a busy system asks, then asks again', async () => {
    await using server = await serve((_seen, count) =>
      count === 1 ? { status: 429, headers: { 'retry-after': '7' } } : { json: { ok: true } },
    )
    const asked = transport()
    expect(await ask(call(server.url), asked)).toEqual({ ok: true })
    expect(asked.slept).toEqual([7000])
  })

  it('gives up on a system that stays busy after a bounded number of tries', async () => {
    const { error, tries, slept } = await failing(() => ({ status: 503 }))
    expect(error.kind).toBe('server_error')
    expect(tries).toBe(TRIES_MAX)
    expect(slept).toHaveLength(TRIES_MAX - 1)
  })

  it('gives up at once on a system that wants a longer wait than we give', async () => {
    const seconds = String(RETRY_AFTER_MS_MAX / 1000 + 1)
    const { error, tries, slept } = await failing(() => ({ status: 429, headers: { 'retry-after': seconds } }))
    expect([error.kind, tries, slept]).toEqual(['rate_limited', 1, []])
  })

  it('does not wait for ever for a system that says nothing', async () => {
    const { error } = await failing(() => 'hang', { timeoutMs: 30 })
    expect(error.kind).toBe('timeout')
  })

  it('does not wait for ever for a body that never ends', async () => {
    const encoder = new TextEncoder()
    const fetch: typeof globalThis.fetch = (_url, init) => {
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => {
          controller.enqueue(encoder.encode('{"a":'))
          init?.signal?.addEventListener('abort', () => controller.error(new Error('aborted')))
        },
      })
      return Promise.resolve(new Response(body))
    }
    const error = await failureOf(ask(call('http://unused'), transport({ fetch, timeoutMs: 30 })))
    expect(error.kind).toBe('timeout')
  })

  it('ends at once when the run is stopped, and says so', async () => {
    const run = new AbortController()
    await using server = await serve(() => {
      queueMicrotask(() => run.abort())
      return 'hang'
    })
    await expect(ask(call(server.url, { signal: run.signal }), transport())).rejects.toThrow('stopped')
  })

  it('survives a connection cut in the middle of the body', async () => {
    expect((await failing(() => 'cut')).error.kind).toBe('unreachable')
  })

  it('survives a server that is not there', async () => {
    const gone = await serve(() => ({}))
    await gone[Symbol.asyncDispose]()
    const error = await failureOf(ask(call(gone.url), transport()))
    expect([error.kind, error.message]).toEqual(['unreachable', 'The system could not be reached (ECONNREFUSED).'])
  })

  it('refuses what is not JSON, and what is too large', async () => {
    const pages = ['<html>Please log in</html>', '{"runs":[', '']
    for (const text of pages) expect((await failing(() => ({ text }))).error.kind).toBe('bad_answer')
    const { error } = await failing(() => ({ text: `"${'x'.repeat(ANSWER_BYTES_MAX)}"` }))
    expect([error.kind, error.message]).toEqual(['bad_answer', 'The system answered with more than 8 MiB.'])
  })

  it('never tells a secret, whatever the system answers', async () => {
    const acts: Act[] = [
      'hang',
      'cut',
      { text: `<html>${SECRET}` },
      { status: 302, headers: { location: `http://x/?t=${SECRET}` } },
      { status: 400, json: { error_code: `Bearer ${SECRET}`, message: SECRET } },
      { status: 403, json: { error: { code: 'PowerBINotAuthorized', message: SECRET } } },
      { status: 500, text: SECRET },
    ]
    for (const act of acts) {
      const { error } = await failing(() => act, { timeoutMs: 200 })
      expect(error.message).not.toMatch(/very-secret|in-the-query|127\.0\.0\.1/)
    }
  })

  it("names the vendor's own error code", async () => {
    const { error } = await failing(() => ({ status: 403, json: { error_code: 'PERMISSION_DENIED', message: 'no' } }))
    expect(error.message).toBe('The system does not let us see this (403 PERMISSION_DENIED).')
  })
})

describe('asking with a token', () => {
  const tokens = (given: string[]) => {
    const forgotten: string[] = []
    let at = 0
    return {
      forgotten,
      get: () => Promise.resolve(given[Math.min(at, given.length - 1)] ?? ''),
      forget: (token: string) => {
        forgotten.push(token)
        at++
      },
    }
  }

  it('renews a refused token once and asks again', async () => {
    await using server = await serve(({ headers }) =>
      headers.authorization === 'Bearer new' ? { json: { ok: true } } : { status: 401 },
    )
    const given = tokens(['old', 'new'])
    const outbound = createOutbound({ system: 'The system', baseUrl: server.url, tokens: given }, transport())
    expect(await outbound.get('/x', { 'page token': 'a+/=&b' }, signal())).toEqual({ ok: true })
    expect(given.forgotten).toEqual(['old'])
    expect(server.seen.map((seen) => seen.query.get('page token'))).toEqual(['a+/=&b', 'a+/=&b'])
  })

  it('fails the whole source when the renewed token is refused too', async () => {
    await using server = await serve(() => ({ status: 401 }))
    const outbound = createOutbound(
      { system: 'The system', baseUrl: server.url, tokens: tokens(['old', 'new']) },
      transport(),
    )
    const error = await failureOf(outbound.post('/x', {}, signal()))
    expect([error.kind, error.isSourceWide, server.seen.length]).toEqual(['auth_failed', true, 2])
  })

  it('fails one question only when that one thing may not be seen', async () => {
    await using server = await serve(() => ({ status: 403 }))
    const outbound = createOutbound({ system: 'The system', baseUrl: server.url, tokens: tokens(['t']) }, transport())
    const error = await failureOf(outbound.get('/x', {}, signal()))
    expect([error.kind, error.isSourceWide, server.seen.length]).toEqual(['auth_failed', false, 1])
  })
})
