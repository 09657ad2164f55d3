import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDeltaLedger } from '../../src/server/storage/delta/ledger.ts'
import { maintenanceStatements, retentionStatements } from '../../src/server/storage/delta/maintenance.ts'
import { applySchema } from '../../src/server/storage/delta/schema.ts'
import { observation } from '../../src/server/storage/samples.ts'
import { tables } from '../../src/server/storage/tables.ts'
import { type OpenSchema, openSchema, platformsOnly } from './open-schema.ts'

let schema: OpenSchema
beforeEach(async () => {
  schema = await openSchema({})
})
afterEach(() => schema.close())

const rowsOf = async (sql: string) => (await schema.warehouse.execute({ name: 'look', sql, isIdempotent: true })).rows

describe('the schema', () => {
  it('is made whole, and a second time there is nothing to do', async () => {
    const first = await applySchema(schema.warehouse, { version: '1' })
    expect(first.isCurrent).toBe(false)
    expect(first.made).toContain('work_items_history')
    expect(await applySchema(schema.warehouse, { version: '1' })).toEqual({ isCurrent: true, made: [] })
  })

  it('gains a column, filled, and is refused by what does not know the column', async () => {
    const { platforms } = platformsOnly
    await applySchema(schema.warehouse, { version: '1', records: platformsOnly })
    const ledger = createDeltaLedger(schema.warehouse, {
      tables: platformsOnly,
      resultsFrom: () => '1970-01-01T00:00:00.000Z',
      overlapMs: 0,
    })
    const { platformChange, provenance } = await import('../../src/server/storage/samples.ts')
    await ledger.append([platformChange()], provenance())
    const wider = {
      platforms: { ...platforms, columns: { ...platforms.columns, tier: { type: 'text', initial: "it's new" } } },
    } as const
    const { made } = await applySchema(schema.warehouse, { version: '2', records: wider })
    expect(made).toEqual(['platforms.tier', 'platforms_history.tier'])
    expect(await rowsOf('SELECT tier FROM platforms')).toEqual([{ tier: "it's new" }])
    const older = { platforms: { ...platforms, comment: 'Changed, so that it is looked at.' } }
    await expect(applySchema(schema.warehouse, { version: '1', records: older })).rejects.toThrow('A newer Lakeport')
  })
})

describe('maintenance', () => {
  it('deletes raw observations whose day is rolled up, but for what a check’s state follows from', async () => {
    await applySchema(schema.warehouse, {
      version: '1',
      records: { ...platformsOnly, ingestion_runs: tables.ingestion_runs },
    })
    const ledger = createDeltaLedger(schema.warehouse, {
      tables: platformsOnly,
      resultsFrom: () => '1970-01-01T00:00:00.000Z',
      overlapMs: 0,
    })
    const day = (n: number) => new Date(Date.now() - n * 86_400_000).toISOString()
    const at = (n: number, i: number) => new Date(Date.parse(day(n)) + i).toISOString()
    // 450 on a day that is rolled up, the only failure among them first, and 10 of a day that is not.
    const old = Array.from({ length: 450 }, (_, i) =>
      observation({ measured_at: at(200, i), outcome: i === 0 ? 'fail' : 'ok' }),
    )
    const unsettled = Array.from({ length: 10 }, (_, i) => observation({ check_id: 'other', measured_at: at(200, i) }))
    await ledger.observe([...old, ...unsettled, observation({ measured_at: day(1) })])
    await ledger.putRollups([
      {
        subject_kind: 'check',
        subject_id: 'check-a',
        day: day(200).slice(0, 10),
        red_ms: 0,
        yellow_ms: 0,
        green_ms: 1,
        unknown_ms: 0,
        maintenance_ms: 0,
        disabled_ms: 0,
        worst: null,
        computed_at: day(199),
      },
    ])
    const days = { type: 'INT', value: '90' } as const
    for (const sql of retentionStatements) {
      const named = ['results_days', 'rollup_days', 'runs_days'].filter((name) => sql.includes(`:${name}`))
      await schema.warehouse.execute({
        name: 'maintain',
        sql,
        params: Object.fromEntries(named.map((name) => [name, days])),
        isIdempotent: true,
      })
    }
    const left = await rowsOf('SELECT check_id, outcome, count(*) AS n FROM status_results GROUP BY ALL ORDER BY ALL')
    expect(left).toEqual([
      { check_id: 'check-a', outcome: 'fail', n: 1 },
      { check_id: 'check-a', outcome: 'ok', n: 400 },
      { check_id: 'other', outcome: 'ok', n: 10 },
    ])
  })

  it('names only tables that there are', async () => {
    await applySchema(schema.warehouse, { version: '1' })
    const known = new Set((await rowsOf('SHOW TABLES')).map(({ tableName }) => String(tableName)))
    const named = maintenanceStatements.flatMap((sql) => /^(?:OPTIMIZE|VACUUM) (\w+)$/.exec(sql)?.[1] ?? [])
    expect(named.filter((name) => !known.has(name))).toEqual([])
  })
})
