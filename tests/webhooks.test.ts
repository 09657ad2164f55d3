import { afterEach, describe, expect, test } from 'vitest'
import { actsOn } from './support/alerts.ts'
import { makePlatform, openPortal, type PortalOptions, type TestPortal } from './support/portal.ts'
import { isSigned, openSink, SINK_SECRET } from './support/webhook-sink.ts'

let p: TestPortal
const open = async (options: PortalOptions = {}) => {
  p = await openPortal(options)
  return p
}
afterEach(() => p.close())
const { report, judge, failing, only, ready } = actsOn(() => p)

describe('the webhook of alerts', () => {
  const hooked = async (sink: { url: string }, more: Record<string, string> = {}) => {
    const env = { ALERT_WEBHOOK_URL: sink.url, ALERT_WEBHOOK_SECRET: SINK_SECRET, ALERT_WEBHOOK_ALLOW_HTTP: 'on' }
    const notified: string[] = []
    await open({
      env: { ...env, PUBLIC_ORIGIN: 'https://portal.example.com', ...more },
      random: () => 1,
      onNotification: ({ channel, outcome }) => notified.push(`${channel} ${outcome}`),
    })
    return notified
  }

  test('is one for firing and one for resolved, signed, in the shape of Alertmanager', async () => {
    const sink = await openSink()
    await hooked(sink)
    const { platform, check } = await failing()
    await p.portal.alerting.deliver()
    await p.portal.alerting.deliver()
    await report(check, 'ok')
    await judge()
    await judge(5)
    await p.portal.alerting.deliver()
    const [fired, resolved] = sink.received
    expect(sink.received).toHaveLength(2)
    if (fired === undefined || resolved === undefined) throw new Error('There should be two')
    expect([isSigned(fired), isSigned(resolved)]).toEqual([true, true])
    expect(isSigned({ ...fired, text: fired.text.replace('firing', 'quiet') })).toBe(false)
    const alert = await only()
    expect(JSON.parse(fired.text)).toMatchObject({
      ...{ version: '4', status: 'firing', receiver: 'lakeport', externalURL: 'https://portal.example.com' },
      alerts: [
        {
          status: 'firing',
          labels: { alertname: 'CheckFailing', check: check.name, platform: platform.name, severity: 'critical' },
          startsAt: alert.firing_since,
          endsAt: '0001-01-01T00:00:00Z',
          generatorURL: `https://portal.example.com/platforms/${platform.id}`,
        },
      ],
    })
    expect(JSON.parse(resolved.text)).toMatchObject({
      status: 'resolved',
      alerts: [{ status: 'resolved', startsAt: alert.firing_since, endsAt: alert.resolved_at }],
    })
    expect(JSON.parse(resolved.text).alerts[0].fingerprint).toBe(JSON.parse(fired.text).alerts[0].fingerprint)
    await sink.close()
  })

  test('is tried again under the same id with longer and longer waits, and given up after five tries', async () => {
    const sink = await openSink(() => 500)
    const notified = await hooked(sink)
    await failing()
    const waits: number[] = []
    for (let at = 0; at < 1800; at += 5) {
      const before = sink.received.length
      await p.portal.alerting.deliver()
      if (sink.received.length > before) waits.push(at)
      p.tick(5000)
    }
    expect(waits).toEqual([0, 10, 50, 210, 850])
    expect(new Set(sink.received.map(({ id }) => id)).size).toBe(1)
    expect(new Set(sink.received.map(({ text }) => text)).size).toBe(1)
    expect(notified).toEqual([...Array(4).fill('alert retried'), 'alert given_up'])
    expect(await ready()).toMatchObject({ status: 'degraded', reason: 'failing' })
    const lines = JSON.stringify(p.lines)
    expect(lines).toContain(sink.host)
    expect(lines).not.toContain('never-to-be-logged')
    expect(lines).not.toContain(SINK_SECRET)
    await sink.close()
  })

  test('follows no redirect', async () => {
    const sink = await openSink(() => 302)
    await hooked(sink)
    await failing()
    await p.portal.alerting.deliver()
    expect(sink.received).toHaveLength(1)
    expect(await p.line(({ event }) => event === 'webhook.retried')).toMatchObject({ error: 'It answered 302.' })
    await sink.close()
  })

  test('that it is over waits until its beginning is settled, and a receiver that hangs holds up no request', async () => {
    let hangs = true
    const sink = await openSink(() => (hangs ? 'hang' : 204))
    await hooked(sink, { WEBHOOK_TIMEOUT_SECONDS: '1' })
    const { check } = await failing()
    const first = p.portal.alerting.deliver()
    expect((await p.admin.statusSummary()).status).toBe(200)
    expect((await p.plain.readyz()).status).toBe(200)
    await first
    await report(check, 'ok')
    await judge()
    await judge(5)
    hangs = false
    await p.portal.alerting.deliver()
    await p.portal.alerting.deliver()
    expect(sink.received.filter(({ status }) => status === 204).map(({ text }) => JSON.parse(text).status)).toEqual([
      'firing',
      'resolved',
    ])
    await sink.close()
  })

  test('never asks a link-local address, whatever the operator wrote', async () => {
    await hooked({ url: 'http://169.254.169.254/latest/meta-data' })
    await failing()
    await p.portal.alerting.deliver()
    const line = await p.line(({ event }) => event === 'webhook.retried')
    expect(line.error).toMatch(/not one this portal may ask/)
  })
})

describe('the webhook of messages', () => {
  test('tells of what people see change, as the API shows it, and never of a draft', async () => {
    const sink = await openSink()
    await open({
      env: {
        ...{ MESSAGE_WEBHOOK_URL: sink.url, MESSAGE_WEBHOOK_SECRET: SINK_SECRET, MESSAGE_WEBHOOK_ALLOW_HTTP: 'on' },
        PUBLIC_ORIGIN: 'https://portal.example.com',
      },
    })
    const platform = await makePlatform(p)
    const body = { severity: 'warning' as const, title: 'Orders are late', platform_ids: [platform.id] }
    const { id } = (await p.admin.statusMessageCreate({ body })).body
    const params = { id }
    await p.admin.statusMessageUpdate({ params, body: { body: 'Still a draft', expected_version: 1 } })
    const shown = await p.admin.statusMessagePublish({ params, body: { expected_version: 2 } })
    await p.admin.statusMessageNote({ params, body: { body: 'We found it', expected_version: 3 } })
    await p.admin.statusMessageArchive({ params, body: { expected_version: 4 } })
    await p.admin.statusMessageArchive({ params, body: { expected_version: 4 } })
    for (let i = 0; i < 3; i++) await p.portal.alerting.deliver()
    const events = sink.received.map(({ text }) => JSON.parse(text))
    expect(events.map(({ type }) => type)).toEqual([
      'status_message.published',
      'status_message.updated',
      'status_message.archived',
    ])
    expect(sink.received.every((one) => isSigned(one))).toBe(true)
    expect(events[0]).toEqual({
      type: 'status_message.published',
      timestamp: shown.body.updated_at,
      data: {
        message: shown.body,
        platforms: [{ id: platform.id, name: platform.name }],
        url: `https://portal.example.com/platforms/${platform.id}`,
      },
    })
    expect(sink.received[0]?.headers['x-request-id']).toBe(shown.headers['x-request-id'])
    await sink.close()
  })

  test('is not made when nobody asked for it', async () => {
    await open()
    const { id } = (await p.admin.statusMessageCreate({ body: { severity: 'info', title: 'News' } })).body
    await p.admin.statusMessagePublish({ params: { id }, body: { expected_version: 1 } })
    expect(p.portal.local.rows('webhook_deliveries')).toEqual([])
  })
})
