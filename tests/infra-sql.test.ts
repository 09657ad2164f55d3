import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { LOOKBACK as lookbackOfStatus } from '../src/server/features/status/pasts.ts'
import { LOOKBACK } from '../src/server/storage/delta/lookback.ts'
import { tables } from '../src/server/storage/tables.ts'
import { drift, sqlFiles, sqlFolder, writeSql } from '../tools/gen-sql.ts'

it('the committed Delta DDL is what the definitions give; else run `npx node tools/gen-sql.ts`', () => {
  expect(drift(sqlFolder)).toEqual([])
})

it('a changed, missing or left-over file is noticed and put right; one written by hand is left alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lakeport-sql-'))
  try {
    cpSync(sqlFolder, folder, { recursive: true })
    writeFileSync(join(folder, 'maintenance_by_hand.sql'), '-- ours')
    writeFileSync(join(folder, 'platforms.sql'), 'changed')
    writeFileSync(join(folder, 'retired_table.sql'), readFileSync(join(folder, 'api_tokens.sql')))
    rmSync(join(folder, 'role_bindings.sql'))
    expect(drift(folder)).toEqual(['platforms.sql', 'retired_table.sql', 'role_bindings.sql'])
    writeSql(folder)
    expect(drift(folder)).toEqual([])
    expect(readFileSync(join(folder, 'maintenance_by_hand.sql'), 'utf8')).toBe('-- ours')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('the warehouse keeps as many observations of a check as its state is folded from', () => {
  expect(LOOKBACK).toBe(lookbackOfStatus)
})

it('every statement can be told apart by a semicolon at the end of a line, and none is partitioned', () => {
  for (const [name, content] of sqlFiles()) {
    if (name === 'maintenance.sql') continue
    const statements = content.split(/;\n/).filter((sql) => sql.trim() !== '')
    // A table of records has its history beside it.
    expect(statements.length, name).toBe(`${name.slice(0, -4)}` in tables ? 2 : 1)
    for (const sql of statements) {
      expect(sql).toMatch(/CREATE TABLE IF NOT EXISTS \w+ \(/)
      expect(sql).toContain('CLUSTER BY (')
      expect(sql).not.toContain('PARTITIONED')
      // One in the header's own sentence is all there may be.
      expect(sql.replace(/^--.*$/m, '')).not.toContain(';')
    }
  }
})
