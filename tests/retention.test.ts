import { afterEach, describe, expect, test } from 'vitest'
import type { SourceName } from '../src/contracts/sources.ts'
import { newId } from '../src/server/storage/ids.ts'
import type { Observation } from '../src/server/storage/journal.ts'
import { makeCheck, makePlatform, openPortal, type TestPortal } from './support/portal.ts'
import { DAY, openStatus } from './support/status-core.ts'

const MINUTE = 60_000
const NOW = Date.UTC(2026, 10, 22, 12)
const MIDNIGHT = Date.UTC(2026, 10, 22)
const at = (ms: number) => new Date(ms).toISOString()
const days = { results: 3, rollups: 10, runs: 5 }
const HORIZON = MIDNIGHT - 3 * DAY
const [P, C] = ['platform-p', 'check-c']

let status: ReturnType<typeof openStatus>
let p: TestPortal | undefined
let isOpen = false
afterEach(async () => {
  if (isOpen) status.local.close()
  isOpen = false
  await p?.close()
  p = undefined
})

const result = (measuredAt: number, more: Partial<Observation> = {}): Observation => ({
  check_id: C,
  measured_at: at(measuredAt),
  data_time: null,
  outcome: 'ok',
  reading: null,
  observed_value: null,
  message: null,
  run_id: null,
  ...more,
})
/** Every five minutes, `count` of them, the last one five minutes before `end`. */
const measured = (end: number, count: number, more: Partial<Observation> = {}) =>
  Array.from({ length: count }, (_, index) => result(end - (count - index) * 5 * MINUTE, more))
const count = (table: string, where = 'true') =>
  status.local.get<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE ${where}`)?.n ?? 0
const older = () => count('status_results', `measured_at < '${at(HORIZON)}'`)

async function begin(observations: readonly Observation[], onDeleted?: (table: string, rows: number) => void) {
  status = openStatus(':memory:', NOW, days, onDeleted)
  isOpen = true
  await status.platform(P, MIDNIGHT - 20 * DAY)
  await status.check(C, MIDNIGHT - 20 * DAY, { platform_id: P })
  status.local.observe(observations)
}

describe('results', () => {
  test.each([
    ['the time of the data', result(HORIZON - 9 * DAY, { data_time: at(HORIZON - 9 * DAY) }), {}],
    ['the last success', result(HORIZON - 9 * DAY, { message: 'well' }), { outcome: 'error' as const }],
    ['the last failure', result(HORIZON - 9 * DAY, { outcome: 'fail', message: 'boom' }), {}],
  ])('%s outlives hundreds of newer results that say nothing of it', async (_what, old, since) => {
    // One that claims to know the future is no watermark, however new.
    const skewed = result(HORIZON - 8 * DAY, { ...since, data_time: at(NOW) })
    await begin([old, skewed, ...measured(HORIZON, 900, since), ...measured(NOW, 700, since)])
    const earlier = status.seen([P], 3, HORIZON)
    expect((await status.retention.run()).status_results).toBeGreaterThan(490)
    status.board.forget()
    status.history.forget()
    expect(status.seen([P], 3, HORIZON)).toEqual(earlier)
    expect(older()).toBeLessThanOrEqual(403)
  })

  test('go when they are older than the midnight that the days say, but for the newest four hundred', async () => {
    await begin([...measured(HORIZON, 1000), result(HORIZON - 1), result(HORIZON), ...measured(NOW, 10)])
    expect(await status.retention.run()).toMatchObject({ status_results: 600 })
    expect(older()).toBe(401)
    const kept = status.local.results.range(C, at(0), at(NOW))
    expect(kept).toHaveLength(412)
    // Before those, the last one that was well.
    expect(kept[1]?.measured_at).toBe(at(HORIZON - 399 * 5 * MINUTE))
    expect(status.store.resultsKeptFrom()).toBe(HORIZON)
  })

  test('of a check that is measured seldom stay', async () => {
    await begin([result(HORIZON - 8 * DAY, { data_time: at(HORIZON - 8 * DAY) })])
    await status.retention.run()
    expect(older()).toBe(1)
  })

  test('of a retired platform are rolled up before they go', async () => {
    await begin(measured(HORIZON, 1000, { outcome: 'fail' }))
    const platform = status.store.platform(P)
    await status.local.apply(
      [{ table: 'platforms', id: P, expectedVersion: 1, fields: { ...own(platform), is_retired: true } }],
      { by: 'test', actor: null, at: NOW, action: 'test', requestId: 'r' },
      { strict: true },
    )
    await status.retention.run()
    expect(count('status_rollups', "subject_kind = 'platform'")).toBe(7)
    expect(count('status_rollups', "subject_kind = 'platform' AND red_ms > 0")).toBeGreaterThan(2)
  })

  test('a maintenance window set for days whose results are gone leaves them as they were', async () => {
    await begin(measured(HORIZON, 1500, { outcome: 'fail' }))
    await status.retention.run()
    const red = () => status.history.of(P, HORIZON - 6 * DAY, NOW).red_ms
    const earlier = red()
    expect(earlier).toBeGreaterThan(DAY)
    await status.maintenance('m', NOW, { start_at: at(HORIZON - 4 * DAY), end_at: at(HORIZON), platform_ids: [P] })
    status.history.rollUp(P, HORIZON - DAY)
    expect(red()).toBe(earlier)
  })

  test('that were deleted do not come back when more days are asked to be kept', async () => {
    await begin([...measured(HORIZON, 1000), ...measured(NOW, 10)])
    await status.retention.run()
    expect(status.retention.keeps(at(HORIZON - 1))).toBe(false)
    expect(status.retention.keeps(at(HORIZON))).toBe(true)
    status.local.expiry.keepResultsFrom(at(HORIZON - DAY))
    expect(status.store.resultsKeptFrom()).toBe(HORIZON)
  })
})

describe('a run of retention', () => {
  test('tells how many rows went, to a hook by batch and to the log once, and nothing when none did', async () => {
    const told: [string, number][] = []
    await begin(measured(HORIZON, 1700), (table, rows) => told.push([table, rows]))
    await status.retention.run()
    // Ten of twenty days are older than roll-ups are kept: of the platform and of its check.
    const rows = { status_results: 1299, status_rollups: 20 }
    expect(status.logged).toEqual([{ event: 'retention.deleted', rows }])
    expect(told.map(([table]) => table)).toEqual([
      'status_results',
      'status_results',
      'status_results',
      'status_rollups',
    ])
    expect(told.reduce((sum, [, n]) => sum + n, 0)).toBe(1319)
    await status.retention.run()
    expect(status.logged).toHaveLength(1)
    expect(told).toHaveLength(4)
  })

  test('that is told to stop ends after a step', async () => {
    let stopping: Promise<void> | undefined
    await begin(measured(HORIZON, 2400), () => {
      stopping ??= status.retention.stop()
    })
    expect(await status.retention.run()).toEqual({ status_results: 500 })
    await stopping
    expect(older()).toBe(1900)
  })

  test('that fails says so and is tried again', async () => {
    await begin(measured(HORIZON, 900))
    const { deleteResults } = status.local.expiry
    let isBroken = true
    status.local.expiry.deleteResults = (...given) => {
      if (isBroken) throw new Error('database is locked')
      return deleteResults(...given)
    }
    await status.retention.run()
    expect(status.logged).toMatchObject([{ event: 'retention.failed' }])
    isBroken = false
    expect(await status.retention.run()).toMatchObject({ status_results: 499 })
  })

  test('roll-ups that are older than they are kept go, and are not made again', async () => {
    await begin([...measured(HORIZON, 5000), ...measured(NOW, 10)])
    await status.retention.run()
    const oldest = () => status.local.get<{ day: string }>('SELECT min(day) AS day FROM status_rollups')?.day
    expect(oldest()).toBe(at(MIDNIGHT - 10 * DAY).slice(0, 10))
    status.history.start()
    status.history.close()
    expect([...status.history.rollUpBefore(MIDNIGHT)]).toHaveLength(2)
    expect(oldest()).toBe(at(MIDNIGHT - 10 * DAY).slice(0, 10))
  })
})

describe('ingestion runs', () => {
  const end = async (
    source: SourceName,
    startedAt: number,
    state: 'SUCCESS' | 'FAIL',
    endedAt = startedAt + MINUTE,
  ) => {
    const id = newId(startedAt)
    const fields = { source: source, started_at: at(startedAt) }
    await status.run(id, startedAt, fields)
    await status.run(id, endedAt, { ...fields, state, ended_at: at(endedAt) })
    return id
  }
  const ids = () => status.local.all<{ id: string }>('SELECT id FROM ingestion_runs ORDER BY id').map(({ id }) => id)
  const OLD = NOW - 5 * DAY

  test('that ended long ago go with their history and audit; the newest and the newest success of a source stay', async () => {
    await begin([])
    const gone = [
      await end('fabric_job', OLD - 50 * MINUTE, 'SUCCESS'),
      await end('fabric_job', OLD - 30 * MINUTE, 'FAIL'),
      await end('databricks_job', OLD - 20 * MINUTE, 'SUCCESS'),
      await end('databricks_job', OLD - MINUTE - 1, 'FAIL'),
    ]
    const kept = [
      await end('fabric_job', OLD - 40 * MINUTE, 'SUCCESS'),
      await end('fabric_job', OLD - 10 * MINUTE, 'FAIL'),
      await end('databricks_job', OLD - MINUTE, 'FAIL'),
      await end('databricks_job', OLD, 'SUCCESS'),
    ]
    const stuck = newId(OLD - DAY)
    await status.run(stuck, OLD - DAY, {})
    const told = () => [status.store.newestRuns(), status.store.lastSuccessOf('fabric_job'), status.store.runningRuns()]
    const earlier = told()
    expect(await status.retention.run()).toMatchObject({ ingestion_runs: 4, ingestion_runs_history: 4, version_log: 8 })
    expect(ids()).toEqual([...kept, stuck].sort())
    expect(told()).toEqual(earlier)
    for (const id of gone) expect(count('version_log', `record_id = '${id}'`)).toBe(0)
    // What is left can be read from the first to the last.
    expect(status.local.versionsAfter(0, 100)).toHaveLength(11)
    expect(status.local.versionsPage({ table: 'ingestion_runs' }, { limit: 50 }).rows).toHaveLength(9)
  })

  test('no number of the log of versions is given out twice', async () => {
    await begin([])
    await end('fabric_job', OLD - 50 * MINUTE, 'FAIL', OLD - 5 * MINUTE)
    const newest = () => status.local.get<{ seq: number }>('SELECT max(seq) AS seq FROM version_log')?.seq
    await end('fabric_job', OLD - 40 * MINUTE, 'FAIL')
    // Begun first and ended last: the log ends with it though it is not the newest.
    const last = newId(OLD - 60 * MINUTE)
    await status.run(last, OLD - 60 * MINUTE, { source: 'fabric_job' })
    await status.run(last, OLD - 3 * MINUTE, {
      source: 'fabric_job',
      started_at: at(OLD - 60 * MINUTE),
      state: 'FAIL',
      ended_at: at(OLD - 3 * MINUTE),
    })
    const before = newest()
    await status.retention.run()
    expect(newest()).toBe(before)
    expect(ids()).toContain(last)
  })

  test('more than one batch of them go', async () => {
    await begin([])
    for (let index = 0; index < 230; index += 1) await end('fabric_job', OLD - DAY + index * MINUTE, 'SUCCESS')
    expect(await status.retention.run()).toMatchObject({ ingestion_runs: 229 })
  })
})

describe('a portal', () => {
  test('answers from roll-ups beyond what it keeps, refuses what is older, and shows nothing from a cache that is gone', async () => {
    p = await openPortal({ env: { RETENTION_RESULTS_DAYS: '2' } })
    const platform = await makePlatform(p)
    const check = await makeCheck(p, platform.id, { source: { connector: 'push' }, interval_seconds: 300 })
    p.tick(DAY / 4)
    const push = (offset: number) =>
      p?.admin.statusResultPush({
        body: { check_id: check.id, measured_at: p.at(offset), outcome: 'fail', message: 'boom' },
      })
    for (let minute = 0; minute < 500; minute += 5) await push((minute - 500) * MINUTE + MINUTE)
    p.portal.local.observe(
      Array.from({ length: 600 }, (_, index) =>
        result((p as TestPortal).now - (index + 1) * 1000, { check_id: check.id, outcome: 'fail' }),
      ),
    )
    p.tick(5 * DAY)
    const list = () => p?.admin.statusResultList({ query: { limit: 1 } })
    const etag = (await list())?.headers.etag
    await p.portal.retention.run()
    const line = p.lines.find(({ event }) => event === 'retention.deleted')
    expect(line).toMatchObject({ level: 'info', rows: { status_results: 297 } })
    expect((await list())?.headers.etag).not.toBe(etag)

    const history = await p.admin.platformHistory({ params: { id: platform.id }, query: { days: 7 } })
    const known = history.body.days.filter(({ red_ms }) => red_ms > 0)
    expect(known.map(({ day }) => day)).toContain('2026-11-22')

    expect((await push(-2 * DAY - 1))?.error?.details).toEqual({
      fields: { 'body.measured_at': 'is older than results are kept' },
    })
    const old = result(p.now - 4 * DAY, { check_id: check.id })
    expect(await p.portal.journal.observe([old])).toEqual({ accepted: 0, repeated: 0 })
    const again = await p.admin.platformHistory({ params: { id: platform.id }, query: { days: 7 } })
    expect(again.body.days).toEqual(history.body.days)
  })

  test('does not keep roll-ups for less long than results', async () => {
    await expect(openPortal({ env: { RETENTION_ROLLUP_DAYS: '89' } })).rejects.toThrow(
      'RETENTION_ROLLUP_DAYS must not be less than RETENTION_RESULTS_DAYS',
    )
  })
})

/** A row's own fields. */
function own(row: object | null): Record<string, unknown> {
  const { id, version, created_at, created_by, updated_at, updated_by, ...fields } = row as Record<string, unknown>
  return fields
}
