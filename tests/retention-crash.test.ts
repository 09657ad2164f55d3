import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { DAY, openStatus } from './support/status-core.ts'

/** Batches on disk before the kill, over and over on the same store. */
const KILLS = [1, 4, 2, 7, 3]
const MINUTE = 60_000
const NOW = Date.UTC(2026, 10, 22, 12)
const FIRST = NOW - 12 * DAY
const HORIZON = Date.UTC(2026, 10, 19)
const P = 'platform-p'
const checks = ['check-a', 'check-b', 'check-c']
const at = (ms: number) => new Date(ms).toISOString()
const days = { results: 3, rollups: 400, runs: 2 }

test('kill -9 in the middle of retention leaves no gap: every day is told as it was, and the rest goes the next time', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'lakeport-retention-'))
  const [whole, swept] = [join(dir, 'whole'), join(dir, 'swept')]
  try {
    await fill(whole)
    cpSync(whole, swept, { recursive: true })
    const expected = seenIn(whole)
    let batches = 0
    for (const kill of KILLS) {
      batches += await sweepUntilKilled(swept, kill)
      const copy = join(dir, `after-${batches}`)
      cpSync(swept, copy, { recursive: true })
      expect(seenIn(copy)).toEqual(expected)
    }
    expect(batches).toBeGreaterThanOrEqual(KILLS.reduce((sum, kill) => sum + kill))
    expect(await sweepUntilKilled(swept, Number.POSITIVE_INFINITY)).toBeGreaterThan(0)
    expect(seenIn(swept)).toEqual(expected)
    const status = openStatus(swept, NOW, days)
    const older = status.local.get<{ n: number }>(
      `SELECT count(*) AS n FROM status_results WHERE measured_at < '${at(HORIZON)}'`,
    )
    expect(older?.n).toBeLessThanOrEqual(checks.length * 403)
    // No version without its record, and no record without its version.
    const runs = status.local.get('SELECT count(*) AS n FROM ingestion_runs')
    expect(runs).toEqual({ n: 2 * 60 })
    expect(
      status.local.versionsAfter(0, 10_000).filter(({ version }) => version.table === 'ingestion_runs'),
    ).toHaveLength(2 * (2 * 60))
    status.local.close()
  } finally {
    rmSync(dir, { recursive: true })
  }
})

/** Red on and off, every four minutes; sixty ingestion runs a day. */
async function fill(dir: string): Promise<void> {
  const status = openStatus(dir, NOW, days)
  await status.platform(P, FIRST)
  for (const [index, check] of checks.entries()) {
    await status.check(check, FIRST, { platform_id: P, kind: 'availability', interval_seconds: 240 })
    const results = []
    for (let time = FIRST + index; time < NOW; time += 4 * MINUTE) {
      const outcome = Math.floor(time / (97 * MINUTE)) % (3 + index) === 0 ? ('fail' as const) : ('ok' as const)
      const said = { data_time: null, reading: null, observed_value: null, message: null, run_id: null }
      results.push({ check_id: check, measured_at: at(time), outcome, ...said })
    }
    status.local.observe(results)
  }
  for (let index = 0; index < 12 * 60; index += 1) {
    const started = FIRST + index * 24 * MINUTE
    const fields = { started_at: at(started) }
    await status.run(`run-${index}`, started, fields)
    await status.run(`run-${index}`, started + 1, { ...fields, state: 'SUCCESS', ended_at: at(started + 1) })
  }
  status.local.close()
}

function seenIn(dir: string) {
  const status = openStatus(dir, NOW, days)
  for (const _day of status.history.rollUpBefore(Date.UTC(2026, 10, 22)));
  const seen = status.seen([P], 13, HORIZON)
  status.local.close()
  return seen
}

/** Answers how many batches were on disk. */
async function sweepUntilKilled(dir: string, lines: number): Promise<number> {
  const sweeper = join(import.meta.dirname, 'retention-sweeper.ts')
  const child = spawn(process.execPath, [sweeper, dir, String(NOW)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  let seen = 0
  for await (const _line of createInterface({ input: child.stdout })) {
    seen += 1
    if (seen === lines) child.kill('SIGKILL')
  }
  await exited
  return seen
}
