import { createBoard } from '../../src/server/features/status/board.ts'
import { createHistory } from '../../src/server/features/status/history.ts'
import { LOOKBACK } from '../../src/server/features/status/pasts.ts'
import { createStatusStore } from '../../src/server/features/status/store.ts'
import { createJournal } from '../../src/server/storage/create-journal.ts'
import { embeddedLedger } from '../../src/server/storage/embedded.ts'
import type { Observation } from '../../src/server/storage/journal.ts'
import { openLocal } from '../../src/server/storage/local/open.ts'
import { createRetention } from '../../src/server/storage/retention.ts'
import type { Records } from '../../src/server/storage/tables.ts'

export interface Days {
  results: number
  rollups: number
  runs: number
}

/** Status without HTTP: the store, what is now and what was, and retention, with a clock that only moves when told. */
export function openStatus(dir: string, start: number, days: Days, onDeleted?: (table: string, rows: number) => void) {
  let now = start
  const local = openLocal(dir, { now: () => now })
  const journal = createJournal(local, embeddedLedger(local))
  const store = createStatusStore(local, journal)
  const board = createBoard(store, journal)
  const history = createHistory(store, journal, () => now)
  const logged: Record<string, unknown>[] = []
  const retention = createRetention({
    expiry: local.expiry,
    clock: () => now,
    days,
    spared: LOOKBACK,
    rollUpBefore: history.rollUpBefore,
    onDeleted,
    log: { info: (fields) => logged.push({ ...fields }), error: (fields) => logged.push({ ...fields }) },
    pause: async () => {},
  })
  const write = (table: 'platforms' | 'status_checks' | 'status_messages' | 'ingestion_runs', at: number) => ({
    async put(id: string, fields: object) {
      const expectedVersion = local.row(table, id)?.version ?? 0
      const provenance = { by: 'test', actor: null, at, action: 'test', requestId: id }
      await journal.commit([{ table, id, expectedVersion, fields: { ...fields } }], provenance)
    },
  })
  return {
    local,
    store,
    board,
    history,
    retention,
    logged,
    platform: (id: string, at: number) =>
      write('platforms', at).put(id, { name: id, description: '', domain: 'd', owner: '', is_retired: false }),
    check: (id: string, at: number, fields: Partial<Records['status_checks']>) =>
      write('status_checks', at).put(id, { ...aCheck, name: id, ...fields }),
    maintenance: (id: string, at: number, fields: Partial<Records['status_messages']>) =>
      write('status_messages', at).put(id, { ...aMaintenance, ...fields }),
    run: (id: string, at: number, fields: Partial<Records['ingestion_runs']>) =>
      write('ingestion_runs', at).put(id, { ...aRun, started_at: new Date(at).toISOString(), ...fields }),
    async observe(observations: readonly Observation[]) {
      await journal.observe(observations)
      board.arrived(observations)
      history.arrived(observations)
    },
    get now() {
      return now
    },
    to(instant: number) {
      now = instant
    },
    /** Everything that people see of these platforms' present and past. */
    seen(platformIds: readonly string[], days: number, failuresFrom: number) {
      const midnight = now - (now % DAY)
      return {
        board: board.platforms(now),
        checks: store.checks().map((check) => [check.id, board.status(check, now)]),
        changesAt: board.changesAt(now),
        measured: [...store.lastMeasured()],
        days: platformIds.map((id) =>
          Array.from({ length: days }, (_, index) => history.of(id, midnight - index * DAY, now)),
        ),
        failures: platformIds.map((id) => history.failures(id, failuresFrom, now)),
      }
    },
  }
}

export const DAY = 86_400_000

const aCheck: Records['status_checks'] = {
  platform_id: '',
  name: '',
  description: '',
  kind: 'freshness',
  source: { connector: 'push' },
  interval_seconds: 300,
  warn_after_seconds: 3600,
  crit_after_seconds: 7200,
  for_minutes: 0,
  recover_minutes: 0,
  is_enabled: true,
}
const aMaintenance: Records['status_messages'] = {
  severity: 'maintenance',
  title: 'Work',
  body: '',
  start_at: '',
  end_at: null,
  platform_ids: [],
  state: 'published',
  updates: [],
}
const aRun: Records['ingestion_runs'] = {
  source: 'databricks_job',
  state: 'RUNNING',
  started_at: '',
  ended_at: null,
  results: 0,
  failed_checks: 0,
  error_summary: null,
}
