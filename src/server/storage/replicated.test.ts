import { afterEach, describe, expect, it } from 'vitest'
import { createWarehouseDouble, type WarehouseDouble } from './delta/double.ts'
import { WarehouseError } from './delta/warehouse.ts'
import { type Local, openLocal } from './local/open.ts'
import { openReplicated, type Replicated, type ReplicatedParts } from './replicated.ts'
import { instant, observation, platform, platformChange, provenance, START } from './samples.ts'
import { type RecordTopic, tables } from './tables.ts'

interface Instance extends Replicated {
  local: Local
  told: { failures: unknown[]; fresh: number }
}

const opened: Instance[] = []
afterEach(async () => {
  const instances = opened.splice(0)
  for (const { stop } of instances) await stop(1000)
  for (const local of new Set(instances.map(({ local }) => local))) local.close()
})

let now = START
/** One instance of the portal's store, with a replica of its own. */
const instanceOf = (double: WarehouseDouble, more: Partial<ReplicatedParts> & { local?: Local } = {}): Instance => {
  const local = more.local ?? openLocal(':memory:', { now: () => now, isReplica: true })
  const told = { failures: [] as unknown[], fresh: 0 }
  const replicated = openReplicated({
    local,
    warehouse: double.warehouse,
    instance: `instance ${opened.length}`,
    clock: () => now,
    syncEveryMs: 10_000,
    flushEveryMs: 600_000,
    resultsDays: 7,
    onObservations: (fresh) => {
      told.fresh += fresh.length
    },
    onPull: (failure) => failure !== null && told.failures.push(failure),
    onFlush: (failure) => failure !== null && told.failures.push(failure),
    ...more,
  })
  const instance = Object.assign(replicated, { local, told })
  opened.push(instance)
  return instance
}

/** Everything that two stores of the same records must agree on. */
const everything = (local: Local) => ({
  records: (Object.keys(tables) as RecordTopic[]).map((table) =>
    local.rows(table, 'ORDER BY id').map(({ id }) => local.history(table, id)),
  ),
  results: local.all('SELECT * FROM status_results ORDER BY check_id, measured_at'),
  rollups: local.all('SELECT * FROM status_rollups ORDER BY subject_kind, subject_id, day'),
})

const lost = () => {
  throw new WarehouseError('unavailable', 'The warehouse could not be reached.', false)
}

describe('two instances', () => {
  it('see what the other wrote after a pull, and agree on everything', async () => {
    const double = createWarehouseDouble()
    const [a, b] = [instanceOf(double), instanceOf(double)]
    const change = platformChange()
    await a.journal.commit([change], provenance())
    await a.journal.commit(
      [{ ...change, expectedVersion: 1, fields: platform({ name: 'B' }) }],
      provenance({ at: START + 1 }),
    )
    await b.sync.pull()
    await a.sync.pull()
    expect(b.local.row('platforms', change.id)).toMatchObject({ name: 'B', version: 2, created_by: 'ada@example.org' })
    expect(everything(b.local)).toEqual(everything(a.local))
  })

  it('one of them wins a record, and the other has what won when it is told', async () => {
    const double = createWarehouseDouble()
    const [a, b] = [instanceOf(double), instanceOf(double)]
    const change = platformChange()
    await a.journal.commit([change], provenance())
    await b.sync.pull()
    const by = (name: string) => [{ ...change, expectedVersion: 1, fields: platform({ name }) }]
    const settled = await Promise.allSettled([
      a.journal.commit(by('A'), provenance({ by: 'a' })),
      b.journal.commit(by('B'), provenance({ by: 'b' })),
    ])
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const rows = [a, b].map(({ local }) => local.row('platforms', change.id))
    expect(rows[0]).toEqual(rows[1])
    expect(rows[0]).toMatchObject({ version: 2 })
  })

  it('a pull that brings nothing new tells nobody', async () => {
    const double = createWarehouseDouble()
    const a = instanceOf(double)
    await a.journal.commit([platformChange()], provenance())
    await a.journal.observe([observation()])
    const before = a.local.revision
    await a.sync.pull()
    await a.sync.pull()
    expect(a.local.revision).toBe(before)
  })
})

describe('a replica', () => {
  it('rebuilt from nothing equals the old one', async () => {
    const double = createWarehouseDouble()
    const a = instanceOf(double)
    const changes = Array.from({ length: 1200 }, () => platformChange())
    await a.journal.commit(changes, provenance())
    for (const change of changes.slice(0, 40))
      await a.journal.commit([{ ...change, expectedVersion: 1, isDeleted: true }], provenance({ at: START + 5 }))
    await a.journal.observe([observation(), observation({ check_id: 'check-b', outcome: 'fail' })])
    await a.sync.pull()
    const rebuilt = instanceOf(double)
    await rebuilt.sync.pull()
    expect(everything(rebuilt.local)).toEqual(everything(a.local))
  })

  it('is used again after a restart, from where it was', async () => {
    const double = createWarehouseDouble()
    const a = instanceOf(double)
    await a.journal.commit([platformChange()], provenance())
    await a.sync.pull()
    double.tick(3_600_000)
    const again = instanceOf(double, { local: a.local })
    expect(again.sync.isComplete).toBe(true)
    expect(again.sync.asOf).toBe(START)
    await again.journal.commit([platformChange()], provenance())
    await again.sync.pull()
    expect(again.local.rows('platforms')).toHaveLength(2)
  })

  it('holds raw observations of the last days, and what each check’s state follows from', async () => {
    const double = createWarehouseDouble()
    const a = instanceOf(double)
    const old = observation({ measured_at: instant(-30 * 86_400_000) })
    await a.ledger.observe([old, observation()])
    double.statements.length = 0
    await a.sync.pull()
    expect(double.statements).toEqual(['pull', 'pull_pasts'])
    expect(a.local.results.range('check-a', '2000-01-01', '2100-01-01')).toEqual([old, observation()])
    expect(a.told.fresh).toBe(2)
    await a.sync.pull()
    expect(double.statements.slice(2)).toEqual(['pull'])
  })

  it('is complete only when the first copy has come to its end', async () => {
    const double = createWarehouseDouble()
    const a = instanceOf(double)
    expect([a.sync.isComplete, a.sync.asOf]).toEqual([false, null])
    double.onStatement(lost)
    await expect(a.sync.pull()).rejects.toMatchObject({ code: 'warehouse_unavailable' })
    expect([a.sync.isComplete, a.told.failures.length]).toEqual([false, 1])
    double.onStatement(() => undefined)
    await a.sync.pull()
    expect([a.sync.isComplete, a.sync.asOf, a.sync.isBehind]).toEqual([true, START, false])
  })
})

describe('looking', () => {
  it('pulls once however many look, and not again before it is due', async () => {
    now = START
    const double = createWarehouseDouble()
    const a = instanceOf(double)
    await a.sync.pull()
    double.statements.length = 0
    for (let i = 0; i < 500; i++) a.sync.look()
    expect(double.statements).toEqual([])
    now += 10_000
    for (let i = 0; i < 500; i++) a.sync.look()
    await a.sync.pull()
    expect(double.statements).toEqual(['pull'])
  })

  it('says what was last known while the warehouse is away, and since when', async () => {
    now = START
    const double = createWarehouseDouble()
    const a = instanceOf(double)
    await a.sync.pull()
    now += 10_000
    double.onStatement(lost)
    await a.sync.pull().catch(() => undefined)
    expect([a.sync.isBehind, a.sync.asOf]).toEqual([true, START])
    double.onStatement(() => undefined)
    await a.sync.pull()
    expect([a.sync.isBehind, a.sync.asOf]).toEqual([false, START + 10_000])
  })

  it('looks again within seconds after a failure, whatever the interval', async () => {
    now = START
    const double = createWarehouseDouble()
    const a = instanceOf(double)
    await a.sync.pull()
    double.onStatement(lost)
    await a.sync.pull().catch(() => undefined)
    double.onStatement(() => undefined)
    double.statements.length = 0
    now += 3999
    a.sync.look()
    expect(double.statements).toEqual([])
    now += 1
    a.sync.look()
    await a.sync.stop()
    expect(double.statements).toEqual(['pull'])
  })
})

describe('what is measured here', () => {
  const run = (state: string) => ({
    source: 'http',
    state,
    started_at: instant(),
    ended_at: null,
    results: 0,
    failed_checks: 0,
    error_summary: null,
  })
  const record = (id: string, expectedVersion: number, state: string) => ({
    table: 'ingestion_runs' as const,
    id,
    expectedVersion,
    fields: run(state),
  })

  it('costs no statement until it is sent, and then a handful for all of it', async () => {
    const double = createWarehouseDouble()
    const a = instanceOf(double)
    for (let i = 0; i < 50; i++) {
      await a.deferred.commit([record(`run-${i}`, 0, 'RUNNING')], provenance())
      await a.deferred.observe([observation({ measured_at: instant(i) })])
      await a.deferred.commit([record(`run-${i}`, 1, 'SUCCESS')], provenance({ at: START + 1 }))
    }
    expect(double.statements).toEqual([])
    expect(a.local.row('ingestion_runs', 'run-7')).toMatchObject({ state: 'SUCCESS', version: 2 })
    expect(await a.turn()).toBe(true)
    expect(double.statements).toEqual(['renew_lease', 'put_older_versions', 'put_versions', 'put_results'])
    const b = instanceOf(double)
    await b.sync.pull()
    await a.sync.pull()
    expect(everything(b.local)).toEqual(everything(a.local))
  })

  it('keeps every version, also of what was sent before it changed again', async () => {
    const double = createWarehouseDouble()
    const a = instanceOf(double)
    const versions = ['RUNNING', 'RUNNING', 'FAIL', 'SUCCESS']
    for (const [version, state] of versions.entries()) {
      await a.deferred.commit([record('run', version, state)], provenance({ at: START + version }))
      if (version !== 1) await a.turn()
    }
    expect(double.rowsOf('ingestion_runs_history').map(({ version }) => version)).toEqual([1, 2, 3])
    const b = instanceOf(double)
    await b.sync.pull()
    await a.sync.pull()
    expect(b.local.history('ingestion_runs', 'run')).toHaveLength(versions.length)
    expect(everything(b.local)).toEqual(everything(a.local))
  })

  it('is sent again when the answer was lost, and is there once', async () => {
    const double = createWarehouseDouble()
    const a = instanceOf(double)
    await a.deferred.observe([observation()])
    await a.deferred.commit([record('run', 0, 'RUNNING')], provenance())
    double.onDone(({ name }) => {
      if (name === 'put_results') lost()
    })
    await a.turn()
    expect([a.told.failures.length, a.local.unsent.count]).toEqual([1, 1])
    double.onDone(() => undefined)
    await a.turn()
    expect(a.local.unsent.count).toBe(0)
    expect(double.rowsOf('status_results')).toHaveLength(1)
    expect(double.rowsOf('ingestion_runs')).toHaveLength(1)
  })

  it('what changes while it is sent is sent once more', async () => {
    const double = createWarehouseDouble()
    const a = instanceOf(double)
    const day = {
      subject_kind: 'check',
      subject_id: 'c',
      day: '2026-11-20',
      worst: null,
      computed_at: instant(),
    } as const
    const times = { red_ms: 0, yellow_ms: 0, green_ms: 1, unknown_ms: 0, maintenance_ms: 0, disabled_ms: 0 }
    a.local.rollups.upsert([{ ...day, ...times }])
    double.onDone(({ name }) => {
      if (name !== 'put_rollups') return
      double.onDone(() => undefined)
      a.local.rollups.upsert([{ ...day, ...times, green_ms: 2, computed_at: instant(1) }])
    })
    await a.turn()
    expect(double.rowsOf('status_rollups')).toMatchObject([{ green_ms: 2 }])
    expect(a.local.unsent.count).toBe(0)
  })

  it('is told before a person changes the same record', async () => {
    const double = createWarehouseDouble()
    const a = instanceOf(double)
    await a.deferred.commit([record('run', 0, 'RUNNING')], provenance())
    await a.journal.commit([record('run', 1, 'FAIL')], provenance({ by: 'bo' }))
    expect(double.statements).toEqual(['put_versions', 'keep_versions', 'write_versions'])
    expect(double.rowsOf('ingestion_runs')).toMatchObject([{ version: 2, state: 'FAIL' }])
  })

  it('is sent, and the lease let go, when the instance stops', async () => {
    const double = createWarehouseDouble()
    const [a, b] = [instanceOf(double), instanceOf(double)]
    await a.turn()
    await a.deferred.observe([observation()])
    expect(await b.turn()).toBe(false)
    await a.stop(5000)
    expect(double.rowsOf('status_results')).toHaveLength(1)
    expect(await b.turn()).toBe(true)
  })
})

describe('the lease', () => {
  it('is held by one of many who ask at once, until its time is over', async () => {
    const double = createWarehouseDouble()
    const many = Array.from({ length: 5 }, () => instanceOf(double))
    const held = await Promise.all(many.map(({ turn }) => turn()))
    expect(held.filter(Boolean)).toHaveLength(1)
    double.tick(2 * 600_000 + 61_000)
    const other = many[held.indexOf(false)]
    expect(await other?.turn()).toBe(true)
    expect(await many[held.indexOf(true)]?.turn()).toBe(false)
  })

  it('stays with who has it while the warehouse cannot be asked, and is taken by nobody', async () => {
    const double = createWarehouseDouble()
    const [a, b] = [instanceOf(double), instanceOf(double)]
    await a.turn()
    double.onStatement(lost)
    expect([await a.turn(), await b.turn()]).toEqual([true, false])
    double.onStatement(() => undefined)
  })
})
