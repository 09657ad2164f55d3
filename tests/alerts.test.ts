import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeCheck, makePlatform, openPortal, type PortalOptions, type TestPortal } from './support/portal.ts'
import { isSigned, openSink, SINK_SECRET } from './support/webhook-sink.ts'

const MINUTE = 60_000
const pushed = { source: { connector: 'push' }, warn_after_seconds: 3600, crit_after_seconds: 7200 }

let p: TestPortal
const open = async (options: PortalOptions = {}) => {
  p = await openPortal(options)
  return p
}
afterEach(() => p.close())

const report = async (check: { id: string }, outcome: 'ok' | 'fail') => {
  p.tick(1)
  const body = { check_id: check.id, measured_at: p.at(), data_time: p.at(), outcome, message: `It is ${outcome}` }
  const answer = await p.admin.statusResultPush({ body })
  if (answer.error !== null) throw new Error(answer.error.message)
}
const judge = async (minutes = 0) => {
  p.tick(minutes * MINUTE)
  await p.portal.alerting.evaluate()
}
const alerts = async (query = {}) => (await p.admin.alertList({ query })).body.items
const only = async (query = {}) => {
  const [alert, ...more] = await alerts(query)
  if (alert === undefined || more.length > 0) throw new Error(`There should be one alert, not ${more.length + 1}`)
  return alert
}
const told = () =>
  p.lines.filter(({ event }) => /^(ingestion\.(stale|recovered)|check\.(failing|recovered))$/.test(String(event)))
const ready = async () => (await p.plain.readyz()).body.components.find(({ name }) => name === 'alerts')

/** A platform with one check that has been red for long enough. */
const failing = async () => {
  const platform = await makePlatform(p)
  const check = await makeCheck(p, platform.id, pushed)
  await report(check, 'fail')
  await judge()
  await judge(5)
  return { platform, check }
}

describe('an alert of a check', () => {
  beforeEach(() => open())

  test('is pending, fires after the configured time, is resolved after it, and is told in one line each', async () => {
    const platform = await makePlatform(p)
    const check = await makeCheck(p, platform.id, pushed)
    await report(check, 'fail')
    await judge()
    const pending = await only()
    expect(pending).toMatchObject({
      ...{ rule: 'check.failing', subject: check.id, name: check.name, platform_id: platform.id },
      ...{ state: 'pending', reason: 'failing', detail: 'It is fail', episode: 1, firing_since: null },
    })
    expect(told()).toEqual([])
    await judge(5)
    await judge(1)
    expect(await only()).toMatchObject({ id: pending.id, state: 'firing', version: 2, firing_since: p.at(-MINUTE) })
    expect(told()).toMatchObject([{ event: 'check.failing', level: 'warn', check_id: check.id, alert_id: pending.id }])
    await report(check, 'ok')
    await judge()
    await judge(5)
    await judge(5)
    expect(await only()).toMatchObject({ state: 'resolved', version: 4, resolved_at: p.at(-5 * MINUTE) })
    expect(told().map(({ event }) => event)).toEqual(['check.failing', 'check.recovered'])
  })

  test('is a record of its own each time', async () => {
    const { check } = await failing()
    await report(check, 'ok')
    await judge()
    await judge(5)
    await report(check, 'fail')
    await judge()
    await judge(5)
    expect((await alerts()).map(({ state, episode }) => `${episode} ${state}`)).toEqual(['2 firing', '1 resolved'])
    expect(told().map(({ event }) => event)).toEqual(['check.failing', 'check.recovered', 'check.failing'])
  })

  test("waits the longer of its own and the check's confirmation, not both", async () => {
    const platform = await makePlatform(p)
    const check = await makeCheck(p, platform.id, { ...pushed, for_minutes: 8 })
    await report(check, 'ok')
    await report(check, 'fail')
    await judge(7)
    expect(await alerts()).toEqual([])
    await judge(1)
    expect((await only()).state).toBe('firing')
  })

  test('is counted on the status page, for readers of that alone too', async () => {
    const { platform } = await failing()
    const [tile] = (await p.as('viewer').statusSummary()).body.platforms
    expect(tile).toMatchObject({ id: platform.id, open_alerts: 1 })
  })

  test('is not raised within a maintenance window, and after it only for what is still wrong', async () => {
    const platform = await makePlatform(p)
    const check = await makeCheck(p, platform.id, pushed)
    const body = {
      severity: 'maintenance' as const,
      title: 'Planned',
      platform_ids: [platform.id],
      end_at: p.at(60 * MINUTE),
    }
    const { id } = (await p.admin.statusMessageCreate({ body })).body
    await p.admin.statusMessagePublish({ params: { id }, body: { expected_version: 1 } })
    await report(check, 'fail')
    await judge()
    await judge(30)
    expect(await alerts()).toEqual([])
    await judge(30)
    expect((await only()).state).toBe('pending')
    await judge(5)
    expect((await only()).state).toBe('firing')
  })

  test('ends when the check is not watched any more', async () => {
    const { check } = await failing()
    await p.admin.statusCheckUpdate({ params: { id: check.id }, body: { is_enabled: false, expected_version: 1 } })
    await judge()
    expect(await only()).toMatchObject({ state: 'resolved', detail: 'It is not watched any more.' })
  })

  test('is neither repeated nor forgotten when it is judged again at the same instant or by a second process', async () => {
    const { check } = await failing()
    await Promise.all([judge(), judge(), judge()])
    await report(check, 'ok')
    await judge()
    p.tick(5 * MINUTE)
    await Promise.all([p.portal.alerting.evaluate(), p.portal.alerting.evaluate()])
    expect(told().map(({ event }) => event)).toEqual(['check.failing', 'check.recovered'])
  })
})

describe('an alert of a source', () => {
  beforeEach(() => open())

  test('fires when it was not polled well for too long, and not while it is being asked for the first time', async () => {
    const platform = await makePlatform(p)
    const check = await makeCheck(p, platform.id)
    await judge(1)
    expect(await alerts()).toEqual([])
    const reading = { data_time: p.at(), outcome: 'ok', reading: null, observed_value: null, message: null } as const
    p.readings.set(check.id, reading)
    await p.portal.scheduler.tick()
    await p.portal.scheduler.idle()
    await judge(15)
    expect(await alerts()).toEqual([])
    p.tick(1)
    await judge()
    expect(await only()).toMatchObject({
      ...{ rule: 'ingestion.stale', subject: 'databricks_job', platform_id: null, state: 'pending', reason: 'stale' },
    })
    await judge(5)
    expect(told()).toMatchObject([{ event: 'ingestion.stale', source: 'databricks_job' }])
    expect(await ready()).toMatchObject({ status: 'degraded', reason: 'stale' })
    await p.portal.scheduler.tick()
    await p.portal.scheduler.idle()
    await judge()
    await judge(5)
    expect(told().map(({ event }) => event)).toEqual(['ingestion.stale', 'ingestion.recovered'])
    p.tick(3000)
    expect(await ready()).toMatchObject({ status: 'ok' })
  })

  test('that never ran is stale once it should have', async () => {
    const platform = await makePlatform(p)
    await makeCheck(p, platform.id)
    await judge(15)
    await judge(5)
    expect(await only()).toMatchObject({ state: 'firing', reason: 'never_ran' })
  })
})

describe('acknowledging', () => {
  beforeEach(() => open())

  test('says who looks at it and what they say', async () => {
    await failing()
    const { id, version } = await only()
    const answer = await p
      .as('triager')
      .alertAcknowledge({ params: { id }, body: { expected_version: version, note: 'Restarting it' } })
    expect(answer).toMatchObject({
      status: 200,
      body: { acknowledged_by: 'triager@localhost', acknowledged_at: p.at(), note: 'Restarting it', state: 'firing' },
    })
    await judge(1)
    expect((await only()).version).toBe(version + 1)
  })

  test('is refused for what does not fire, for who was second, for a stranger and for nonsense, and changes nothing', async () => {
    const { check } = await failing()
    const { id, version } = await only()
    const acknowledge = (more = {}) => ({ params: { id }, body: { expected_version: version, ...more } })
    expect((await p.as('viewer').alertAcknowledge(acknowledge())).status).toBe(403)
    expect((await p.admin.alertAcknowledge(acknowledge({ expected_version: 1 }))).error?.code).toBe('version_conflict')
    expect((await p.admin.alertAcknowledge(acknowledge({ note: 'x'.repeat(2001) }))).status).toBe(422)
    const nobody = { params: { id: '00000000-0000-7000-8000-000000000000' }, body: { expected_version: 1 } }
    expect((await p.admin.alertAcknowledge(nobody)).status).toBe(404)
    expect((await only()).version).toBe(version)
    await report(check, 'ok')
    await judge()
    await judge(5)
    const resolved = await only()
    const late = await p.admin.alertAcknowledge({ params: { id }, body: { expected_version: resolved.version } })
    expect(late).toMatchObject({ status: 400, error: { code: 'invalid_transition' } })
  })

  test('the list filters by state and platform, and is not for everyone', async () => {
    const { platform } = await failing()
    await failing()
    expect(await alerts({ state: 'firing' })).toHaveLength(2)
    expect(await alerts({ state: 'resolved' })).toEqual([])
    expect(await only({ platform_id: platform.id })).toMatchObject({ platform_id: platform.id })
    expect((await p.as('viewer').alertList()).status).toBe(403)
  })
})

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
