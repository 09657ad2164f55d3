import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { embeddedLedger } from '../src/server/storage/embedded.ts'
import { makePlatform, openPortal, type PortalOptions, type TestPortal } from './support/portal.ts'

let p: TestPortal
const open = async (options: PortalOptions = {}) => {
  p = await openPortal(options)
  return p
}
afterEach(() => p.close())

const requests = () => p.lines.filter(({ event }) => event === 'http.request')
const gauge = async (name: string) =>
  Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(String((await p.admin.metrics()).body))?.[1])

describe('the one line of a request', () => {
  test('says which platform or item it was about', async () => {
    await open()
    const platform = await makePlatform(p)
    await p.admin.platformRead({ params: { id: platform.id } })
    const { body: item } = await p.admin.workItemCreate({
      body: {
        item_type: 'IMPROVEMENT',
        title: 'One more column',
        description: 'It is needed.',
        platform_id: platform.id,
      },
    })
    await p.admin.workItemRead({ params: { id: item.id } })
    const about = await p.line(({ route, method }) => route === '/api/v1/platforms/:id' && method === 'GET')
    expect(about).toMatchObject({ platform_id: platform.id, user: 'admin@localhost', status: 200 })
    expect(about).not.toHaveProperty('item_id')
    expect(await p.line(({ route, method }) => route === '/api/v1/work-items/:id' && method === 'GET')).toMatchObject({
      item_id: item.id,
    })
  })

  test('is written, and measured, when the caller went away before the answer', async () => {
    const arrived = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    await open({
      ledgerOf: (local) => {
        const real = embeddedLedger(local)
        return {
          ...real,
          keepsLocalStore: true,
          observe: (observations) => Promise.resolve(local.observe(observations)),
          async append(changes, provenance) {
            if (provenance.action === 'platform.create') {
              arrived.resolve()
              await goOn.promise
            }
            return local.apply(changes, provenance, { strict: true })
          },
        }
      },
    })
    const before = await gauge('http_requests_in_flight')
    const socket = connect(p.port, '127.0.0.1')
    await once(socket, 'connect')
    const body = JSON.stringify({ name: 'Nobody waits', domain: 'Sales' })
    socket.write(
      `POST /api/v1/platforms HTTP/1.1\r\nHost: localhost\r\nX-Dev-Persona: admin\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    )
    await arrived.promise
    socket.destroy()
    expect(await p.line(({ status }) => status === 499)).toMatchObject({
      ...{
        event: 'http.request',
        method: 'POST',
        route: '/api/v1/platforms',
        error_code: 'client_closed',
        user: 'admin@localhost',
      },
    })
    goOn.resolve()
    expect(await gauge('http_requests_in_flight')).toBe(before)
    const text = String((await p.admin.metrics()).body)
    expect(text).toContain(
      'http_request_duration_seconds_count{method="POST",route="/api/v1/platforms",status_code="499"} 1',
    )
    expect(requests().filter(({ status }) => status === 499)).toHaveLength(1)
  })

  test('is one, whatever becomes of the request', async () => {
    await open()
    const send = (path: string, init: RequestInit = {}) =>
      fetch(`${p.origin}${path}`, { ...init, headers: { 'x-dev-persona': 'viewer', ...init.headers } }).then(
        async (answer) => {
          await answer.arrayBuffer()
          return answer.headers.get('x-request-id')
        },
      )
    const json = { 'content-type': 'application/json' }
    const ids = await Promise.all([
      send('/api/v1/me'),
      send('/api/v1/me?nothing=1'),
      send('/api/v1/nowhere'),
      send('/api/v1/me', { method: 'DELETE' }),
      send('/api/v1/platforms', { method: 'POST', headers: json, body: '{' }),
      send('/api/v1/platforms', { method: 'POST', headers: json, body: '{}' }),
      send('/api/v1/work-items', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' }),
      send('/api/v1/work-items', { method: 'POST', headers: json, body: `"${'x'.repeat(300_000)}"` }),
      send(`/api/v1/platforms/${'x'.repeat(200)}`),
      send('/healthz'),
    ])
    await send('/healthz')
    expect(ids.map((id) => requests().filter(({ request_id }) => request_id === id).length)).toEqual(ids.map(() => 1))
  })
})

describe('who may do what', () => {
  test('leaves a line for each change, with who made it and without any secret', async () => {
    await open()
    const { body: binding } = await p.admin.roleBindingCreate({
      body: { principal_kind: 'user', principal: 'ada@x.example', role: 'contributor', platform_id: null },
    })
    await p.admin.roleBindingDelete({ params: { id: binding.id }, query: { expected_version: binding.version } })
    const expires_at = p.at(86_400_000)
    const { body: made } = await p.admin.apiTokenCreate({ body: { name: 'robot', role: 'viewer', expires_at } })
    const changes = p.lines.filter(({ event }) => event === 'authz_change')
    const adas = changes.filter(({ principal }) => principal === 'ada@x.example')
    expect(adas.map(({ role, user, action, is_revoked }) => [role, user, action, is_revoked])).toEqual([
      ['contributor', 'admin@localhost', 'role_binding.create', false],
      ['contributor', 'admin@localhost', 'role_binding.delete', true],
    ])
    expect(changes.find(({ principal }) => principal === 'robot')).toMatchObject({ action: 'api_token.create' })
    expect(JSON.stringify(p.lines)).not.toContain(made.secret)
    expect(JSON.stringify(changes)).not.toMatch(/[0-9a-f]{64}/)
  })

  test('leaves a line for the first admins too', async () => {
    await open()
    expect(await p.line(({ event }) => event === 'authz_change')).toMatchObject({
      action: 'role_binding.bootstrap',
      role: 'admin',
    })
  })
})
