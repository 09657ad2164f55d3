import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Reading } from '../src/server/ingest/connector.ts'
import { makeCheck, makePlatform, openPortal, START, type TestPortal } from './support/portal.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const MINUTE = 60_000

let p: TestPortal
beforeEach(async () => {
  p = await openPortal()
})
afterEach(() => p.close())

const fresh = (dataTime: string): Reading => ({
  data_time: dataTime,
  outcome: 'ok',
  reading: null,
  observed_value: 'SUCCESS',
  message: 'Succeeded',
})
const push = (check: { id: string }, more: Record<string, unknown> = {}) =>
  p.admin.statusResultPush({
    body: { check_id: check.id, measured_at: p.at(), outcome: 'ok', data_time: p.at(), ...more } as never,
  })
const only = async () => {
  const summary = (await p.admin.statusSummary()).body
  const [platform] = summary.platforms
  if (platform === undefined) throw new Error('There should be one platform')
  return { summary, platform }
}

describe('the summary', () => {
  test('of an empty portal says so and is not green', async () => {
    const { body } = await p.admin.statusSummary()
    expect(body).toMatchObject({ state: 'unknown', sentence: 'No platforms yet', platforms: [], changes_at: null })
  })

  test('a platform without an enabled check is unknown', async () => {
    const platform = await makePlatform(p)
    expect((await only()).platform).toMatchObject({ state: 'unknown', reason: 'no_checks' })
    const check = await makeCheck(p, platform.id, { is_enabled: false })
    expect((await only()).platform.reason).toBe('no_checks')
    expect((await p.admin.statusCheckRead({ params: { id: check.id } })).body.status).toBeNull()
  })

  test('follows time alone: green, late, far too late, and unknown when nobody looks; never green but stale', async () => {
    const platform = await makePlatform(p)
    const check = await makeCheck(p, platform.id, { interval_seconds: 7200 })
    expect((await only()).platform).toMatchObject({ state: 'unknown', reason: 'no_data' })
    await push(check)
    expect((await only()).platform).toMatchObject({ state: 'green', reason: 'healthy', data_as_of: p.at() })
    const { summary } = await only()
    expect(summary.changes_at).toBe(p.at(HOUR + 1))
    p.tick(HOUR)
    expect((await only()).platform.state).toBe('green')
    p.tick(1)
    expect((await only()).platform).toMatchObject({ state: 'yellow', reason: 'late' })
    p.tick(HOUR)
    expect((await only()).platform).toMatchObject({ state: 'red', reason: 'very_late' })
    p.tick(5 * HOUR)
    expect((await only()).platform).toMatchObject({ state: 'unknown', reason: 'stale' })
  })

  test('expires by itself: a cached answer is not served past changes_at', async () => {
    const check = await makeCheck(p, (await makePlatform(p)).id, { interval_seconds: 7200 })
    await push(check)
    const first = await p.admin.statusSummary()
    const again = await p.admin.statusSummary()
    expect(again.body.as_of).toBe(first.body.as_of)
    p.tick(HOUR + 1)
    expect((await p.admin.statusSummary()).body.state).toBe('yellow')
  })

  test('a failed run is red at once, and what cannot be measured keeps its colour', async () => {
    const check = await makeCheck(p, (await makePlatform(p)).id)
    await push(check)
    p.tick(MINUTE)
    await push(check, { outcome: 'error', data_time: null, message: 'timed out' })
    expect((await only()).platform).toMatchObject({
      state: 'green',
      worst_check: { could_not_measure: true, message: 'timed out' },
    })
    p.tick(MINUTE)
    await push(check, { outcome: 'fail', data_time: null, message: 'Task load failed' })
    const { summary, platform } = await only()
    expect(platform).toMatchObject({ state: 'red', reason: 'failing', worst_check: { message: 'Task load failed' } })
    expect(summary.sentence).toBe('1 down')
  })

  test('an observation that arrives late does not move anything back', async () => {
    const check = await makeCheck(p, (await makePlatform(p)).id)
    await push(check)
    await push(check, { measured_at: p.at(-10 * MINUTE), data_time: p.at(-DAY) })
    expect((await only()).platform).toMatchObject({ state: 'green', data_as_of: p.at() })
  })

  test('a critical message raises its platforms to yellow and maintenance is shown beside the state', async () => {
    const platform = await makePlatform(p)
    const check = await makeCheck(p, platform.id, { interval_seconds: 7200 })
    await push(check)
    const draft = (
      await p.admin.statusMessageCreate({
        body: { severity: 'critical', title: 'Region is down', platform_ids: [platform.id] },
      })
    ).body
    expect((await only()).platform.state).toBe('green')
    await p.admin.statusMessagePublish({ params: { id: draft.id }, body: { expected_version: 1 } })
    expect((await only()).platform).toMatchObject({
      state: 'yellow',
      reason: 'message',
      active_message_ids: [draft.id],
    })
    const window = (
      await p.admin.statusMessageCreate({
        body: {
          severity: 'maintenance',
          title: 'Upgrade',
          platform_ids: [platform.id],
          start_at: p.at(HOUR / 2),
          end_at: p.at(HOUR),
        },
      })
    ).body
    await p.admin.statusMessagePublish({ params: { id: window.id }, body: { expected_version: 1 } })
    expect((await only()).platform.in_maintenance).toBe(false)
    p.tick(HOUR / 2)
    expect((await only()).platform.in_maintenance).toBe(true)
    p.tick(HOUR / 2)
    expect((await only()).platform.in_maintenance).toBe(false)
  })

  test('a retired platform leaves the dashboard and keeps its history', async () => {
    const platform = await makePlatform(p)
    await p.admin.platformRetire({ params: { id: platform.id }, query: { expected_version: 1 } })
    expect((await p.admin.statusSummary()).body.platforms).toEqual([])
    expect((await p.admin.platformHistory({ params: { id: platform.id } })).status).toBe(200)
    expect((await p.admin.platformList({ query: { retired: true } })).body.total).toBe(1)
  })

  test('names with quotes, markup, emoji and right-to-left text come back as they were typed', async () => {
    const name = `O'Brien "x" <b>&amp; 🚀 שלום`
    await makePlatform(p, name)
    expect((await only()).platform.name).toBe(name)
  })
})

describe('checks', () => {
  const bad: [string, Record<string, unknown>, string][] = [
    [
      'a warning at or after the critical limit',
      { warn_after_seconds: 7200, crit_after_seconds: 7200 },
      'body.crit_after_seconds',
    ],
    ['no limits for freshness', { warn_after_seconds: null, crit_after_seconds: null }, 'body.warn_after_seconds'],
    ['a limit of zero', { warn_after_seconds: 0 }, 'body.warn_after_seconds'],
    ['an unknown connector', { source: { connector: 'carrier_pigeon' } }, 'body.source.connector'],
    ['no connector', { source: { job_id: '1' } }, 'body.source.connector'],
    ['a source without what it needs', { source: { connector: 'databricks_job' } }, 'body.source.job_id'],
    ['a source with something more', { source: { connector: 'push', url: 'x' } }, 'body.source.url'],
    ['a malformed id', { source: { connector: 'databricks_job', job_id: '1; drop' } }, 'body.source.job_id'],
    ['an address with a script', { source: { connector: 'http', url: 'javascript:alert(1)' } }, 'body.source.url'],
    [
      'a latency that warns after it is critical',
      { source: { connector: 'http', url: 'https://x.example', latency_warn_ms: 10, latency_crit_ms: 5 } },
      'body.source.latency_crit_ms',
    ],
    ['a platform that is not there', { platform_id: '00000000-0000-7000-8000-000000000000' }, 'body.platform_id'],
  ]
  test.each(bad)('%s is refused with the field named, and nothing is kept', async (_what, more, field) => {
    const platform = await makePlatform(p)
    const body = {
      platform_id: platform.id,
      name: 'x',
      kind: 'freshness',
      source: { connector: 'databricks_job', job_id: '1' },
      warn_after_seconds: 3600,
      crit_after_seconds: 7200,
      ...more,
    }
    const answer = await p.admin.statusCheckCreate({ body: body as never })
    expect({ status: answer.status, fields: Object.keys(answer.error?.details?.fields ?? {}) }).toEqual({
      status: 422,
      fields: [field],
    })
    expect((await p.admin.statusCheckList()).body.total).toBe(0)
  })

  test('changing limits to nonsense is refused, and a lost race carries the current record', async () => {
    const check = await makeCheck(p, (await makePlatform(p)).id)
    const update = (body: object) => p.admin.statusCheckUpdate({ params: { id: check.id }, body: body as never })
    expect((await update({ warn_after_seconds: 9000, expected_version: 1 })).status).toBe(422)
    expect((await update({ name: 'Renamed', expected_version: 1 })).body.version).toBe(2)
    const lost = await update({ name: 'Other', expected_version: 1 })
    expect({ code: lost.error?.code, details: lost.error?.details }).toMatchObject({
      code: 'version_conflict',
      details: { current_version: 2, current: { name: 'Renamed' } },
    })
  })

  test('the list can be asked for one state', async () => {
    const platform = await makePlatform(p)
    const [good, bad] = [await makeCheck(p, platform.id), await makeCheck(p, platform.id)]
    await push(good)
    await push(bad, { outcome: 'fail' })
    const red = (await p.admin.statusCheckList({ query: { state: 'red' } })).body
    expect(red.items.map(({ id }) => id)).toEqual([bad.id])
  })
})

describe('results', () => {
  test('a batch is taken once; repeated observations change nothing', async () => {
    const check = await makeCheck(p, (await makePlatform(p)).id)
    const observations = [0, 1, 2].map((i) => ({
      check_id: check.id,
      measured_at: p.at(-i * MINUTE),
      outcome: 'ok' as const,
      data_time: p.at(-i * MINUTE),
    }))
    expect((await p.admin.statusResultPush({ body: { observations } })).body).toEqual({ accepted: 3, repeated: 0 })
    expect((await p.admin.statusResultPush({ body: { observations } })).body).toEqual({ accepted: 0, repeated: 3 })
    const list = (await p.admin.statusResultList({ query: { check_id: check.id } })).body
    expect(list.items.map(({ measured_at }) => measured_at)).toEqual(observations.map(({ measured_at }) => measured_at))
    expect((await p.admin.statusResultLatest()).body.items.map(({ measured_at }) => measured_at)).toEqual([p.at()])
  })

  test.each([
    ['the future', HOUR],
    ['before anything is kept', -91 * DAY],
  ])('a measurement from %s is refused', async (_what, offset) => {
    const check = await makeCheck(p, (await makePlatform(p)).id)
    expect((await push(check, { measured_at: p.at(offset) })).status).toBe(422)
  })

  test('paging through results sees each once while more arrive', async () => {
    const check = await makeCheck(p, (await makePlatform(p)).id)
    const times = Array.from({ length: 30 }, (_, i) => p.at(-i * MINUTE))
    await p.admin.statusResultPush({
      body: { observations: times.map((measured_at) => ({ check_id: check.id, measured_at, outcome: 'ok' as const })) },
    })
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof p.admin.statusResultList>> = await p.admin.statusResultList({
        query: { limit: 7, ...(cursor === null ? {} : { cursor }) },
      })
      seen.push(...page.body.items.map(({ measured_at }) => measured_at))
      cursor = page.body.next_cursor
      p.tick(1000)
      await push(check)
    } while (cursor !== null)
    expect(seen).toEqual(times)
  })
})

describe('messages', () => {
  const create = async (more: object = {}) =>
    (await p.admin.statusMessageCreate({ body: { severity: 'info', title: 'Hello', ...more } })).body

  test('go from draft to published to archived and back to draft, and nowhere else', async () => {
    const { id } = await create()
    const publish = (expected_version: number) =>
      p.admin.statusMessagePublish({ params: { id }, body: { expected_version } })
    const archive = (expected_version: number) =>
      p.admin.statusMessageArchive({ params: { id }, body: { expected_version } })
    expect((await publish(1)).body.state).toBe('published')
    expect((await publish(2)).error?.code).toBe('invalid_transition')
    expect((await archive(2)).body.state).toBe('archived')
    expect((await publish(3)).error?.code).toBe('invalid_transition')
    expect(
      (await p.admin.statusMessageUpdate({ params: { id }, body: { state: 'draft', expected_version: 3 } })).body.state,
    ).toBe('draft')
    expect((await archive(4)).body.state).toBe('archived')
    expect(p.portal.local.history('status_messages', id).map(({ action }) => action)).toEqual([
      'status_message.create',
      'status_message.publish',
      'status_message.archive',
      'status_message.update',
      'status_message.archive',
    ])
  })

  test('readers see what is published and inside its window, and nothing else', async () => {
    const now = await create()
    const later = await create({ start_at: p.at(HOUR) })
    const over = await create({ start_at: p.at(-2 * HOUR), end_at: p.at(-HOUR) })
    const draft = await create()
    for (const { id } of [now, later, over])
      await p.admin.statusMessagePublish({ params: { id }, body: { expected_version: 1 } })
    const viewer = p.as('viewer')
    expect((await viewer.statusMessageList()).body.items.map(({ id }) => id)).toEqual([now.id])
    for (const { id } of [later, over, draft])
      expect((await viewer.statusMessageRead({ params: { id } })).status).toBe(404)
    expect((await p.admin.statusMessageList()).body.total).toBe(4)
    p.tick(HOUR)
    expect((await viewer.statusMessageList()).body.items.map(({ id }) => id).sort()).toEqual([now.id, later.id].sort())
  })

  test('a published message takes updates, newest first; a draft does not', async () => {
    const { id } = await create()
    const note = (body: string, expected_version: number) =>
      p.admin.statusMessageNote({ params: { id }, body: { body, expected_version } })
    expect((await note('early', 1)).error?.code).toBe('invalid_transition')
    await p.admin.statusMessagePublish({ params: { id }, body: { expected_version: 1 } })
    await note('first', 2)
    const { updates } = (await note('second', 3)).body
    expect(updates.map(({ body, by }) => ({ body, by }))).toEqual([
      { body: 'second', by: 'admin@localhost' },
      { body: 'first', by: 'admin@localhost' },
    ])
  })

  test('an end before the start and an unknown platform are refused', async () => {
    const answer = await p.admin.statusMessageCreate({
      body: { severity: 'info', title: 'x', start_at: p.at(), end_at: p.at(-1) },
    })
    expect(answer.error?.details?.fields).toHaveProperty(['body.end_at'])
    const unknown = await p.admin.statusMessageCreate({
      body: { severity: 'info', title: 'x', platform_ids: [crypto.randomUUID()] },
    })
    expect(unknown.error?.details?.fields).toHaveProperty(['body.platform_ids'])
  })

  test('of two who publish at once exactly one wins', async () => {
    const { id } = await create()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => p.admin.statusMessagePublish({ params: { id }, body: { expected_version: 1 } })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(p.portal.local.history('status_messages', id)).toHaveLength(2)
  })
})

describe('ingestion', () => {
  test('polls through the connector and the summary follows', async () => {
    const check = await makeCheck(p, (await makePlatform(p)).id)
    p.readings.set(check.id, fresh(p.at()))
    const run = (await p.admin.ingestionRunTrigger({ body: { source: 'databricks_job' } })).body
    expect(run).toMatchObject({ source: 'databricks_job', state: 'RUNNING', created_by: 'admin@localhost' })
    await p.portal.scheduler.idle()
    expect((await p.admin.ingestionRunLatest()).body.items).toMatchObject([
      { id: run.id, state: 'SUCCESS', results: 1 },
    ])
    const { summary, platform } = await only()
    expect(platform.state).toBe('green')
    expect(summary.ingestion).toEqual([
      { source: 'databricks_job', last_success_at: p.at(), last_run_state: 'SUCCESS', is_stale: false },
    ])
  })

  test('a source that nobody polls any more is called stale when its time has come, without anything being written', async () => {
    const check = await makeCheck(p, (await makePlatform(p)).id, { interval_seconds: 86_400 })
    p.readings.set(check.id, fresh(p.at()))
    await p.admin.ingestionRunTrigger({ body: { source: 'databricks_job' } })
    await p.portal.scheduler.idle()
    expect((await only()).summary.ingestion).toMatchObject([{ is_stale: false }])
    p.tick(p.config.INGESTION_STALE_SECONDS * 1000 + 1)
    expect((await only()).summary.ingestion).toMatchObject([{ is_stale: true }])
  })

  test('a service owner triggers what feeds the own platform only', async () => {
    await makeCheck(p, (await makePlatform(p)).id)
    expect((await p.as('service_owner').ingestionRunTrigger({ body: { source: 'databricks_job' } })).status).toBe(202)
    expect((await p.as('service_owner').ingestionRunTrigger({ body: { source: 'http' } })).status).toBe(422)
    expect((await p.as('triager').ingestionRunTrigger({ body: { source: 'databricks_job' } })).status).toBe(403)
    await p.portal.scheduler.idle()
  })

  test('a source that stops answering turns its platforms unknown with a reason, and readiness tells', async () => {
    const check = await makeCheck(p, (await makePlatform(p)).id)
    p.readings.set(check.id, fresh(p.at()))
    await p.portal.scheduler.tick()
    await p.portal.scheduler.idle()
    expect((await only()).platform.state).toBe('green')
    p.readings.set(check.id, {
      data_time: null,
      outcome: 'error',
      reading: null,
      observed_value: null,
      message: 'Databricks could not be reached.',
    })
    const poll = async () => {
      p.tick(MINUTE)
      await p.portal.scheduler.tick()
      await p.portal.scheduler.idle()
    }
    await poll()
    expect((await only()).platform).toMatchObject({ state: 'green', worst_check: { could_not_measure: true } })
    for (let minute = 0; minute < 20; minute += 1) await poll()
    expect((await only()).platform).toMatchObject({
      state: 'unknown',
      reason: 'stale',
      worst_check: { message: 'Databricks could not be reached.' },
    })
    const ready = (await p.plain.readyz()).body
    expect(ready.status).toBe('degraded')
    expect(ready.components).toContainEqual(
      expect.objectContaining({ name: 'ingestion:databricks_job', status: 'degraded', reason: 'failing' }),
    )
  })
})

describe('history', () => {
  test('says when it was down, floors uptime, and has one entry per UTC day', async () => {
    const platform = await makePlatform(p)
    const check = await makeCheck(p, platform.id, {
      kind: 'availability',
      interval_seconds: 600,
      warn_after_seconds: null,
      crit_after_seconds: null,
    })
    for (let minute = 0; minute < 60; minute += 10) {
      await push(check, {
        data_time: null,
        reading: 'green',
        ...(minute === 20 ? { outcome: 'fail', message: 'HTTP 500' } : {}),
      })
      p.tick(10 * MINUTE)
    }
    const { body } = await p.admin.platformHistory({ params: { id: platform.id }, query: { days: 7 } })
    expect(body.days).toHaveLength(7)
    expect(body.days.at(-1)).toMatchObject({
      day: '2026-11-22',
      state: 'red',
      red_ms: 10 * MINUTE,
      green_ms: 50 * MINUTE,
    })
    expect(body.days[0]).toMatchObject({ state: null, uptime: null })
    expect(body.uptime_percent).toBe(83.333)
    expect(body.coverage).toBe(1)
    expect(body.failures).toEqual([
      {
        check_id: check.id,
        check_name: check.name,
        started_at: new Date(START + 20 * MINUTE).toISOString(),
        ended_at: new Date(START + 30 * MINUTE).toISOString(),
        reason: 'failing',
        message: 'HTTP 500',
      },
    ])
  })

  test('late data rewrites the day that it touches, before the pusher is answered', async () => {
    const platform = await makePlatform(p)
    const check = await makeCheck(p, platform.id, {
      kind: 'availability',
      interval_seconds: 600,
      warn_after_seconds: null,
      crit_after_seconds: null,
    })
    for (let i = 0; i < 6 * 24; i += 1) {
      await push(check, { data_time: null, reading: 'green' })
      p.tick(10 * MINUTE)
    }
    const day = async () =>
      (await p.admin.platformHistory({ params: { id: platform.id }, query: { days: 2 } })).body.days[0]
    p.portal.history.rollUp(platform.id, Date.parse('2026-11-22T00:00:00.000Z'))
    expect(await day()).toMatchObject({ day: '2026-11-22', state: 'green', red_ms: 0 })
    await push(check, { measured_at: new Date(START + 5 * MINUTE).toISOString(), data_time: null, outcome: 'fail' })
    expect(await day()).toMatchObject({ state: 'red', red_ms: 5 * MINUTE })
  })

  test('maintenance is not downtime, also when it is announced afterwards', async () => {
    const platform = await makePlatform(p)
    const check = await makeCheck(p, platform.id, {
      kind: 'availability',
      interval_seconds: 600,
      warn_after_seconds: null,
      crit_after_seconds: null,
    })
    await push(check, { data_time: null, outcome: 'fail' })
    p.tick(10 * MINUTE)
    await push(check, { data_time: null, reading: 'green' })
    p.tick(10 * MINUTE)
    const uptime = async () => (await p.admin.platformHistory({ params: { id: platform.id }, query: { days: 1 } })).body
    expect((await uptime()).uptime).toBe(0.5)
    const window = (
      await p.admin.statusMessageCreate({
        body: {
          severity: 'maintenance',
          title: 'Upgrade',
          platform_ids: [platform.id],
          start_at: p.at(-20 * MINUTE),
          end_at: p.at(-10 * MINUTE),
        },
      })
    ).body
    await p.admin.statusMessagePublish({ params: { id: window.id }, body: { expected_version: 1 } })
    expect(await uptime()).toMatchObject({ uptime: 1, coverage: 0.5, red_ms: 0 })
  })

  test('the dashboard gets every platform in one reply, equal to each one alone', async () => {
    const [a, b] = [await makePlatform(p), await makePlatform(p)]
    await push(await makeCheck(p, a.id))
    p.tick(HOUR)
    const all = (await p.admin.statusHistory()).body.platforms
    expect(all.map(({ platform_id }) => platform_id).sort()).toEqual([a.id, b.id].sort())
    for (const one of all) {
      const alone = (await p.admin.platformHistory({ params: { id: one.platform_id } })).body
      expect(one.days).toEqual(alone.days.map(({ day, state, uptime }) => ({ day, state, uptime })))
    }
  })

  test('a day whose observations are gone keeps its roll-up, whatever is announced about it afterwards', async () => {
    const platform = await makePlatform(p)
    const yesterday = Date.parse('2026-11-21T00:00:00.000Z')
    const day = {
      red_ms: 1,
      yellow_ms: 0,
      green_ms: DAY - 1,
      unknown_ms: 0,
      maintenance_ms: 0,
      disabled_ms: 0,
      worst: 'red' as const,
      computed_at: p.at(),
    }
    p.portal.local.rollups.upsert([{ ...day, day: '2026-11-21', subject_kind: 'platform', subject_id: platform.id }])
    const window = (
      await p.admin.statusMessageCreate({
        body: {
          severity: 'maintenance',
          title: 'Was',
          platform_ids: [platform.id],
          start_at: new Date(yesterday).toISOString(),
          end_at: p.at(-DAY / 2),
        },
      })
    ).body
    await p.admin.statusMessagePublish({ params: { id: window.id }, body: { expected_version: 1 } })
    const { body } = await p.admin.platformHistory({ params: { id: platform.id }, query: { days: 2 } })
    expect(body.days[0]).toMatchObject({ day: '2026-11-21', red_ms: 1, green_ms: DAY - 1 })
  })
})
