import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Change } from '../../src/server/storage/journal.ts'
import { type Local, openLocal } from '../../src/server/storage/local/open.ts'
import { openReplicated, type Replicated } from '../../src/server/storage/replicated.ts'
import { observation, platform, platformChange, provenance, START } from '../../src/server/storage/samples.ts'
import { engine, type FaultKind } from './engine.ts'
import { type OpenSchema, openSchema, platformsOnly } from './open-schema.ts'

type Instance = Replicated & { local: Local; clock: { now: number } }

let schema: OpenSchema
let opened: Instance[] = []
beforeEach(async () => {
  schema = await openSchema({ records: platformsOnly })
})
afterEach(async () => {
  await engine.lift()
  for (const { stop } of opened) await stop(5000)
  for (const { local } of opened) local.close()
  opened = []
  await schema.close()
})

const instance = (skewMs = 0): Instance => {
  const clock = { now: START + skewMs }
  const local = openLocal(':memory:', { now: () => clock.now, isReplica: true })
  const nothing = () => undefined
  const replicated = openReplicated({
    local,
    warehouse: schema.warehouse,
    instance: `instance ${opened.length}`,
    clock: () => clock.now,
    syncEveryMs: 1000,
    flushEveryMs: 600_000,
    resultsDays: 7,
    tables: platformsOnly,
    onObservations: nothing,
    onPull: nothing,
    onFlush: nothing,
  })
  const one = Object.assign(replicated, { local, clock })
  opened.push(one)
  return one
}

const everything = (local: Local) => ({
  records: local.rows('platforms', 'ORDER BY id').map(({ id }) => local.history('platforms', id)),
  results: local.all('SELECT * FROM status_results ORDER BY check_id, measured_at'),
})

/** What the tables say, each version once, current ones apart. */
const table = async () => {
  const rows = async (sql: string) =>
    (await schema.warehouse.execute({ name: 'look', sql, isIdempotent: true })).rows.map(
      ({ id, version, name }) => `${id} ${version} ${name}`,
    )
  return {
    current: await rows('SELECT id, version, name FROM platforms ORDER BY id'),
    all: await rows(
      'SELECT DISTINCT id, version, name FROM (SELECT id, version, name FROM platforms UNION ALL SELECT id, version, name FROM platforms_history) ORDER BY id, version',
    ),
  }
}

/** The same of a replica. */
const copy = (local: Local) => {
  const lines = (rows: { id: string; version: number; name: string }[]) =>
    rows.map(({ id, version, name }) => `${id} ${version} ${name}`)
  const current = local.rows('platforms', 'ORDER BY id')
  return { current: lines(current), all: lines(current.flatMap(({ id }) => local.history('platforms', id))) }
}

/** Seeded, so that a walk that fails can be walked again. */
const dice = (seed: number) => {
  let state = seed
  return (sides: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

describe('two instances on real Delta tables', () => {
  it('race on one record: exactly one wins, and both have what won', async () => {
    const [a, b] = [instance(), instance()]
    const change = platformChange()
    await a.journal.commit([change], provenance())
    await b.sync.pull()
    for (let round = 1; round <= 2; round++) {
      const by = (name: string): Change[] => [{ ...change, expectedVersion: round, fields: platform({ name }) }]
      const settled = await Promise.allSettled([
        a.journal.commit(by(`A${round}`), provenance({ by: 'a' })),
        b.journal.commit(by(`B${round}`), provenance({ by: 'b' })),
      ])
      expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      await Promise.all([a.sync.pull(), b.sync.pull()])
      expect(a.local.row('platforms', change.id)).toEqual(b.local.row('platforms', change.id))
      expect(a.local.row('platforms', change.id)?.version).toBe(round + 1)
    }
    expect((await table()).all).toEqual(copy(a.local).all)
  })

  it('agree with each other and with the tables after 200 random operations under faults', {
    timeout: 1_200_000,
  }, async () => {
    const two = [instance(), instance(90_000)] as const
    const roll = dice(20261122)
    const ids = Array.from({ length: 12 }, () => platformChange().id)
    const faults: FaultKind[] = [
      'slow',
      'reject-429',
      'reject-503',
      'conflict',
      'drop-before',
      'drop-after',
      'kill',
      'kill-after',
      'pending',
    ] as const
    let done = 0
    const operation = async (n: number) => {
      const which = two[roll(2)] ?? two[0]
      const id = ids[roll(ids.length)] ?? ''
      which.clock.now += roll(1000)
      const now = which.local.row('platforms', id)
      const fields = platform({ name: `${n}` })
      const fault = roll(4) === 0 ? faults[roll(faults.length)] : undefined
      if (fault !== undefined) await engine.fault({ kind: fault, schema: schema.name, count: 1 })
      const change: Change = {
        table: 'platforms',
        id,
        expectedVersion: now?.version ?? 0,
        fields,
        isDeleted: roll(8) === 0,
      }
      const by = provenance({ at: which.clock.now, requestId: `request-${n}` })
      await which.journal.commit([change], by).then(
        () => {
          done += 1
        },
        () => undefined,
      )
      if (roll(4) === 0) await which.sync.pull().catch(() => undefined)
    }
    // Two at a time: one after the other would never be in each other's way.
    for (let n = 0; n < 200; n += 2) await Promise.all([operation(n), operation(n + 1)])
    await engine.lift()
    await Promise.all(two.map(({ sync }) => sync.pull()))
    const found = await table()
    expect(done).toBeGreaterThan(60)
    expect(new Set(found.current.map((line) => line.split(' ')[0])).size).toBe(found.current.length)
    for (const { local } of two) expect(copy(local)).toEqual(found)
    expect(everything(two[1].local)).toEqual(everything(two[0].local))
    // No hole in any chain of versions.
    for (const id of ids) {
      const versions = found.all.filter((line) => line.startsWith(id)).map((line) => Number(line.split(' ')[1]))
      expect(versions).toEqual(versions.map((_, i) => i + 1))
    }
  })

  it('whose clocks are 90 seconds apart see each other’s writes all the same', async () => {
    const [behind, ahead] = [instance(-90_000), instance(90_000)]
    for (let i = 0; i < 3; i++) {
      await ahead.journal.commit([platformChange()], provenance({ at: ahead.clock.now }))
      await behind.sync.pull()
      await behind.journal.commit([platformChange()], provenance({ at: behind.clock.now }))
      await ahead.sync.pull()
    }
    await behind.sync.pull()
    expect(everything(behind.local)).toEqual(everything(ahead.local))
    expect(ahead.local.rows('platforms')).toHaveLength(6)
  })

  it('do not both lead', async () => {
    const [a, b] = [instance(), instance()]
    const led = await Promise.all([a.turn(), b.turn()])
    expect(led.filter(Boolean)).toHaveLength(1)
    const [leader, other] = led[0] ? [a, b] : [b, a]
    await leader.stop(5000)
    expect(await other.turn()).toBe(true)
  })
})

describe('one instance', () => {
  it('keeps every version in the tables, also of what was sent in bulk before it changed again', async () => {
    const one = instance()
    const change = platformChange()
    for (const [expectedVersion, name] of ['First', 'Second', 'Third', 'Fourth'].entries()) {
      await one.deferred.commit(
        [{ ...change, expectedVersion, fields: platform({ name }) }],
        provenance({ at: START + expectedVersion }),
      )
      if (expectedVersion !== 1) await one.flush()
    }
    expect((await table()).all).toEqual(
      ['First', 'Second', 'Third', 'Fourth'].map((name, i) => `${change.id} ${i + 1} ${name}`),
    )
    const rebuilt = instance()
    await rebuilt.sync.pull()
    expect(everything(rebuilt.local)).toEqual(everything(one.local))
  })

  it('that dies between the two statements leaves no hole', async () => {
    const a = instance()
    const change = platformChange()
    await a.journal.commit([change], provenance())
    await engine.fault({ kind: 'kill', schema: schema.name, statement: 'write_versions', count: 10 })
    await expect(
      a.journal.commit([{ ...change, expectedVersion: 1, fields: platform({ name: 'B' }) }], provenance()),
    ).rejects.toMatchObject({ code: 'warehouse_unavailable' })
    await engine.lift()
    const rebuilt = instance()
    await rebuilt.sync.pull()
    expect(copy(rebuilt.local).all).toEqual([`${change.id} 1 ${change.fields.name}`])
    await rebuilt.journal.commit([{ ...change, expectedVersion: 1, fields: platform({ name: 'C' }) }], provenance())
    await a.sync.pull()
    expect(copy(a.local)).toEqual(await table())
  })

  it('whose answer was lost finds its write by reading it back', async () => {
    const a = instance()
    await engine.fault({ kind: 'drop-after', schema: schema.name, statement: 'write_versions', count: 1 })
    await a.journal.commit([platformChange()], provenance())
    expect((await table()).current).toHaveLength(1)
  })

  it('rebuilds its replica from nothing to what it was, observations and all', async () => {
    const a = instance()
    const changes = Array.from({ length: 30 }, () => platformChange())
    await a.journal.commit(changes, provenance())
    await a.journal.commit(
      changes.slice(0, 5).map((change) => ({ ...change, expectedVersion: 1, fields: platform({ name: 'é "\\ 😀' }) })),
      provenance(),
    )
    await a.deferred.observe([observation({ message: 'a\nb' }), observation({ check_id: 'b', data_time: null })])
    await a.turn()
    await a.sync.pull()
    const rebuilt = instance()
    await rebuilt.sync.pull()
    expect(everything(rebuilt.local)).toEqual(everything(a.local))
    expect(await table()).toEqual(copy(rebuilt.local))
  })
})
