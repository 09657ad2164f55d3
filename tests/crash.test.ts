import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { type Local, openLocal } from '../src/server/storage/local/open.ts'

/** More for a long run: CRASH_KILLS=200 npx vitest run tests/crash.test.ts */
const KILLS = Number(process.env.CRASH_KILLS ?? 5)
/** Acknowledged writes before the kill; primes, so that the kill meets every part of the loop. */
const LINES = [7, 43, 101, 13, 211, 61, 151, 29, 307, 83]

it('kill -9 at any moment loses no acknowledged write and leaves no half-written one', {
  timeout: 180_000 + KILLS * 5_000,
}, async () => {
  const dir = mkdtempSync(join(tmpdir(), 'lakeport-crash-'))
  try {
    const versions = new Map<string, number>()
    const votes = new Map<string, number>()
    const observed = new Set<string>()
    for (let kill = 0; kill < KILLS; kill++) {
      const acknowledged = await writeUntilKilled(dir, LINES[kill % LINES.length] ?? 10)
      for (const line of acknowledged) {
        const [what, id = '', version = ''] = line.split(' ')
        if (what === 'version') versions.set(id, Number(version))
        if (what === 'votes') votes.set(id, Number(version))
        if (what === 'observation') observed.add(id)
      }
      expect(acknowledged.length).toBeGreaterThan(1)
      const local = openLocal(dir)
      holds(local, versions, observed)
      counts(local, votes)
      local.close()
      expect(integrity(dir)).toBe('ok')
    }
  } finally {
    rmSync(dir, { recursive: true })
  }
})

const holds = (local: Local, versions: ReadonlyMap<string, number>, observed: ReadonlySet<string>) => {
  for (const [id, acknowledged] of versions) {
    const platforms = local.history('platforms', id).map(({ version }) => version)
    const twins = local.history('platforms', `${id} twin`).map(({ version }) => version)
    expect(platforms.length).toBeGreaterThanOrEqual(acknowledged)
    expect(platforms).toEqual(platforms.map((_, i) => i + 1))
    expect(twins).toEqual(platforms)
    // The search index is as far as the row.
    expect(local.search('platforms', `"platform ${platforms.length}"`)).toContain(id)
  }
  const there = new Set(local.results.range('check-a', '2000', '3000').map(({ measured_at }) => measured_at))
  expect([...observed].filter((measuredAt) => !there.has(measuredAt))).toEqual([])
  expect(local.results.range('check-b', '2000', '3000')).toHaveLength(there.size)
  // One revision per commit, none twice and none missing.
  const logged =
    local.get<{ n: number }>("SELECT sum(iif(table_name = 'work_items', 2, 1)) / 2 AS n FROM version_log")?.n ?? 0
  expect(local.revision).toBe(logged + there.size)
}

/** What is kept beside a ticket is what its votes say. */
const counts = (local: Local, votes: ReadonlyMap<string, number>) => {
  for (const [id, acknowledged] of votes) {
    const [ann, bob] = ['ann', 'bob'].map((voter) => local.history('work_item_votes', `${id} ${voter}`).length)
    expect(ann).toBeGreaterThanOrEqual(acknowledged)
    expect(bob).toBe(ann)
    expect(local.get('SELECT votes FROM work_items WHERE id = ?', [id])).toEqual({ votes: ((ann ?? 0) % 2) * 2 })
  }
  const live = local.get<{ n: number }>('SELECT count(*) AS n FROM work_items')
  expect(local.get('SELECT coalesce(sum(n), 0) AS n FROM work_items_counts')).toEqual(live)
}

const writeUntilKilled = async (dir: string, lines: number): Promise<string[]> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'crash-writer.ts'), dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const acknowledged: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line)
    // What was acknowledged before the signal arrives still comes and counts.
    if (acknowledged.length === lines) child.kill('SIGKILL')
  }
  await exited
  return acknowledged
}

const integrity = (dir: string) => {
  const db = new DatabaseSync(join(dir, 'lakeport.db'))
  const answer = db.prepare('PRAGMA integrity_check').get()?.integrity_check
  db.close()
  return answer
}
