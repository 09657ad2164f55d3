import { describe, expect, test } from 'vitest'
import { createLog } from '../observe/log.ts'
import { OutboundError } from '../outbound/outbound-error.ts'
import { createJournal } from '../storage/create-journal.ts'
import { embeddedLedger } from '../storage/embedded.ts'
import { openLocal } from '../storage/local/open.ts'
import type { Connector, Reading } from './connector.ts'
import { startRun } from './run.ts'
import { createScheduler } from './schedule.ts'

const { log } = createLog({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json', isLocal: false }, process.stdout)
const ok: Reading = { data_time: null, outcome: 'ok', reading: 'green', observed_value: null, message: null }
const check = (id: string) => ({
  id,
  kind: 'availability' as const,
  source: { connector: 'http' as const, url: 'http://x' },
  interval_seconds: 60,
})

function world(poll: Connector['poll'], timeoutMs = 60_000) {
  const local = openLocal(':memory:')
  const journal = createJournal(local, embeddedLedger(local))
  let now = Date.parse('2026-11-22T12:00:00.000Z')
  const parts = {
    journal,
    clock: () => now,
    log,
    timeoutMs,
    connectorFor: () => ({ name: 'http' as const, poll }) as Connector,
  }
  const runs = () => local.rows('ingestion_runs', 'ORDER BY created_at, id')
  return {
    local,
    parts,
    runs,
    run: (ids: string[], signal = new AbortController().signal) =>
      startRun(
        { source: 'http', checks: ids.map(check), by: 'system:test', requestId: crypto.randomUUID(), signal },
        parts,
      ),
    tick: (ms: number) => {
      now += ms
    },
    scheduler: (ids: string[]) =>
      createScheduler({
        ...parts,
        checks: () => ids.map(check),
        lastMeasured: () => new Map(local.results.latest(ids).map((row) => [row.check_id, row.measured_at])),
        runningRuns: () => runs().filter((run) => run.state === 'RUNNING'),
      }),
  }
}

describe('a run', () => {
  test('is RUNNING on disk before the first call leaves the process', async () => {
    let seen = ''
    const w = world(async () => {
      seen = w.runs()[0]?.state ?? 'nothing'
      return new Map([['a', ok]])
    })
    await (await w.run(['a'])).ended
    expect(seen).toBe('RUNNING')
    expect(w.runs()[0]).toMatchObject({
      state: 'SUCCESS',
      results: 1,
      failed_checks: 0,
      error_summary: null,
      version: 2,
    })
  })

  test('is not ended by a check that could not be measured or got no answer', async () => {
    const w = world(
      async () =>
        new Map<string, Reading>([
          ['a', ok],
          ['b', { ...ok, outcome: 'error', message: 'hung' }],
        ]),
    )
    const run = await (await w.run(['a', 'b', 'c'])).ended
    expect(run).toMatchObject({ state: 'SUCCESS', results: 3, failed_checks: 2 })
    expect(w.local.results.latest(['c'])[0]).toMatchObject({ outcome: 'error', run_id: run.id })
  })

  test('fails when the source cannot be asked, and every check then could not be measured', async () => {
    const w = world(async () => {
      throw new OutboundError('auth_failed', 'token refused client_secret=hunter2')
    })
    const run = await (await w.run(['a'])).ended
    expect(run).toMatchObject({
      state: 'FAIL',
      failed_checks: 1,
      error_summary: 'token refused client_secret=(hidden)',
    })
    expect(w.local.results.latest(['a'])[0]?.outcome).toBe('error')
  })

  test('shows nothing of what nobody foresaw: those words may hold anything', async () => {
    const w = world(async () => {
      throw new TypeError('hunter2 is not a function')
    })
    const run = await (await w.run(['a'])).ended
    expect(run).toMatchObject({ state: 'FAIL', failed_checks: 1 })
    expect(JSON.stringify([run, w.local.results.latest(['a'])])).not.toContain('hunter2')
  })

  test('fails when no check could be measured at all', async () => {
    const w = world(async () => new Map([['a', { ...ok, outcome: 'error', message: 'unreachable' }]]))
    expect(await (await w.run(['a'])).ended).toMatchObject({
      state: 'FAIL',
      error_summary: 'No check could be measured: unreachable',
    })
  })

  test('that takes too long is failed, and keeps what the connector still hands over', async () => {
    const w = world(async (_checks, { signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      return new Map([['a', ok]])
    }, 20)
    expect(await (await w.run(['a', 'b'])).ended).toMatchObject({
      state: 'FAIL',
      error_summary: 'No end within 0.02 s.',
      failed_checks: 1,
    })
  })

  test('that is stopped is closed as interrupted', async () => {
    const stop = new AbortController()
    const w = world(
      (_checks, { signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    )
    const started = await w.run(['a'], stop.signal)
    stop.abort()
    expect(await started.ended).toMatchObject({ state: 'FAIL', error_summary: 'interrupted' })
  })
})

describe('the scheduler', () => {
  test('closes runs that an ended process left RUNNING', async () => {
    const w = world(() => new Promise(() => {}))
    await w.run(['a'])
    expect(w.runs()[0]?.state).toBe('RUNNING')
    const scheduler = w.scheduler([])
    await scheduler.start()
    await scheduler.stop()
    expect(w.runs()[0]).toMatchObject({ state: 'FAIL', error_summary: 'interrupted' })
  })

  test('polls a check when it is due, once, and again after its interval', async () => {
    let polls = 0
    const w = world(async (checks) => {
      polls += 1
      return new Map(checks.map(({ id }) => [id, ok]))
    })
    const scheduler = w.scheduler(['a', 'b'])
    for (const [ms, expected] of [
      [0, 1],
      [0, 1],
      [59_999, 1],
      [1, 2],
    ] as const) {
      w.tick(ms)
      await scheduler.tick()
      await scheduler.idle()
      expect(polls).toBe(expected)
    }
    await scheduler.stop()
  })

  test('does not fall silent when the clock goes back', async () => {
    let polls = 0
    const w = world(async () => {
      polls += 1
      return new Map([['a', ok]])
    })
    const scheduler = w.scheduler(['a'])
    await scheduler.tick()
    await scheduler.idle()
    w.tick(-3_600_000)
    await scheduler.tick()
    await scheduler.idle()
    expect(polls).toBe(2)
    await scheduler.stop()
  })

  test('runs a source once when many ask at once', async () => {
    const w = world(async () => new Map([['a', ok]]))
    const scheduler = w.scheduler(['a'])
    const runs = await Promise.all([1, 2, 3].map(() => scheduler.trigger('http', 'system:test', crypto.randomUUID())))
    expect(new Set(runs.map(({ id }) => id)).size).toBe(1)
    await scheduler.idle()
    await scheduler.stop()
  })
})
