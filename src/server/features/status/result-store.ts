import { LIMIT_DEFAULT, type Page } from '../../../contracts/primitives.ts'
import type { StatusResult } from '../../../contracts/status.ts'
import type { Actor } from '../../access/actor.ts'
import { visiblePlatforms } from '../../access/decide.ts'
import type { Local } from '../../storage/local/open.ts'
import { among, equals, type Limits, type Repository, together } from '../../storage/repository.ts'
import { fromInstant } from '../../time.ts'

interface Which extends Limits {
  platform_id?: string
  check_id?: string
}

/** Observations and roll-ups; what may be seen of them follows from the checks that they belong to. */
export function createResultStore(checks: Repository<'status_checks'>, local: Local) {
  const platformByCheck = (actor: Actor, which: Which): Map<string, string> => {
    const { where, params } = together([
      among('platform_id', visiblePlatforms(actor, 'result.read')),
      equals('platform_id', which.platform_id),
      equals('id', which.check_id),
    ])
    return new Map(checks.all(`AND ${where}`, params).map((check) => [check.id, check.platform_id]))
  }

  return {
    results: local.results,
    rollups: local.rollups,
    /** Since when every result is there, in milliseconds; of what is older, only what the present stands on. */
    resultsKeptFrom: (): number => {
      const instant = local.expiry.resultsKeptFrom()
      return instant === null ? Number.NEGATIVE_INFINITY : fromInstant(instant)
    },
    listResults(actor: Actor, { from, to, ...which }: Which & { from?: string; to?: string }): Page<StatusResult> {
      const platforms = platformByCheck(actor, which)
      const { rows, ...rest } = local.results.page({
        // An empty list would mean every check there is.
        checkIds: platforms.size > 0 ? [...platforms.keys()] : ['none'],
        limit: which.limit ?? LIMIT_DEFAULT,
        cursor: which.cursor,
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      })
      return { items: rows.map((row) => ({ ...row, platform_id: platforms.get(row.check_id) ?? '' })), ...rest }
    },
    /** The newest observation of each check that has any, in the order of the checks. */
    listLatestResults(actor: Actor, which: Which): Page<StatusResult> {
      const page = checks.page(
        which,
        among('platform_id', visiblePlatforms(actor, 'result.read')),
        equals('platform_id', which.platform_id),
        { sql: 'EXISTS (SELECT 1 FROM status_results WHERE check_id = status_checks.id)' },
      )
      const latest = new Map(local.results.latest(page.items.map(({ id }) => id)).map((row) => [row.check_id, row]))
      const items = page.items.flatMap(({ id, platform_id }) => {
        const row = latest.get(id)
        return row === undefined ? [] : [{ ...row, platform_id }]
      })
      return { ...page, items }
    },
    /** When each check was last looked at. */
    lastMeasured: (): Map<string, string> =>
      new Map(
        local
          .all<{ id: string; at: string | null }>(
            'SELECT id, (SELECT max(measured_at) FROM status_results WHERE check_id = status_checks.id) AS at FROM status_checks',
          )
          .flatMap(({ id, at }) => (at === null ? [] : [[id, at] as const])),
      ),
  }
}
