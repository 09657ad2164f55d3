import type { PlatformStatus } from '../../../contracts/status.ts'
import { canSee, visiblePlatforms } from '../../access/decide.ts'
import { notFound } from '../../fault.ts'
import { DAY_MS, startOfDay, toInstant } from '../../time.ts'
import type { Ctx, Verbs } from '../../verb.ts'
import type { Board } from './board.ts'
import type { History } from './history.ts'
import { globalState } from './rules/platform.ts'
import { globalSentence } from './rules/sentence.ts'
import { type StaleAges, sourcesChangeAt } from './source-status.ts'
import type { StatusStore } from './store.ts'

type Names = 'statusSummary' | 'statusHistory' | 'platformHistory'

const DAYS_DEFAULT = 90
/** Today's bar grows by the minute; nothing else in a history changes by time alone. */
const HISTORY_FRESH_MS = 60_000

/** What people open the portal for: now, and the past ninety days. */
export function overviewVerbs(
  store: StatusStore,
  board: Board,
  history: History,
  options: { isDemo: boolean; staleAges: StaleAges },
): Verbs<Names> {
  return {
    statusSummary(ctx) {
      const platforms = visible(ctx, board.platforms(ctx.now))
      const ingestion = board.sources(ctx.now, options.staleAges)
      const changesAt = Math.min(board.changesAt(ctx.now), sourcesChangeAt(ingestion, options.staleAges))
      ctx.changesAt(changesAt)
      const overall = globalState(platforms)
      return {
        as_of: toInstant(ctx.now),
        changes_at: Number.isFinite(changesAt) ? toInstant(changesAt) : null,
        state: overall.state,
        sentence: globalSentence(overall),
        counts: overall.counts,
        platforms,
        messages: board
          .activeMessages(ctx.now)
          .filter(
            (message) =>
              message.platform_ids.length === 0 ||
              message.platform_ids.some((id) => canSee(ctx.actor, 'message.read', id)),
          ),
        ingestion,
        is_demo: options.isDemo,
      }
    },

    statusHistory(ctx, { query }) {
      ctx.changesAt(Math.min(board.changesAt(ctx.now), ctx.now + HISTORY_FRESH_MS))
      const { from, to } = windowOf(query.days, ctx.now)
      const seen = visiblePlatforms(ctx.actor, 'status.read')
      return {
        from: toInstant(from),
        to: toInstant(to),
        platforms: store
          .platforms()
          .filter(({ id }) => seen === 'all' || seen.includes(id))
          .map((platform) => {
            const { days, ...window } = history.of(platform.id, from, to)
            return {
              platform_id: platform.id,
              ...window,
              days: days.map(({ day, state, uptime }) => ({ day, state, uptime })),
            }
          }),
      }
    },

    platformHistory(ctx, { params, query }) {
      const platform = store.platform(params.id)
      if (platform === null || !canSee(ctx.actor, 'status.read', platform.id)) throw notFound()
      ctx.changesAt(Math.min(board.changesAt(ctx.now), ctx.now + HISTORY_FRESH_MS))
      const { from, to } = windowOf(query.days, ctx.now)
      const window = history.of(platform.id, from, to)
      return {
        platform_id: platform.id,
        from: toInstant(from),
        to: toInstant(to),
        ...window,
        failures: history.failures(platform.id, from, to),
      }
    },
  }
}

/** Whole UTC days, today the last of them. */
function windowOf(days: number | undefined, now: number): { from: number; to: number } {
  return { from: startOfDay(now) - ((days ?? DAYS_DEFAULT) - 1) * DAY_MS, to: now }
}

function visible(ctx: Ctx, platforms: readonly PlatformStatus[]): PlatformStatus[] {
  const seen = visiblePlatforms(ctx.actor, 'status.read')
  return platforms.filter(({ id }) => seen === 'all' || seen.includes(id))
}
