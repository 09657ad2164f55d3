import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { readConfig, secretsOf } from '../src/server/config.ts'
import { createErrorReports, type ErrorReports } from '../src/server/observe/error-reports.ts'
import { hidingSecrets } from '../src/server/secrets.ts'
import { embeddedLedger } from '../src/server/storage/embedded.ts'
import { openPortal, type TestPortal } from './support/portal.ts'
import { openSentrySink, SINK_KEY } from './support/sentry-sink.ts'

let p: TestPortal | null = null
afterEach(async () => {
  await p?.close()
  p = null
})

const reportsTo = (dsn: string) =>
  createErrorReports({ dsn, release: 'lakeport@1.2.3', environment: 'staging', hide: hidingSecrets([]) })

/** A portal behind a proxy whose store breaks on every write of a person. */
async function brokenPortal(reports: ErrorReports) {
  p = await openPortal({
    env: { TRUSTED_PROXIES: '127.0.0.0/8', BOOTSTRAP_ADMINS: 'ada@x.example' },
    logOptions: { onError: reports.report },
    ledgerOf: (local) => ({
      ...embeddedLedger(local),
      keepsLocalStore: true,
      observe: (observations) => Promise.resolve(local.observe(observations)),
      async append(changes, provenance) {
        if (provenance.actor === null) return local.apply(changes, provenance, { strict: true })
        throw new TypeError('Cannot read what is not there', { cause: new RangeError('The page is torn') })
      },
    }),
  })
  return p
}
const asAda = { 'x-forwarded-email': 'ada@x.example', 'x-forwarded-user': 'ada-1', cookie: 'session=crumbs-in-here' }

describe('an error that nobody foresaw', () => {
  test('is reported once, with its causes and its request id, and with nothing of the person or of what they sent', async () => {
    const sink = await openSentrySink()
    const reports = reportsTo(sink.dsn)
    const portal = await brokenPortal(reports)
    const answer = await portal
      .withHeaders({ ...asAda, 'x-own-header': 'worn-on-the-head', 'user-agent': 'a-browser-of-ada' })
      .platformCreate({ body: { name: 'Named in a body', domain: 'Said in a body' } })
    expect(answer.status).toBe(500)
    await reports.flush(10_000)
    expect(sink.received).toHaveLength(1)
    const [{ events, text, headers, path }] = sink.received as [(typeof sink.received)[number]]
    expect(path).toMatch(/^\/api\/7\/envelope\/\?/)
    expect(`${path} ${headers['x-sentry-auth'] ?? ''}`).toContain(`sentry_key=${SINK_KEY}`)
    expect(events).toHaveLength(1)
    const [event] = events as [(typeof events)[number]]
    expect(event).toMatchObject({
      ...{ level: 'error', release: 'lakeport@1.2.3', environment: 'staging', transaction: '/api/v1/platforms' },
      tags: { event: 'bug', request_id: answer.headers['x-request-id'], route: '/api/v1/platforms' },
    })
    expect(event.exception.values.map(({ type, value }) => [type, value])).toEqual([
      ['RangeError', 'The page is torn'],
      ['TypeError', 'Cannot read what is not there'],
    ])
    expect(JSON.stringify(event.exception.values[1]?.stacktrace)).toContain('error-reports.test.ts')
    for (const part of ['user', 'request', 'breadcrumbs', 'extra', 'server_name'] as const)
      expect(event[part] ?? [], part).toEqual([])
    expect(text).not.toMatch(/x\.example|ada-1|crumbs|worn-on|a-browser|in a body/i)
  })

  test('is the only thing reported: refusals are not', async () => {
    const sink = await openSentrySink()
    const reports = reportsTo(sink.dsn)
    const portal = await brokenPortal(reports)
    const { plain } = portal
    const ada = portal.withHeaders(asAda)
    const statuses = [
      await plain.me(),
      await ada.platformCreate({ body: {} as never }),
      await portal.withHeaders({ 'x-forwarded-email': 'bob@x.example' }).apiTokenList(),
      await ada.platformRead({ params: { id: 'x' } }),
    ].map(({ status }) => status)
    expect(statuses).toEqual([401, 422, 403, 404])
    await reports.flush(10_000)
    expect(sink.received).toEqual([])
  })

  test('of which the receiver wants no more is not sent until it does', async () => {
    const sink = await openSentrySink({ status: 429, headers: { 'retry-after': '600' } })
    const reports = reportsTo(sink.dsn)
    reports.report({ event: 'bug', err: new Error('first') }, 'error')
    await reports.flush(10_000)
    reports.report({ event: 'bug', err: new Error('second') }, 'error')
    await reports.flush(10_000)
    expect(sink.received).toHaveLength(1)
    await sink.close()
  })

  test('says when the process ended by it, and what was thrown that is no error', async () => {
    const sink = await openSentrySink()
    const reports = reportsTo(sink.dsn)
    reports.report({ event: 'sys_crash', err: 'just a word' }, 'fatal')
    await reports.flush(10_000)
    const [event] = sink.received[0]?.events ?? []
    expect(event).toMatchObject({ level: 'fatal', tags: { event: 'sys_crash' } })
    expect(event?.exception.values[0]).toMatchObject({ value: 'just a word', mechanism: { handled: false } })
    await sink.close()
  })

  test('that ends the process is logged and reported before it does', async () => {
    const sink = await openSentrySink()
    const env = { ...process.env, SENTRY_DSN: sink.dsn, SENTRY_ALLOW_HTTP: 'on', LOG_FORMAT: 'json' }
    const child = spawn(process.execPath, [join(import.meta.dirname, 'crashing-process.ts')], { env })
    let out = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
    })
    const [status] = await once(child, 'close')
    expect(status).toBe(1)
    const lines = out.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []))
    expect(lines.at(-1)).toMatchObject({ level: 'fatal', event: 'sys_crash', err: { message: 'Nobody catches this' } })
    expect(sink.received[0]?.events[0]).toMatchObject({ level: 'fatal', tags: { event: 'sys_crash' } })
    expect(out + sink.received[0]?.text).not.toContain('planted-in-the-cause')
    await sink.close()
  })

  test('harms nobody when there is no receiver', async () => {
    const sink = await openSentrySink()
    await sink.close()
    const reports = reportsTo(sink.dsn)
    reports.report({ event: 'bug', err: new Error('unheard') }, 'error')
    await expect(reports.flush(10_000)).resolves.toBeUndefined()
  })
})

describe('SENTRY_DSN', () => {
  const read = (env: Record<string, string>) => readConfig(env, '0.0.0-test')
  test.each(['https://host.example.com/1', 'https://key@host.example.com/', 'ftp://key@host.example.com/1', 'key'])(
    '%s is refused, without being repeated',
    (dsn) => {
      expect(() => read({ SENTRY_DSN: dsn })).toThrow(/^SENTRY_DSN must be a DSN such as/)
      expect(() => read({ SENTRY_DSN: dsn })).not.toThrow(new RegExp(`not "${dsn}"`))
    },
  )
  test('is https unless http is allowed', () => {
    const dsn = 'http://key@host.example.com/1'
    expect(() => read({ SENTRY_DSN: dsn })).toThrow(/SENTRY_ALLOW_HTTP/)
    expect(read({ SENTRY_DSN: dsn, SENTRY_ALLOW_HTTP: 'on' }).SENTRY_DSN).toBe(dsn)
    expect(secretsOf(read({ SENTRY_DSN: dsn, SENTRY_ALLOW_HTTP: 'on' }))).toEqual([dsn])
  })
})
