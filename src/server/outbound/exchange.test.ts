import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Call, exchange } from './exchange.ts'
import { selfSigned } from './fixtures/certificate.ts'
import { serve, transport } from './fixtures/server.ts'
import { OutboundError } from './outbound-error.ts'

const call = (more: Partial<Call> = {}): Call => ({
  system: 'The system',
  url: 'http://unused',
  method: 'GET',
  headers: {},
  signal: new AbortController().signal,
  ...more,
})

async function failureOf(asked: Promise<unknown>): Promise<OutboundError> {
  const error = await asked.catch((error: unknown) => error)
  if (error instanceof OutboundError) return error
  throw new Error('this should have failed with an OutboundError')
}

describe('one exchange', () => {
  it('is one, whatever the answer', async () => {
    await using server = await serve(() => ({ status: 503, headers: { 'retry-after': '7' }, text: 'no' }))
    const answer = await exchange(call({ url: server.url }), transport())
    expect(answer).toEqual({ status: 503, retryAfter: '7', body: Buffer.from('no') })
    expect(server.seen).toHaveLength(1)
  })

  it('reads no more than it is told to', async () => {
    await using server = await serve(() => ({ text: 'x'.repeat(3 << 20) }))
    const error = await failureOf(exchange(call({ url: server.url, bytesMax: 2 << 20 }), transport()))
    expect(error).toMatchObject({ kind: 'bad_answer', message: 'The system answered with more than 2 MiB.' })
  })

  it('sends nothing to a server whose certificate nobody vouches for', async () => {
    const day = 86_400_000
    const seen: string[] = []
    const server = createServer(
      selfSigned(new Date(Date.now() - day), new Date(Date.now() + day)),
      (request, response) => {
        seen.push(request.url ?? '')
        response.end('{}')
      },
    )
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    const url = `https://localhost:${port}/with?a=secret`
    expect(await failureOf(exchange(call({ url }), transport()))).toMatchObject({ kind: 'unreachable' })
    expect(seen).toEqual([])
    server.close()
  })

  it('tells that nothing was sent where no connection came about, and only there', async () => {
    const address = await serve(() => ({})).then(async (server) => {
      await server[Symbol.asyncDispose]()
      return server.url
    })
    expect(await failureOf(exchange(call({ url: address }), transport()))).toMatchObject({
      kind: 'unreachable',
      isUnsent: true,
    })
    await using server = await serve(() => 'cut')
    expect(await failureOf(exchange(call({ url: server.url }), transport()))).toMatchObject({
      kind: 'unreachable',
      isUnsent: false,
    })
  })

  it.each([
    ['ENOTFOUND', true],
    ['EAI_AGAIN', true],
    ['UND_ERR_CONNECT_TIMEOUT', true],
    ['CERT_HAS_EXPIRED', true],
    ['ERR_TLS_CERT_ALTNAME_INVALID', true],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', true],
    ['ECONNRESET', false],
    ['EPIPE', false],
    ['UND_ERR_SOCKET', false],
    ['UND_ERR_HEADERS_TIMEOUT', false],
    ['ETIMEDOUT', false],
    ['ERR_SSL_DECRYPTION_FAILED', false],
  ])('%s: it is %o that nothing was sent', async (code, isUnsent) => {
    const fetch = () =>
      Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) }))
    expect((await failureOf(exchange(call(), transport({ fetch })))).isUnsent).toBe(isUnsent)
  })
})

describe('the time of one exchange', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  /** Answers after `beginMs`; the body is whole `wholeMs` after that. */
  const slow =
    (beginMs: number, wholeMs: number): typeof fetch =>
    (_url, init) => {
      const { promise, resolve, reject } = Promise.withResolvers<Response>()
      init?.signal?.addEventListener('abort', () => reject(new Error('aborted')))
      const body = new ReadableStream({
        start: (controller) => {
          const closing = setTimeout(() => controller.close(), beginMs + wholeMs)
          init?.signal?.addEventListener('abort', () => {
            clearTimeout(closing)
            controller.error(new Error('aborted'))
          })
        },
      })
      setTimeout(() => resolve(new Response(body)), beginMs)
      return promise
    }
  const ended = async (beginMs: number, wholeMs: number) => {
    const asked = exchange(
      call({ beginTimeoutMs: 1000, timeoutMs: 9000 }),
      transport({ fetch: slow(beginMs, wholeMs) }),
    )
    const [result] = await Promise.all([
      asked.then(
        () => 'whole',
        (error: OutboundError) => error.kind,
      ),
      vi.advanceTimersByTimeAsync(20_000),
    ])
    return result
  }

  it('is short until the answer begins, and longer for all of it', async () => {
    expect(await ended(999, 7000)).toBe('whole')
    expect(await ended(1001, 0)).toBe('timeout')
    expect(await ended(999, 8100)).toBe('timeout')
  })
})
