import type { lookup } from 'node:dns'
import { describe, expect, it } from 'vitest'
import type { SourceOf } from '../../../contracts/sources.ts'
import { selfSigned } from '../../outbound/fixtures/certificate.ts'
import { type Act, NOON, serve } from '../../outbound/fixtures/server.ts'
import { type GuardedAnswer, GuardedError, type GuardedReason } from '../guarded-get.ts'
import type { Kind } from '../reading.ts'
import { check, context } from './fixtures/server.ts'
import { httpProbe, type ProbeSettings, readProbe } from './http.ts'

type Source = Omit<SourceOf<'http'>, 'connector'>
const probe = (source: Source, kind: Kind = 'availability') => check<'http'>({ connector: 'http', ...source }, kind)
const url = 'https://service.example.com/health'
const DAY = 86_400_000

const answer = (more: Partial<GuardedAnswer> & { json?: unknown } = {}): GuardedAnswer => ({
  status: 200,
  body: Buffer.from(JSON.stringify(more.json ?? {})),
  isWhole: true,
  latencyMs: 120,
  certificateEndsAt: NOON + 90 * DAY,
  ...more,
})
const read = (facts: GuardedAnswer, source: Partial<Source> = {}, kind: Kind = 'availability') =>
  readProbe(facts, probe({ url, ...source }, kind), NOON)

describe('what an answer says of an endpoint', () => {
  it('is up with any 2xx, or with exactly the statuses that were named', () => {
    expect(read(answer({ status: 204 }))).toMatchObject({ outcome: 'ok', reading: 'green', observed_value: '204' })
    for (const status of [301, 404, 500]) expect(read(answer({ status })).outcome).toBe('fail')
    expect(read(answer({ status: 401 }), { statuses: [401] }).outcome).toBe('ok')
    expect(read(answer({ status: 200 }), { statuses: [401] }).message).toBe('The status is 200.')
  })

  it('is slow past a limit, not at it', () => {
    const limits = { latency_warn_ms: 200, latency_crit_ms: 500 }
    const colour = (latencyMs: number) => {
      const { outcome, reading } = read(answer({ latencyMs }), limits, 'latency')
      return reading ?? outcome
    }
    expect([200, 201, 500, 501].map(colour)).toEqual(['green', 'yellow', 'yellow', 'fail'])
    expect(read(answer(), limits, 'latency').observed_value).toBe('120 ms')
  })

  it('is up only when the text at the path is the one that was named', () => {
    const wants = { json_path: 'checks.0.status', json_equals: 'pass' }
    expect(read(answer({ json: { checks: [{ status: 'pass' }] } }), wants)).toMatchObject({
      outcome: 'ok',
      observed_value: 'pass',
    })
    expect(read(answer({ json: { checks: [{ status: 'warn' }] } }), wants)).toMatchObject({
      outcome: 'fail',
      message: 'checks.0.status is "warn", not "pass".',
    })
    expect(read(answer({ json: { n: 3 } }), { json_path: 'n', json_equals: '3' }).outcome).toBe('ok')
    for (const body of ['<html>', '', '[]', '{"checks":[]}', '['.repeat(200_000)]) {
      expect(read(answer({ body: Buffer.from(body) }), wants).outcome).toBe('fail')
    }
    expect(read(answer({ isWhole: false }), wants).outcome).toBe('error')
  })

  it('is as fresh as the time at the path, and of unknown freshness without one', () => {
    const stamped = answer({ json: { loaded: '2026-11-23T10:00:00Z' } })
    expect(read(stamped, { json_path: 'loaded' }, 'freshness').data_time).toBe('2026-11-23T10:00:00.000Z')
    expect(read(answer({ json: { loaded: 'soon' } }), { json_path: 'loaded' }, 'freshness').outcome).toBe('error')
    expect(read(answer(), {}, 'freshness').outcome).toBe('error')
  })

  it('warns before the certificate ends, from the day that was named', () => {
    const ending = (days: number) =>
      read(answer({ certificateEndsAt: NOON + days * DAY }), { certificate_warn_days: 14 })
    expect(ending(14.01)).toMatchObject({ outcome: 'ok', reading: 'green' })
    expect(ending(14)).toMatchObject({ reading: 'yellow', message: 'The certificate ends in 14 days.' })
    expect(ending(0)).toMatchObject({ outcome: 'fail', message: 'The certificate has ended.' })
    expect(read(answer({ certificateEndsAt: null }), { certificate_warn_days: 14 }).outcome).toBe('error')
  })

  it('tells their fault from ours', () => {
    const outcome = (reason: GuardedReason) => readProbe(new GuardedError(reason, 'x'), probe({ url }), NOON).outcome
    const theirs: GuardedReason[] = ['timeout', 'unreachable', 'certificate']
    const ours: GuardedReason[] = ['refused', 'untrusted', 'our_side', 'stopped']
    expect(theirs.map(outcome)).toEqual(['fail', 'fail', 'fail'])
    expect(ours.map(outcome)).toEqual(['error', 'error', 'error', 'error'])
  })
})

describe('probing an endpoint', () => {
  const settings: ProbeSettings = { allowPrivate: true, clock: () => 0, timeoutMs: 5000 }

  async function probed(act: Act, more: Partial<ProbeSettings> = {}, source: Partial<Source> = {}) {
    await using server = await serve(() => act)
    const one = probe({ url: `${server.url}/health?key=secret`, ...source })
    const readings = await httpProbe({ ...settings, ...more }).poll([one], context())
    return { reading: readings.get(one.id), seen: server.seen }
  }

  it('sends one plain GET without credentials', async () => {
    const { reading, seen } = await probed({ json: { ok: true } })
    expect(reading).toMatchObject({ outcome: 'ok', reading: 'green', observed_value: '200' })
    expect(seen).toMatchObject([{ method: 'GET', path: '/health' }])
    expect(seen[0]?.headers.authorization).toBeUndefined()
  })

  it('is a failure when nothing comes, when it stops half-way, and when nobody is there', async () => {
    expect((await probed('hang', { timeoutMs: 50 })).reading).toMatchObject({
      outcome: 'fail',
      observed_value: 'timeout',
      message: 'No whole answer within 50 ms.',
    })
    expect((await probed('cut')).reading).toMatchObject({ outcome: 'fail', observed_value: 'unreachable' })
    const gone = await serve(() => ({}))
    await gone[Symbol.asyncDispose]()
    const one = probe({ url: gone.url })
    const readings = await httpProbe(settings).poll([one], context())
    expect(readings.get(one.id)).toMatchObject({ outcome: 'fail', message: 'No whole answer (ECONNREFUSED).' })
  })

  it('takes a redirect for an answer and does not go there', async () => {
    const elsewhere = { status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data' } }
    expect((await probed(elsewhere)).reading).toMatchObject({ outcome: 'fail', observed_value: '302' })
    expect((await probed(elsewhere, {}, { statuses: [302] })).reading).toMatchObject({ outcome: 'ok' })
  })

  it('reads no more than it needs of an endless body', async () => {
    const { reading } = await probed({ text: 'x'.repeat(3 * 1024 * 1024) })
    expect(reading).toMatchObject({ outcome: 'ok' })
  })

  it('never asks a link-local or metadata address, however it is written', async () => {
    const hosts = ['169.254.169.254', '0xa9fea9fe', '2852039166', '[::ffff:169.254.169.254]', '[fe80::1]']
    const checks = hosts.map((host) => ({ ...probe({ url: `http://${host}/latest/meta-data` }), id: host }))
    const readings = await httpProbe(settings).poll(checks, context())
    for (const host of hosts) {
      expect([host, readings.get(host)?.outcome]).toEqual([host, 'error'])
      expect(readings.get(host)?.message).toContain('not one this portal may ask')
    }
  })

  it('never asks such an address by a name either, even among good ones', async () => {
    const resolver = ((_name: string, _options: unknown, callback: (error: null, all: object[]) => void) =>
      callback(null, [
        { address: '127.0.0.1', family: 4 },
        { address: '169.254.169.254', family: 4 },
      ])) as unknown as typeof lookup // Only the form with `all` is called.
    await using server = await serve(() => ({}))
    const one = probe({ url: `http://innocent.example.com:${new URL(server.url).port}/` })
    const readings = await httpProbe({ ...settings, lookup: resolver }).poll([one], context())
    expect(readings.get(one.id)).toMatchObject({ outcome: 'error' })
    expect(server.seen).toHaveLength(0)
  })

  it('asks no private address when that is switched off', async () => {
    const { reading, seen } = await probed({}, { allowPrivate: false })
    expect([reading?.outcome, seen.length]).toEqual(['error', 0])
  })
})

describe('probing over TLS', () => {
  const settings: ProbeSettings = { allowPrivate: true, clock: () => 0, timeoutMs: 5000 }

  async function probedWith(certificate: { key: string; cert: string }, ca?: string) {
    await using server = await serve(() => ({}), certificate)
    const one = probe({ url: server.url, certificate_warn_days: 30 })
    const readings = await httpProbe({ ...settings, ...(ca === undefined ? {} : { ca }) }).poll(
      [one],
      context({ now: Date.now() }),
    )
    return readings.get(one.id)
  }
  const from = (days: number) => new Date(Date.now() + days * DAY)

  it('sees when the certificate ends', async () => {
    const soon = selfSigned(from(-1), from(10.5))
    expect(await probedWith(soon, soon.cert)).toMatchObject({
      outcome: 'ok',
      reading: 'yellow',
      message: 'The certificate ends in 10 days.',
    })
    const later = selfSigned(from(-1), from(100))
    expect(await probedWith(later, later.cert)).toMatchObject({ outcome: 'ok', reading: 'green' })
  })

  it('is a failure when it has ended, and no verdict when its issuer is not known here', async () => {
    const ended = selfSigned(from(-10), from(-1))
    expect(await probedWith(ended, ended.cert)).toMatchObject({ outcome: 'fail', observed_value: 'certificate' })
    const stranger = await probedWith(selfSigned(from(-1), from(100)))
    expect(stranger).toMatchObject({ outcome: 'error' })
    expect(stranger?.message).toContain('NODE_EXTRA_CA_CERTS')
  })
})
