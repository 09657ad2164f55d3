import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Param } from '../../src/server/storage/delta/warehouse.ts'
import { type EngineFault, engine } from './engine.ts'
import { type OpenSchema, openSchema } from './open-schema.ts'

let schema: OpenSchema
beforeEach(async () => {
  schema = await openSchema({ statements: ['CREATE TABLE numbers (id INT NOT NULL, n BIGINT) USING DELTA'] })
})
afterEach(async () => {
  await engine.lift()
  await schema.close()
})

const ask = (sql: string, params: Record<string, Param> = {}, more = {}) =>
  schema.warehouse.execute({ name: 'ask', sql, params, isIdempotent: true, ...more })
const fault = (more: Omit<EngineFault, 'schema'>) => engine.fault({ ...more, schema: schema.name })
const insert = (count: number) =>
  ask(`INSERT INTO numbers SELECT CAST(id AS INT), id * 10 FROM range(${count})`, {}, { name: 'insert' })

describe('the statement client on a real engine', () => {
  it('gives every type of parameter and gets it back, and null for each', async () => {
    const values: Record<string, [Param, unknown]> = {
      text: [{ type: 'STRING', value: 'é "\\ \' 😀 \n :x' }, 'é "\\ \' 😀 \n :x'],
      small: [{ type: 'INT', value: '-7' }, -7],
      large: [{ type: 'BIGINT', value: '1795433904808628' }, 1_795_433_904_808_628],
      real: [{ type: 'DOUBLE', value: '0.25' }, 0.25],
      yes: [{ type: 'BOOLEAN', value: 'true' }, true],
      at: [{ type: 'TIMESTAMP', value: '2026-11-22T12:00:00.123Z' }, '2026-11-22T12:00:00.123Z'],
    }
    const names = Object.keys(values)
    const params = Object.fromEntries(names.map((name) => [name, values[name]?.[0] as Param]))
    const { rows } = await ask(`SELECT ${names.map((name) => `:${name} AS ${name}`).join(', ')}`, params)
    expect(rows).toEqual([Object.fromEntries(names.map((name) => [name, values[name]?.[1]]))])
    const nulls = Object.fromEntries(names.map((name) => [name, { ...(params[name] as Param), value: null }]))
    const empty = await ask(`SELECT ${names.map((name) => `:${name} AS ${name}`).join(', ')}`, nulls)
    expect(empty.rows).toEqual([Object.fromEntries(names.map((name) => [name, null]))])
  })

  it('answers nothing for a definition, counts for a change, and says what it cut', async () => {
    expect(await ask('CREATE TABLE other (id INT) USING DELTA')).toEqual({
      rows: [],
      affected: null,
      isTruncated: false,
    })
    await insert(20)
    expect((await ask('UPDATE numbers SET n = 0 WHERE id < 3')).affected).toBe(3)
    expect((await ask('DELETE FROM numbers WHERE id = 3')).affected).toBe(1)
    const merge = `MERGE INTO numbers AS t USING (SELECT 1 AS id UNION ALL SELECT 99 AS id) AS s ON t.id = s.id
      WHEN MATCHED THEN UPDATE SET n = 5 WHEN NOT MATCHED THEN INSERT (id, n) VALUES (s.id, 5)`
    expect((await ask(merge)).affected).toBe(2)
    const cut = await ask('SELECT repeat("x", 100) AS long FROM numbers', {}, { bytesMax: 450 })
    expect([cut.rows.length, cut.isTruncated]).toEqual([4, true])
  })

  it('puts a result of many chunks together', async () => {
    await insert(25)
    await fault({ kind: 'chunked', rows: 4, statement: 'ask' })
    const { rows } = await ask('SELECT id FROM numbers ORDER BY id')
    expect(rows).toEqual(Array.from({ length: 25 }, (_, id) => ({ id })))
  })

  it('waits for a warehouse that has to wake up, and gives up when that takes too long', async () => {
    await fault({ kind: 'pending', polls: 4 })
    expect((await ask('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
    await fault({ kind: 'slow', ms: 60_000 })
    await expect(ask('SELECT 1 AS one', {}, { timeoutMs: 1500 })).rejects.toMatchObject({ kind: 'unavailable' })
  })

  it('comes again when it is asked to, and when a connection is lost', async () => {
    for (const kind of ['reject-429', 'reject-503', 'drop-before', 'drop-after', 'conflict'] as const) {
      await fault({ kind })
      expect((await ask('SELECT 1 AS one')).rows, kind).toEqual([{ one: 1 }])
    }
  })

  it('does not ask again what could then be done twice', async () => {
    await fault({ kind: 'drop-after', statement: 'add' })
    const add = { name: 'add', sql: 'INSERT INTO numbers VALUES (1, 1)', isIdempotent: false }
    await expect(schema.warehouse.execute(add)).rejects.toMatchObject({ kind: 'unavailable', isOutcomeUnknown: true })
    expect((await ask('SELECT count(*) AS n FROM numbers')).rows).toEqual([{ n: 1 }])
  })

  it.each([
    ['SELECT * FROM nothing', '42P01'],
    ['SELEKT 1', '42601'],
    ['SELECT CAST("x" AS INT)', '22018'],
  ])('%s fails with %s and tells nothing of itself', async (sql, sqlState) => {
    const failed = await ask(sql).catch((error: unknown) => error)
    expect(failed).toMatchObject({ kind: 'failed', isOutcomeUnknown: false, details: { sqlState } })
    expect(String(failed)).not.toContain(sql)
  })

  it('writers of one row get in each other’s way for real, and each gets through', async () => {
    await insert(1)
    const add = () => ask('UPDATE numbers SET n = n + 1 WHERE id = 0', {}, { name: 'race' })
    for (let round = 1; round <= 20; round++) {
      await Promise.all([add(), add(), add()])
      expect((await ask('SELECT n FROM numbers')).rows).toEqual([{ n: round * 3 }])
      const sent = (await engine.statements(schema.name)).filter((name) => name === 'race').length
      // More than were asked for: the engine refused some with 2D521, and they were sent again.
      if (sent > round * 3) return
    }
    throw new Error('The engine never refused anybody')
  })
})
