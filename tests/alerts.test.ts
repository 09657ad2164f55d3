import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createReadings } from '../src/server/alert-readings.ts'
import { actsOn, pushed } from './support/alerts.ts'
import { makeCheck, makePlatform, openPortal, type PortalOptions, type TestPortal } from './support/portal.ts'

const MINUTE = 60_000

let p: TestPortal
const open = async (options: PortalOptions = {}) => {
  p = await openPortal(options)
  return p
}
afterEach(() => p.close())

const { report, judge, failing, alerts, only, told, ready } = actsOn(() => p)

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

describe('what alerts are made of', () => {
  const readings = (startedAt: number) =>
    createReadings({
      status: p.portal.status,
      board: p.portal.board,
      staleAges: { polledMs: 15 * MINUTE, snapshotMs: new Map() },
      startedAt,
      pollMs: 2 * MINUTE,
    })
  const source = (startedAt: number) => readings(startedAt)(p.now).find(({ rule }) => rule === 'ingestion.stale')
  beforeEach(() => open())

  test('a source that is old because the portal was away is polled before it is judged', async () => {
    const { id } = await makePlatform(p)
    await makeCheck(p, id)
    await p.portal.scheduler.tick()
    await p.portal.scheduler.idle()
    p.tick(600 * MINUTE)
    const startedAt = p.now
    expect(source(startedAt)).toMatchObject({ is: 'unclear' })
    p.tick(2 * MINUTE)
    expect(source(startedAt)).toMatchObject({ is: 'bad', since: p.now - 587 * MINUTE })
  })

  test('a source is muted while all platforms that it feeds are in maintenance', async () => {
    const [first, second] = [await makePlatform(p), await makePlatform(p)]
    await makeCheck(p, first.id)
    await makeCheck(p, second.id)
    const maintain = async (platformId: string) => {
      const body = { severity: 'maintenance' as const, title: 'Planned', platform_ids: [platformId] }
      const { id } = (await p.admin.statusMessageCreate({ body })).body
      await p.admin.statusMessagePublish({ params: { id }, body: { expected_version: 1 } })
    }
    p.tick(60 * MINUTE)
    await maintain(first.id)
    expect(source(0)).toMatchObject({ is: 'bad', isMuted: false, reason: 'never_ran' })
    await maintain(second.id)
    expect(source(0)).toMatchObject({ is: 'bad', isMuted: true })
  })

  test('a check that is late does not fail, and one that is unknown cannot be told', async () => {
    const platform = await makePlatform(p)
    const check = await makeCheck(p, platform.id, pushed)
    const reading = () => readings(0)(p.now).find(({ subject }) => subject === check.id)
    expect(reading()).toMatchObject({ is: 'unclear' })
    await report(check, 'ok')
    p.tick(61 * MINUTE)
    expect(reading()).toMatchObject({ is: 'good' })
    p.tick(60 * MINUTE)
    expect(reading()).toMatchObject({ is: 'bad', reason: 'silent', since: p.now - MINUTE + 1 })
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
