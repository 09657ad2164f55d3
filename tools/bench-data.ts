import { createJournal } from '../src/server/storage/create-journal.ts'
import { embeddedLedger } from '../src/server/storage/embedded.ts'
import { newId } from '../src/server/storage/ids.ts'
import type { Change, Observation } from '../src/server/storage/journal.ts'
import { openLocal } from '../src/server/storage/local/open.ts'
import type { RollupDay } from '../src/server/storage/local/rollups.ts'
import { DAY_MS, startOfDay, toDay, toInstant } from '../src/server/time.ts'

const PLATFORMS = 40
const CHECKS_EACH = 5
const RAW_DAYS = 7
const ROLLUP_DAYS = 90
const PER_DAY = 288

/** The store of a busy portal: 200 checks, 288 results a day, raw for a week and rolled up for ninety days. */
export async function fillStore(dir: string) {
  const local = openLocal(dir)
  const journal = createJournal(local, embeddedLedger(local))
  const now = Date.now()
  const changes: Change[] = []
  const checkIds: string[] = []
  const platformIds: string[] = []
  for (let p = 0; p < PLATFORMS; p += 1) {
    const platformId = newId(now)
    platformIds.push(platformId)
    changes.push({
      table: 'platforms',
      id: platformId,
      expectedVersion: 0,
      fields: { name: `Platform ${p}`, description: '', domain: `Domain ${p % 5}`, owner: '', is_retired: false },
    })
    for (let c = 0; c < CHECKS_EACH; c += 1) {
      const id = newId(now)
      checkIds.push(id)
      changes.push({
        table: 'status_checks',
        id,
        expectedVersion: 0,
        fields: {
          platform_id: platformId,
          name: `Check ${c}`,
          description: '',
          kind: 'freshness',
          source: { connector: 'push' },
          interval_seconds: 300,
          warn_after_seconds: 86_400,
          crit_after_seconds: 172_800,
          for_minutes: 0,
          recover_minutes: 0,
          is_enabled: true,
        },
      })
    }
  }
  const at = startOfDay(now) - ROLLUP_DAYS * DAY_MS
  for (const ofOneTable of Map.groupBy(changes, ({ table }) => table).values())
    await journal.commit(ofOneTable, {
      by: 'system:bench',
      actor: null,
      at,
      action: 'bench.fill',
      requestId: newId(now),
    })

  let results = 0
  for (const check_id of checkIds) {
    const observations: Observation[] = []
    for (let i = RAW_DAYS * PER_DAY; i > 0; i -= 1) {
      const measured_at = toInstant(now - i * 300_000)
      observations.push({
        check_id,
        measured_at,
        data_time: measured_at,
        outcome: 'ok',
        reading: null,
        observed_value: 'TERMINATED',
        message: 'Succeeded in 360 s',
        run_id: null,
      })
    }
    results += (await journal.observe(observations)).accepted
  }

  const rollups: RollupDay[] = []
  for (const [subject_kind, ids] of [
    ['check', checkIds],
    ['platform', platformIds],
  ] as const) {
    for (const subject_id of ids) {
      for (let day = 1; day <= ROLLUP_DAYS; day += 1) {
        rollups.push({
          subject_kind,
          subject_id,
          day: toDay(startOfDay(now) - day * DAY_MS),
          red_ms: 60_000,
          yellow_ms: 120_000,
          green_ms: DAY_MS - 180_000,
          unknown_ms: 0,
          maintenance_ms: 0,
          disabled_ms: 0,
          worst: 'red',
          computed_at: toInstant(now),
        })
      }
    }
  }
  local.rollups.upsert(rollups)
  local.close()
  return { checks: checkIds.length, results, rollups: rollups.length, pushCheckId: checkIds[0] ?? '' }
}
