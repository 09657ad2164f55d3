import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPortal, type TestPortal } from './support/portal.ts'

let p: TestPortal
beforeAll(async () => {
  p = await openPortal({ timeouts: { headersMs: 400, requestMs: 800, checkEveryMs: 50, lingerMs: 100 } })
})
afterAll(() => p.close())

const HEAD = 'POST /api/v1/platforms HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'
const platforms = async () => (await p.admin.platformList()).body.total

/** A connection that has sent this much; what it was answered once the portal has ended it. */
function half(bytes: string, port = p.port): { socket: Socket; answer: Promise<string> } {
  const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  // Ended while it still sends: that is what is to happen.
  socket.on('error', () => {})
  return { socket, answer: new Promise((resolve) => socket.on('close', () => resolve(text))) }
}
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0)

describe('clients that never finish', () => {
  test('are ended with a 408, hundreds at once, while everybody else is answered', async () => {
    const slow = Array.from({ length: 300 }, (_, i) =>
      half(
        i % 2 === 0
          ? 'GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nX-Slow: '
          : `${HEAD}Content-Length: 100\r\n\r\n{"na`,
      ),
    )
    let isOver = false
    const ended = Promise.all(slow.map(({ answer }) => answer)).finally(() => {
      isOver = true
    })
    const seen = new Set<number>()
    while (!isOver) seen.add((await p.admin.me()).status)
    expect([...seen]).toEqual([200])
    expect(new Set((await ended).map(statusOf))).toEqual(new Set([408]))
    expect(await platforms()).toBe(0)
  })

  test.each([
    ['headers', 'GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nX-Slow: ', 'a'],
    ['a body', `${HEAD}Content-Length: 100000\r\n\r\n`, ' '],
    ['chunks', `${HEAD}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n'],
  ])('are ended as well when they keep %s trickling', async (_what, bytes, more) => {
    const { socket, answer } = half(bytes)
    const trickle = setInterval(() => socket.write(more), 20)
    try {
      expect(statusOf(await answer)).toBe(408)
    } finally {
      clearInterval(trickle)
    }
  })
})

describe('far too many at once', () => {
  test('are answered for as long as is fair and refused from then on; health is always answered', async () => {
    const busy = await openPortal({ eventLoopDelayMsMax: 200 })
    const work = busy.portal.local.page.bind(busy.portal.local)
    // The loop really stands still for each, as with a costly question.
    busy.portal.local.page = (...given) => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
      return work(...given)
    }
    try {
      const get = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`
      // Each is let in and answered once first, so that the questions that count arrive together.
      const open = async () => {
        const client = half(get('/healthz'), busy.port)
        await once(client.socket, 'data')
        return client
      }
      const clients = await Promise.all(Array.from({ length: 65 }, open))
      for (const [i, { socket }] of clients.entries())
        socket.write(get(i < 60 ? `/api/v1/platforms?limit=${i + 1}` : '/healthz', 'Connection: close\r\n'))
      const answers = (await Promise.all(clients.map(({ answer }) => answer))).map((text) =>
        text.slice(text.lastIndexOf('HTTP/1.1')),
      )
      const [asked, health] = [answers.slice(0, 60), answers.slice(60)]
      expect(new Set(asked.map(statusOf))).toEqual(new Set([200, 503]))
      expect(asked.find((answer) => statusOf(answer) === 503)).toMatch(/retry-after: 2\r\n[\s\S]*"overloaded"/)
      expect(health.map(statusOf)).toEqual([200, 200, 200, 200, 200])
    } finally {
      await busy.close()
    }
  })
})

describe('sizes', () => {
  test('a body in chunks is measured as it comes, whatever length nobody named', async () => {
    const chunk = `${(64 * 1024).toString(16)}\r\n${' '.repeat(64 * 1024)}\r\n`
    const { answer } = half(`${HEAD}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(5)}0\r\n\r\n`)
    expect(statusOf(await answer)).toBe(413)
  })

  test('a named length that is too long is refused before the body is sent', async () => {
    const { answer } = half(`${HEAD}Content-Length: 999999999\r\n\r\n`)
    expect(statusOf(await answer)).toBe(413)
  })

  test('an object of very many fields, a list of very many values and a long address are refused, and nothing breaks', async () => {
    const send = async (body: string) => {
      const headers = { 'content-type': 'application/json' }
      return (await fetch(`${p.origin}/api/v1/platforms`, { method: 'POST', headers, body })).status
    }
    const fields = Array.from({ length: 20_000 }, (_, i) => `"f${i}":1`).join(',')
    expect(await send(`{"name":"a","domain":"b",${fields}}`)).toBe(422)
    expect(await send(`{"name":[${'1,'.repeat(100_000)}1],"domain":"b"}`)).toBe(422)
    expect((await fetch(`${p.origin}/api/v1/platforms?${'a=1&'.repeat(2000)}`)).status).toBe(422)
    expect((await fetch(`${p.origin}/api/v1/platforms?${'a=1&'.repeat(10_000)}`)).status).toBe(431)
    expect((await p.plain.healthz()).status).toBe(200)
  })
})

describe('an answer that comes before the end of the request', () => {
  const size = 1_000_000
  const head = (more: string) => `POST /api/v1/platforms HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`
  const named = `Content-Type: application/json\r\nContent-Length: ${size}\r\n`
  const chunked = 'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n'
  const asChunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`

  test.each([
    ['a named length', head(named), ' '.repeat(size), 413],
    ['chunks', head(chunked) + asChunk(' '.repeat(300_000)), `${asChunk(' '.repeat(700_000))}0\r\n\r\n`, 413],
    ['a type that is not read', head(named.replace('json', 'x')), ' '.repeat(size), 415],
    ['somebody who may not', head(`Authorization: Bearer lkp_of-nobody\r\n${named}`), ' '.repeat(size), 401],
  ])('is there for who sends on, and so is the connection: %s', async (_what, first, rest, status) => {
    const { socket, answer } = half(first)
    await once(socket, 'data')
    socket.write(`${rest}GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
    expect((await answer).match(/HTTP\/1\.1 \d+/g)).toEqual([`HTTP/1.1 ${status}`, 'HTTP/1.1 200'])
  })

  test.each([
    ['never sends the rest', head(named), null],
    ['sends it for ever', head(chunked) + asChunk(' '.repeat(300_000)), asChunk(' ')],
    ['sends what is no chunk', head(chunked) + asChunk(' '.repeat(300_000)), 'x'],
  ])('is the only one, and the connection ends, for who %s', async (_what, first, more) => {
    const { socket, answer } = half(first)
    const trickle = setInterval(() => more !== null && socket.write(more), 20)
    try {
      expect((await answer).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413'])
    } finally {
      clearInterval(trickle)
    }
  })

  test.each([
    ['too slow', 'GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nX-Slow: ', 408],
    ['too long', `GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'a'.repeat(40_000)}`, 431],
    ['no request', 'HELO\r\n\r\n', 400],
  ])('leaves nobody a connection who does not end theirs: %s', async (_what, bytes, status) => {
    const socket = connect({ port: p.port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.write(bytes))
    let text = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
    })
    const closed = new Promise((resolve) => socket.on('close', resolve))
    // A connection that is gone says so to who still sends.
    socket.on('error', () => {})
    await once(socket, 'end')
    const trickle = setInterval(() => socket.write('a'), 20)
    try {
      await closed
      expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual([`HTTP/1.1 ${status}`])
    } finally {
      clearInterval(trickle)
    }
  })
})

describe('requests within requests', () => {
  const create = JSON.stringify({ name: 'Smuggled', domain: 'x' })
  const hidden = `${HEAD}Connection: close\r\nContent-Length: ${create.length}\r\n\r\n${create}`
  test.each([
    ['two lengths', `${HEAD}Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}`],
    ['a length and chunks', `${HEAD}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['an encoding in disguise', `${HEAD}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
    ['two encodings', `${HEAD}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
    ['a folded header', `${HEAD}X-A: b\r\n Transfer-Encoding: chunked\r\n\r\n`],
    ['a blank before the colon', `${HEAD}Content-Length : 4\r\n\r\n0\r\n\r\n`],
    ['a bare line feed', `${HEAD}Content-Length: 4\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['a length with a sign', `${HEAD}Content-Length: +4\r\n\r\n0\r\n\r\n`],
  ])('%s: refused, and what follows on the connection is never done', async (_what, bytes) => {
    const answer = await half(bytes + hidden).answer
    expect(statusOf(answer)).toBe(400)
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1)
    expect(await platforms()).toBe(0)
  })

  test('TRACE gives nothing back, CONNECT opens nothing', async () => {
    const trace = await half(
      'TRACE /api/v1/me HTTP/1.1\r\nHost: localhost\r\nX-Secret: canary\r\nConnection: close\r\n\r\n',
    ).answer
    expect(statusOf(trace)).toBeGreaterThanOrEqual(400)
    expect(trace).not.toContain('canary')
    const tunnel = await half('CONNECT db.internal:5432 HTTP/1.1\r\nHost: db.internal\r\n\r\n').answer
    expect(tunnel).not.toContain('HTTP/1.1 2')
  })

  test('what was hidden there would be done, were it asked for by itself', async () => {
    expect(statusOf(await half(hidden).answer)).toBe(201)
    expect(await platforms()).toBe(1)
  })
})

describe('every kind of answer', () => {
  const kinds: [string, string, RequestInit?][] = [
    ['JSON', '/api/v1/me'],
    ['JSON from the cache', '/api/v1/platforms'],
    ['health', '/healthz'],
    ['the API document', '/api/v1/openapi.json'],
    ['a feed', '/history.atom'],
    ['a file to download', '/api/v1/work-items/export'],
    ['an error', '/api/v1/nothing'],
    ['an error outside of the API', '/nothing.txt'],
    ['a malformed address', '/api/v1/platforms/%zz'],
    ['a refused method', '/api/v1/platforms', { method: 'DELETE' }],
    ['a refused body', '/api/v1/platforms', { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } }],
  ]
  test.each(kinds)('%s carries the security headers', async (_what, path, init) => {
    for (let again = 0; again < 2; again += 1) {
      const { headers } = await fetch(`${p.origin}${path}`, init)
      expect(Object.fromEntries(headers)).toMatchObject({
        'strict-transport-security': 'max-age=31536000; includeSubDomains',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'x-frame-options': 'DENY',
      })
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(headers.has('x-powered-by') || headers.has('server')).toBe(false)
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })

  test('a 304 does too', async () => {
    const etag = (await fetch(`${p.origin}/api/v1/platforms`)).headers.get('etag') ?? ''
    const response = await fetch(`${p.origin}/api/v1/platforms`, { headers: { 'if-none-match': etag } })
    expect(response.status).toBe(304)
    expect(response.headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  })
})
