import type { Alerting } from './alerting.ts'
import type { Board } from './features/status/board.ts'
import type { StaleAges } from './features/status/source-status.ts'
import type { StatusStore } from './features/status/store.ts'
import type { MetricSources } from './observe/metrics.ts'
import type { Journal } from './storage/journal.ts'
import type { Replicated } from './storage/replicated.ts'
import { fromInstant } from './time.ts'

interface MetricSourceParts {
  journal: Pick<Journal, 'revision'>
  replicated: Replicated | null
  status: StatusStore
  board: Board
  staleAges: StaleAges
  alerting: Pick<Alerting, 'firing'>
  clock: () => number
}

/** Where the metrics that are read, rather than counted, come from. */
export const metricSources = (parts: MetricSourceParts): MetricSources => ({
  revision: () => parts.journal.revision,
  replicaSyncedAt() {
    const at = parts.replicated?.sync.asOf ?? null
    return at === null ? null : at / 1000
  },
  firing: () => parts.alerting.firing().map(({ rule }) => rule),
  sources: () =>
    parts.board.sources(parts.clock(), parts.staleAges).map(({ source, last_success_at: at }) => ({
      source,
      lastSuccessAt: at === null ? null : fromInstant(at) / 1000,
    })),
  checks() {
    const names = new Map(parts.status.platforms().map(({ id, name }) => [id, name]))
    return parts.status.checks().map((check) => ({
      platform: names.get(check.platform_id) ?? '',
      check: check.name,
      state: parts.board.status(check, parts.clock())?.state ?? 'disabled',
    }))
  },
})
