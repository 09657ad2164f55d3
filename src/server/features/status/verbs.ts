import type { Board } from './board.ts'
import { checkVerbs } from './checks.ts'
import type { History } from './history.ts'
import { messageVerbs } from './messages.ts'
import { overviewVerbs } from './overview.ts'
import { platformVerbs } from './platforms.ts'
import { resultVerbs } from './results.ts'
import { runVerbs, type Trigger } from './runs.ts'
import type { StaleAges } from './source-status.ts'
import type { StatusStore } from './store.ts'

export interface StatusParts {
  store: StatusStore
  board: Board
  history: History
  trigger: Trigger
  isDemo: boolean
  staleAges: StaleAges
  retentionDays: number
}

export const statusVerbs = ({ store, board, history, trigger, ...options }: StatusParts) => ({
  ...overviewVerbs(store, board, history, options),
  ...platformVerbs(store),
  ...checkVerbs(store, board),
  ...resultVerbs(store, options.retentionDays),
  ...messageVerbs(store),
  ...runVerbs(store, trigger, [...options.staleAges.snapshotMs.keys()]),
})
