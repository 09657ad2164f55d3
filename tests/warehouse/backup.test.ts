import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { restoreIntoDelta } from '../../src/server/backup/restore-delta.ts'
import { writeBackup } from '../../src/server/backup/write.ts'
import { createDeltaLedger } from '../../src/server/storage/delta/ledger.ts'
import { type Local, openLocal } from '../../src/server/storage/local/open.ts'
import { openSnapshot } from '../../src/server/storage/local/snapshot.ts'
import { instant, observation, platform, platformChange, provenance, START } from '../../src/server/storage/samples.ts'
import { type OpenSchema, openSchema, platformsOnly } from './open-schema.ts'

let schema: OpenSchema
let dir: string
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'lakeport-delta-backup-'))
  schema = await openSchema({ records: platformsOnly })
})
afterEach(async () => {
  rmSync(dir, { recursive: true })
  await schema.close()
})

const everything = (local: Local) => ({
  records: local
    .all<{ id: string }>('SELECT id FROM platforms ORDER BY id')
    .map(({ id }) => local.history('platforms', id)),
  results: local.all('SELECT * FROM status_results ORDER BY check_id, measured_at'),
  rollups: local.all('SELECT * FROM status_rollups ORDER BY subject_kind, subject_id, day'),
})

it('a backup of an embedded store becomes Delta tables that say the same', async () => {
  const store = openLocal(join(dir, 'data'), { now: () => START })
  for (const name of ['Sales', 'Früh "quoted" \\ 😀']) {
    const change = { ...platformChange(), id: `of ${name}` }
    for (const expectedVersion of [0, 1, 2])
      store.apply(
        [{ ...change, expectedVersion, fields: platform({ name: `${name} ${expectedVersion}` }) }],
        provenance({ at: START + expectedVersion }),
        { strict: true },
      )
  }
  store.observe(Array.from({ length: 20 }, (_, i) => observation({ measured_at: instant(i) })))
  const totals = { red_ms: 1, yellow_ms: 2, green_ms: 3, unknown_ms: 4, maintenance_ms: 5, disabled_ms: 6 }
  const day = { ...totals, subject_id: 'check-a', day: '2026-11-21', worst: null, computed_at: instant() }
  store.rollups.upsert([{ ...day, subject_kind: 'check' }])
  const before = everything(store)
  store.close()

  const file = join(dir, 'backup.jsonl.gz')
  const snapshot = openSnapshot(join(dir, 'data'))
  await writeBackup(file, snapshot, { version: '1.2.3', takenAt: instant(), isForced: false })
  snapshot.close()

  const ledger = createDeltaLedger(schema.warehouse, {
    tables: platformsOnly,
    resultsFrom: () => instant(-1e9),
    overlapMs: 0,
  })
  await restoreIntoDelta(file, ledger)
  const replica = openLocal(':memory:', { now: () => START, isReplica: true })
  let cursor: string | null = null
  for (let isEnd = false; !isEnd; ) {
    const pulled = await ledger.pull(cursor, 1000)
    replica.merge(pulled.versions, instant())
    replica.observe(pulled.observations)
    replica.rollups.merge(pulled.rollups)
    ;({ cursor, isEnd } = pulled)
  }
  expect(everything(replica)).toEqual(before)
  replica.close()
  await expect(restoreIntoDelta(file, ledger)).rejects.toThrow('The schema has records already')
})
