import { connect } from 'node:net'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Endpoint } from '../src/contracts/endpoint.ts'
import { type EndpointName, endpoints } from '../src/contracts/index.ts'
import { Fault } from '../src/server/fault.ts'
import { createWriteLimits } from '../src/server/http/limits.ts'
import { embeddedLedger } from '../src/server/storage/embedded.ts'
import { makePlatform, openPortal, type TestPortal } from './support/portal.ts'

let p: TestPortal
beforeAll(async () => {
  p = await openPortal()
})
afterAll(() => p.close())

const json = { 'content-type': 'application/json' }
const send = (path: string, init: RequestInit = {}) => fetch(`${p.origin}${path}`, init)

/** Bytes on the wire, for what no HTTP client would send. */
function raw(bytes: string, port = p.port): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    let answer = ''
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text
    })
    socket.on('close', () => resolve(answer)).on('error', reject)
  })
}

async function expectFault(response: Response, status: number, code: string) {
  const body = (await response.json()) as { error: { code: string; request_id: string; message: string } }
  expect({ status: response.status, code: body.error?.code }).toEqual({ status, code })
  expect(body.error.request_id).toBe(response.headers.get('x-request-id'))
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  return body.error
}

function expectRawFault(answer: string, status: number, code: string) {
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  expect(head).toContain(`HTTP/1.1 ${status} `)
  const { error } = JSON.parse(body) as { error: { code: string; request_id: string } }
  expect(error.code).toBe(code)
  expect(head.toLowerCase()).toContain(`x-request-id: ${error.request_id}`)
  expect(head.toLowerCase()).toContain('x-content-type-options: nosniff')
}

describe('every failure has the one shape and its own code', () => {
  test('an unknown path is a 404, and never HTML under /api', async () => {
    await expectFault(await send('/api/v1/nothing', { headers: { accept: 'text/html' } }), 404, 'not_found')
    await expectFault(await send('/api', { headers: { accept: 'text/html' } }), 404, 'not_found')
  })

  test('a wrong method is a 405 that says what is allowed', async () => {
    const response = await send('/api/v1/platforms', { method: 'DELETE' })
    expect(response.headers.get('allow')).toBe('GET, HEAD, POST')
    await expectFault(response, 405, 'method_not_allowed')
    await expectFault(await send('/api/v1/status/summary', { method: 'OPTIONS' }), 405, 'method_not_allowed')
    await expectFault(await send('/healthz', { method: 'POST' }), 405, 'method_not_allowed')
  })

  test('a file that is not there is a 404, not a page', async () => {
    await expectFault(await send('/assets/gone-12345678.js', { headers: { accept: 'text/html' } }), 404, 'not_found')
    await expectFault(await send('/..%2f..%2fetc%2fpasswd'), 404, 'not_found')
    await expectFault(await send('/.git/HEAD', { headers: { accept: '*/*' } }), 404, 'not_found')
  })

  test('malformed JSON is a 400', async () => {
    await expectFault(
      await send('/api/v1/platforms', { method: 'POST', headers: json, body: '{"name":' }),
      400,
      'bad_request',
    )
  })

  test('a malformed address is a 400', async () => {
    await expectFault(await send('/api/v1/platforms/%zz'), 400, 'bad_request')
  })

  test('an endless path parameter is refused', async () => {
    await expectFault(await send(`/api/v1/platforms/${'a'.repeat(200)}`), 414, 'uri_too_long')
  })

  test('a body that is too large is a 413', async () => {
    const body = JSON.stringify({ name: 'x'.repeat(300_000), domain: 'x' })
    await expectFault(
      await send('/api/v1/platforms', { method: 'POST', headers: json, body }),
      413,
      'payload_too_large',
    )
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'a body of %s is a 415',
    async (type) => {
      await expectFault(
        await send('/api/v1/platforms', { method: 'POST', headers: { 'content-type': type }, body: 'a=b' }),
        415,
        'unsupported_media_type',
      )
    },
  )

  test('headers that are too large are a 431', async () => {
    expectRawFault(
      await raw(`GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Big: ${'a'.repeat(20_000)}\r\n\r\n`),
      431,
      'headers_too_large',
    )
  })

  test('what is not HTTP is a 400', async () => {
    expectRawFault(await raw('NONSENSE\r\n\r\n'), 400, 'bad_request')
    expectRawFault(
      await raw('GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n'),
      400,
      'bad_request',
    )
  })

  test('a request without Host is a 400', async () => {
    expectRawFault(await raw('GET /api/v1/me HTTP/1.1\r\nConnection: close\r\n\r\n'), 400, 'bad_request')
  })

  test('an expectation that nobody can meet is a 400', async () => {
    expectRawFault(
      await raw('GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nExpect: a-miracle\r\n\r\n'),
      400,
      'bad_request',
    )
  })

  test('a client whose headers or body never end is a 408', async () => {
    const slow = await openPortal({ timeouts: { headersMs: 300, requestMs: 600, checkEveryMs: 50, lingerMs: 100 } })
    try {
      expectRawFault(
        await raw('GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nX-Slow: ', slow.port),
        408,
        'request_timeout',
      )
      expectRawFault(
        await raw(
          'POST /api/v1/platforms HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"name"',
          slow.port,
        ),
        408,
        'request_timeout',
      )
    } finally {
      await slow.close()
    }
  })

  test('a bug is a 500 that shows nothing from inside, and a log line that shows where', async () => {
    const broken = await openPortal()
    broken.portal.local.page = () => {
      throw new Error('password=hunter2 at db.internal')
    }
    try {
      const answer = await broken.admin.platformList()
      expect({ status: answer.status, code: answer.error?.code }).toEqual({ status: 500, code: 'internal_error' })
      expect(JSON.stringify(answer.body)).not.toMatch(/hunter2|db\.internal/)
      const line = await broken.line((candidate) => candidate.event === 'bug')
      expect(line).toMatchObject({ level: 'error', request_id: answer.error?.request_id, err: { type: 'Error' } })
    } finally {
      await broken.close()
    }
  })

  test('a write that the system of record cannot take is a 503 that says when to come back, and changes nothing', async () => {
    let isAway = false
    const away = await openPortal({
      ledgerOf: (local) => {
        const real = embeddedLedger(local)
        const orAway = <T>(write: () => Promise<T>) =>
          isAway
            ? Promise.reject(new Fault('warehouse_unavailable', 'Try again shortly.', { retryAfterSeconds: 5 }))
            : write()
        return {
          ...real,
          keepsLocalStore: true,
          append: (changes, provenance) => orAway(async () => local.apply(changes, provenance, { strict: true })),
          observe: (observations) => orAway(() => Promise.resolve(local.observe(observations))),
        }
      },
    })
    try {
      await makePlatform(away)
      isAway = true
      const answer = await away.admin.platformCreate({ body: { name: 'Lost', domain: 'x' } })
      expect({ status: answer.status, code: answer.error?.code, retry: answer.headers['retry-after'] }).toEqual({
        status: 503,
        code: 'warehouse_unavailable',
        retry: '5',
      })
      expect((await away.admin.platformList()).body.total).toBe(1)
    } finally {
      await away.close()
    }
  })
})

describe('input is refused, never bent', () => {
  const bad: [string, string, string][] = [
    ['an unknown parameter', '/api/v1/platforms?colour=red', 'query.colour'],
    ['a parameter given twice', '/api/v1/platforms?limit=1&limit=2', 'query.limit'],
    ['a number written oddly', '/api/v1/platforms?limit=1e2', 'query.limit'],
    ['a number with a sign', '/api/v1/platforms?limit=%2B5', 'query.limit'],
    ['a fraction', '/api/v1/platforms?limit=1.5', 'query.limit'],
    ['an empty number', '/api/v1/platforms?limit=', 'query.limit'],
    ['a number below the bounds', '/api/v1/platforms?limit=0', 'query.limit'],
    ['a number above the bounds', '/api/v1/platforms?limit=201', 'query.limit'],
    ['a number past all numbers', '/api/v1/platforms?limit=9007199254740993', 'query.limit'],
    ['a cursor of no list', '/api/v1/platforms?cursor=abc', 'query.cursor'],
    ['an odd boolean', '/api/v1/platforms?retired=yes', 'query.retired'],
    ['a prototype', '/api/v1/platforms?__proto__=1', 'query.__proto__'],
    ['a parameter of a call without any', '/api/v1/me?x=1', 'query.x'],
  ]
  test.each(bad)('%s: %s', async (_what, path, field) => {
    const error = await expectFault(await send(path), 422, 'validation_error')
    expect(Object.keys((error as never as { details: { fields: object } }).details.fields)).toEqual([field])
  })

  const bodies: [string, string, string][] = [
    ['an unknown field', '{"name":"a","domain":"b","role":"admin"}', 'body.role'],
    ['a field of the wrong type', '{"name":5,"domain":"b"}', 'body.name'],
    ['a missing field', '{"name":"a"}', 'body.domain'],
    ['blank text', '{"name":"   ","domain":"b"}', 'body.name'],
    ['control characters', '{"name":"a\\u0000b","domain":"b"}', 'body.name'],
    ['a prototype', '{"name":"a","domain":"b","__proto__":{"admin":true}}', 'body.__proto__'],
    ['a constructor', '{"name":"a","domain":"b","constructor":{"prototype":{"admin":true}}}', 'body.constructor'],
    ['text that is too long', JSON.stringify({ name: 'a'.repeat(121), domain: 'b' }), 'body.name'],
  ]
  test.each(bodies)('a body with %s', async (_what, body, field) => {
    const before = (await p.admin.platformList()).body.total
    const error = await expectFault(
      await send('/api/v1/platforms', { method: 'POST', headers: json, body }),
      422,
      'validation_error',
    )
    expect(Object.keys((error as never as { details: { fields: object } }).details.fields)).toEqual([field])
    expect(({} as Record<string, unknown>).admin).toBeUndefined()
    expect((await p.admin.platformList()).body.total).toBe(before)
  })

  test('no body where one is needed, and one where none is', async () => {
    await expectFault(await send('/api/v1/platforms', { method: 'POST' }), 422, 'validation_error')
    const platform = await makePlatform(p)
    const response = await send(`/api/v1/platforms/${platform.id}?expected_version=1`, {
      method: 'DELETE',
      headers: json,
      body: '{}',
    })
    await expectFault(response, 422, 'validation_error')
  })

  test('a very deep body is refused without harm', async () => {
    const body = `{"name":"a","domain":"b","x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`
    await expectFault(await send('/api/v1/platforms', { method: 'POST', headers: json, body }), 422, 'validation_error')
  })
})

describe('request ids', () => {
  const id = '0198c0de-0000-4000-8000-000000000001'

  test('an id from a stranger is not taken', async () => {
    const response = await send('/healthz', { headers: { 'x-request-id': id } })
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(response.headers.get('x-request-id')).not.toBe(id)
  })

  test('a UUID from a trusted proxy goes into header, error, log and row version; anything else does not', async () => {
    const trusted = await openPortal({ env: { TRUSTED_PROXIES: '127.0.0.0/8', BOOTSTRAP_ADMINS: 'root@x.example' } })
    try {
      const root = trusted.withHeaders({ 'x-forwarded-email': 'root@x.example', 'x-request-id': id })
      const made = await root.platformCreate({ body: { name: 'A', domain: 'B' } })
      expect(made.headers['x-request-id']).toBe(id)
      expect(trusted.portal.local.row('platforms', made.body.id)?.request_id).toBe(id)
      const again = await root.platformCreate({ body: { name: 'A', domain: 'B' } })
      expect(again.error?.request_id).toBe(id)
      await trusted.line((line) => line.request_id === id && line.event === 'http.request')
      const odd = await trusted.withHeaders({ 'x-forwarded-email': 'root@x.example', 'x-request-id': 'evil\tid' }).me()
      expect(odd.headers['x-request-id']).not.toBe('evil\tid')
    } finally {
      await trusted.close()
    }
  })
})

describe('caching', () => {
  test('a poll with nothing new is a 304, and a change makes it a 200', async () => {
    await makePlatform(p)
    const first = await send('/api/v1/platforms')
    const etag = first.headers.get('etag') ?? ''
    expect(first.headers.get('cache-control')).toBe('private, no-cache')
    const second = await send('/api/v1/platforms', { headers: { 'if-none-match': etag } })
    expect({ status: second.status, body: await second.text(), etag: second.headers.get('etag') }).toEqual({
      status: 304,
      body: '',
      etag,
    })
    await makePlatform(p)
    expect((await send('/api/v1/platforms', { headers: { 'if-none-match': etag } })).status).toBe(200)
  })

  test('a cached answer is never given to somebody who may see less', async () => {
    const admin = await p.as('admin').roleBindingList()
    expect(admin.status).toBe(200)
    expect((await p.as('viewer').roleBindingList()).status).toBe(403)
    const meAdmin = await p.as('admin').me()
    const meViewer = await p.as('viewer').me()
    expect(meAdmin.body.id).not.toBe(meViewer.body.id)
  })

  test('HEAD answers the headers of GET and nothing else', async () => {
    const response = await send('/api/v1/platforms', { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
  })
})

describe('writes', () => {
  test('more than the limit is a 429 that says when to come back, per person and class', async () => {
    const limited = await openPortal({ env: { RATE_LIMIT_CREATE: '2' } })
    try {
      const create = (name: string, headers = {}) =>
        limited.admin.platformCreate({ body: { name, domain: 'x' }, headers })
      const first = await create('a')
      expect(first.headers['ratelimit-policy']).toBe('"create";q=2;w=60')
      expect(first.headers.ratelimit).toBe('"create";r=1;t=60')
      await create('b')
      const refused = await create('c', { 'x-forwarded-for': '203.0.113.9' })
      expect({ status: refused.status, code: refused.error?.code, retry: refused.headers['retry-after'] }).toEqual({
        status: 429,
        code: 'rate_limited',
        retry: '60',
      })
      expect((await limited.plain.platformCreate({ body: { name: 'd', domain: 'x' } })).status).toBe(201)
      limited.tick(60_000)
      expect((await create('e')).status).toBe(201)
      await limited.line((line) => line.event === 'rate_limited')
    } finally {
      await limited.close()
    }
  })

  test('a clock that goes back does not lock anybody out', () => {
    const count = createWriteLimits({ create: 1, comment: 1, vote: 1, write: 1 })
    count('a', 'create', 1_000_000)
    expect(() => count('a', 'create', 1_000_001)).toThrow()
    expect(() => count('a', 'create', 0)).not.toThrow()
  })

  test('the same Idempotency-Key and body makes one record and answers it again', async () => {
    const body = { name: 'Once only', domain: 'x' }
    const headers = { 'idempotency-key': 'key-1' }
    const answers = await Promise.all([1, 2, 3].map(() => p.admin.platformCreate({ body, headers })))
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1)
    expect((await p.admin.platformCreate({ body, headers })).body.id).toBe(answers[0]?.body.id)
    const other = await p.admin.platformCreate({ body: { name: 'Another', domain: 'x' }, headers })
    expect({ status: other.status, code: other.error?.code }).toEqual({ status: 409, code: 'idempotency_mismatch' })
    expect((await p.plain.platformCreate({ body: { name: 'By another person', domain: 'x' }, headers })).status).toBe(
      201,
    )
  })

  test('a refused create may be corrected under the same key', async () => {
    const headers = { 'idempotency-key': 'key-2' }
    expect((await p.admin.platformCreate({ body: { name: 'Once only', domain: 'x' }, headers })).status).toBe(409)
    expect((await p.admin.platformCreate({ body: { name: 'Corrected', domain: 'x' }, headers })).status).toBe(201)
  })

  test('a malformed Idempotency-Key is refused', async () => {
    const answer = await p.admin.platformCreate({
      body: { name: 'Key', domain: 'x' },
      headers: { 'idempotency-key': 'a b' },
    })
    expect(answer.status).toBe(422)
  })
})

describe('other sites', () => {
  const create = (headers: Record<string, string>) =>
    p.admin.platformCreate({ body: { name: `Site ${Math.random()}`, domain: 'x' }, headers })
  test.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
  ])('a change sent with %o is refused', async (headers) => {
    const before = (await p.admin.platformList()).body.total
    const answer = await create(headers as never)
    expect({ status: answer.status, code: answer.error?.code }).toEqual({ status: 403, code: 'cross_site' })
    expect((await p.admin.platformList()).body.total).toBe(before)
  })

  test.each([{ 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }, {}])(
    'a change sent with %o passes',
    async (headers) => {
      expect((await create(headers as never)).status).toBe(201)
    },
  )

  test('our own origin passes, and reading is never refused for its origin', async () => {
    expect((await create({ origin: p.origin })).status).toBe(201)
    expect((await p.admin.me({ headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(200)
  })

  test('no answer has a CORS header', async () => {
    const response = await send('/api/v1/me', { headers: { origin: 'https://evil.example' } })
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

describe('logs', () => {
  test('one line per request, with the route as template and the path without its query', async () => {
    const answer = await p.admin.platformList({ query: { limit: 7 } })
    const id = answer.headers['x-request-id']
    const line = await p.line((candidate) => candidate.request_id === id && candidate.event === 'http.request')
    expect(line).toMatchObject({
      level: 'info',
      method: 'GET',
      route: '/api/v1/platforms',
      path: '/api/v1/platforms',
      status: 200,
      user: 'admin@localhost',
    })
    expect(typeof line.duration_ms).toBe('number')
    expect(
      p.lines.filter((candidate) => candidate.request_id === id && candidate.event === 'http.request'),
    ).toHaveLength(1)
  })
})

describe('the API document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const answer = await p.admin.openapi()
    expect(await new Validator().validate(answer.body as Record<string, unknown>)).toEqual({ valid: true })
  })

  test('bounds every string, list and number that a request may carry', async () => {
    const { paths } = (await p.admin.openapi()).body as {
      paths: Record<string, Record<string, { parameters: { schema: object }[]; requestBody?: object }>>
    }
    const unbounded: string[] = []
    const walk = (schema: unknown, path: string) => {
      if (schema === null || typeof schema !== 'object') return
      const { type, enum: words, pattern } = schema as { type?: string; enum?: unknown[]; pattern?: string }
      if (type === 'string' && words === undefined && !('const' in schema) && !('maxLength' in schema))
        unbounded.push(`${path}: string ${pattern ?? ''}`)
      if (type === 'array' && !('maxItems' in schema)) unbounded.push(`${path}: list`)
      if ((type === 'integer' || type === 'number') && !('maximum' in schema)) unbounded.push(`${path}: number`)
      if (
        type === 'object' &&
        'properties' in schema &&
        (schema as { additionalProperties?: unknown }).additionalProperties !== false
      )
        unbounded.push(`${path}: open object`)
      for (const [key, value] of Object.entries(schema)) walk(value, `${path}.${key}`)
    }
    for (const [path, operations] of Object.entries(paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        walk(operation.parameters, `${method} ${path}`)
        walk(operation.requestBody, `${method} ${path}`)
      }
    }
    expect(unbounded).toEqual([])
  })

  test('bounds every list that answers pages: limit 1 to 200, 25 unless said, and a cursor', async () => {
    const lists = (Object.entries(endpoints) as [EndpointName, Endpoint][]).filter(
      ([, { query }]) => query !== undefined && 'cursor' in (query as { properties: object }).properties,
    )
    expect(lists.length).toBeGreaterThan(8)
    // Lists about one record are those of a ticket or of a term.
    const { body: ticket } = await p.admin.workItemCreate({ body: { item_type: 'INCIDENT', title: 'Late' } })
    const { body: term } = await p.admin.glossaryCreate({ body: { term: 'Late', domain: 'Time' } })
    for (const [name, { path }] of lists) {
      const params = { id: path.includes('/glossary/') ? term.id : ticket.id } as never
      for (const limit of [0, 201])
        expect({ name, status: (await p.admin[name]({ params, query: { limit } as never })).status }).toEqual({
          name,
          status: 422,
        })
      expect({ name, status: (await p.admin[name]({ params, query: { limit: 200 } as never })).status }).toEqual({
        name,
        status: 200,
      })
      expect({ name, status: (await p.admin[name]({ params, query: { cursor: 'x' } as never })).status }).toEqual({
        name,
        status: 422,
      })
    }
  })

  test('names every endpoint once, with its permission', async () => {
    const document = (await p.admin.openapi()).body as {
      openapi: string
      paths: Record<string, Record<string, { operationId: string; 'x-permission': string }>>
    }
    expect(document.openapi).toBe('3.1.0')
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
    expect(operations.map((operation) => operation.operationId).sort()).toEqual(Object.keys(endpoints).sort())
    for (const operation of operations)
      expect(operation['x-permission']).toBe(endpoints[operation.operationId as keyof typeof endpoints].permission)
  })
})

describe('overload', () => {
  test('sheds with a 503 that says when to come back, and never sheds health', async () => {
    const busy = await openPortal({ eventLoopDelayMsMax: 100 })
    try {
      // The event loop really stands still, for longer than it is measured over.
      for (let turn = 0; turn < 5; turn += 1) {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
        await new Promise((resolve) => setImmediate(resolve))
      }
      const [shed, health, ready] = await Promise.all([busy.admin.me(), busy.plain.healthz(), busy.plain.readyz()])
      expect({ status: shed.status, code: shed.error?.code, retry: shed.headers['retry-after'] }).toEqual({
        status: 503,
        code: 'overloaded',
        retry: '2',
      })
      expect([health.status, ready.status]).toEqual([200, 200])
    } finally {
      await busy.close()
    }
  })
})
