import type { Alerting } from './alerting.ts'
import type { Board } from './features/status/board.ts'
import type { StaleAges } from './features/status/source-status.ts'
import type { EventLoopWatch } from './observe/event-loop.ts'
import type { Component } from './observe/health.ts'
import { warehouseComponent } from './replica.ts'
import type { Local } from './storage/local/open.ts'
import type { Replicated } from './storage/replicated.ts'

interface ReadinessParts {
  local: Local
  replicated: Replicated | null
  board: Board
  staleAges: StaleAges
  alerting: Pick<Alerting, 'finding'>
  loop: Pick<EventLoopWatch, 'finding'>
  clock: () => number
  isDraining(): boolean
}

/** What the portal is ready by, looked at anew each time. */
export const readinessComponents = (parts: ReadinessParts) => (): Component[] => [
  {
    name: 'store',
    probe: () => {
      parts.local.ping()
      return { status: 'ok' }
    },
  },
  ...(parts.replicated === null ? [] : [warehouseComponent(parts.replicated)]),
  ...sourceComponents(parts),
  { name: 'alerts', probe: () => parts.alerting.finding() },
  { name: 'event_loop', probe: () => parts.loop.finding() },
  ...(parts.isDraining()
    ? [{ name: 'draining', probe: () => ({ status: 'down', reason: 'draining' }) } satisfies Component]
    : []),
]

const sourceComponents = ({ board, staleAges, clock }: ReadinessParts): Component[] =>
  board.sources(clock(), staleAges).map((source) => ({
    name: `ingestion:${source.source}`,
    probe: () => {
      const isFailing = source.last_run_state === 'FAIL'
      if (source.last_success_at === null) return { status: 'degraded', reason: isFailing ? 'failing' : 'never_ran' }
      return source.is_stale ? { status: 'degraded', reason: isFailing ? 'failing' : 'stale' } : { status: 'ok' }
    },
  }))
