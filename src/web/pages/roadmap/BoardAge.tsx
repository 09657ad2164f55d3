import { toServerTime } from '../../api/clock.ts'
import { CONFIRM_MS } from '../../api/queries.ts'
import { AsOf } from '../../parts/AsOf.tsx'
import { isStale } from '../../parts/staleness.ts'
import { useNow } from '../../ui/use-now.ts'
import type { Pages } from './use-board.ts'

/** How old the board is: as old as the oldest of its columns. */
export function BoardAge({ pages }: { pages: Pages }) {
  const now = useNow()
  const all = Object.values(pages)
  const oldest = Math.min(...all.map(({ dataUpdatedAt }) => dataUpdatedAt))
  if (oldest === 0) return null
  const confirmedAt = toServerTime(oldest)
  const hasFailed = all.some(({ isRefetchError, failureCount }) => isRefetchError || failureCount > 0)
  return (
    <AsOf
      confirmedAt={confirmedAt}
      isStale={isStale({ confirmedAt, changesAt: null, hasFailed, intervalMs: CONFIRM_MS }, now)}
    />
  )
}
