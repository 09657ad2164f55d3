import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { message, platform, platformChange, provenance, START } from '../samples.ts'
import { type Local, openLocal } from './open.ts'
import type { VersionFilter } from './version-log.ts'

const strict = { strict: true }
const write = (local: Local, id: string, version: number, more: { name?: string; at?: number; by?: string } = {}) =>
  local.apply(
    [platformChange({ id, expectedVersion: version - 1, fields: platform({ name: more.name ?? 'P' }) })],
    provenance({ at: START + (more.at ?? 0), by: more.by ?? 'ada' }),
    strict,
  )
const list = (local: Local, filter: VersionFilter = {}) =>
  local.versionsPage(filter, { limit: 100 }).rows.map(({ row }) => `${row.id}${row.version}`)

describe('the log of versions', () => {
  it('is listed newest first by the time that versions carry, whatever came when', () => {
    const local = openLocal(':memory:')
    write(local, 'a', 1, { at: 10 })
    write(local, 'b', 1, { at: 5, by: 'bo' })
    write(local, 'a', 2, { at: 20, by: 'bo' })
    write(local, 'c', 1, { at: 20 })
    expect(list(local)).toEqual(['c1', 'a2', 'a1', 'b1'])
    expect(list(local, { by: 'bo' })).toEqual(['a2', 'b1'])
    expect(list(local, { recordId: 'a' })).toEqual(['a2', 'a1'])
    write(local, 'd', 1, { at: 30, by: 'system:ingestion' })
    expect(list(local, { byPeople: true })).toEqual(['c1', 'a2', 'a1', 'b1'])
    expect(list(local, { table: 'status_messages' })).toEqual([])
    const at = (ms: number) => new Date(START + ms).toISOString()
    expect(list(local, { from: at(10), to: at(20) })).toEqual(['a1'])
    local.close()
  })

  it('gives each version with the one before it', () => {
    const local = openLocal(':memory:')
    for (const [version, name] of [
      [1, 'One'],
      [2, 'Two'],
      [3, 'Three'],
    ] as const)
      write(local, 'a', version, { name, at: version })
    const pairs = local.versionsPage({}, { limit: 10 }).rows.map(({ before, row }) => [before?.name, row.name])
    expect(pairs).toEqual([
      ['Two', 'Three'],
      ['One', 'Two'],
      [undefined, 'One'],
    ])
    local.close()
  })

  it('never sorts: each filter alone walks an index', () => {
    const local = openLocal(':memory:')
    const people = "updated_by NOT GLOB 'system:*'"
    for (const condition of [
      'true',
      people,
      "table_name = 'x'",
      "record_id = 'x'",
      "updated_by = 'x'",
      "updated_at < 'x'",
    ]) {
      const plan = local.all<{ detail: string }>(
        `EXPLAIN QUERY PLAN SELECT seq FROM version_log WHERE ${condition} ORDER BY updated_at DESC, seq DESC LIMIT 26`,
      )
      expect(plan.map(({ detail }) => detail).join()).toMatch(/USING (COVERING )?INDEX version_log_/)
      expect(plan.map(({ detail }) => detail).join()).not.toContain('TEMP B-TREE')
    }
    local.close()
  })

  it('is right in a copy too, where a version may come before its predecessor and be corrected', () => {
    const local = openLocal(':memory:')
    write(local, 'a', 1, { name: 'One', at: 1 })
    write(local, 'a', 2, { name: 'Two', at: 2 })
    const [first, second] = local.versionsAfter(0, 10).map(({ version }) => version)
    if (first === undefined || second === undefined) throw new Error('unreachable')
    const copy = openLocal(':memory:')
    const guessed = { ...second, row: { ...second.row, updated_by: 'guess' } }
    for (const version of [guessed, first, second]) copy.merge([version], first.row.updated_at)
    expect(list(copy)).toEqual(['a2', 'a1'])
    expect(list(copy, { by: 'guess' })).toEqual([])
    expect(copy.versionsPage({}, { limit: 1 }).rows[0]?.before).toMatchObject({ name: 'One' })
    local.close()
    copy.close()
  })
})

it('a store made before versions were listed opens, and lists what it already had', () => {
  const dir = mkdtempSync(join(tmpdir(), 'lakeport-log-'))
  try {
    const before = openLocal(dir)
    write(before, 'a', 1, { at: 1 })
    write(before, 'a', 2, { at: 2, by: 'bo' })
    before.apply(
      [{ table: 'status_messages', id: 'm', expectedVersion: 0, fields: message() }],
      provenance({ at: START + 3, by: 'cy' }),
      strict,
    )
    const wanted = before.versionsPage({}, { limit: 10 })
    before.close()
    makeOld(join(dir, 'lakeport.db'))
    for (let opened = 0; opened < 2; opened += 1) {
      const local = openLocal(dir)
      expect(local.versionsPage({}, { limit: 10 })).toEqual(wanted)
      expect(list(local, { by: 'bo' })).toEqual(['a2'])
      local.close()
    }
  } finally {
    rmSync(dir, { recursive: true })
  }
})

/** The log as the first Lakeport made it. */
function makeOld(file: string): void {
  const db = new DatabaseSync(file)
  db.exec(`ALTER TABLE version_log RENAME TO newer;
    CREATE TABLE "version_log" ("seq" INTEGER NOT NULL, "table_name" TEXT NOT NULL, "record_id" TEXT NOT NULL,
      "version" INTEGER NOT NULL, PRIMARY KEY ("seq")) STRICT, WITHOUT ROWID;
    INSERT INTO version_log SELECT seq, table_name, record_id, version FROM newer;
    DROP TABLE newer;
    UPDATE store SET version = 0, hash = ''`)
  db.close()
}
