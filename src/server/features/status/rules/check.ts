import type { StatusCheck } from '../../../../contracts/status.ts'
import { fromInstant } from '../../../time.ts'

/** From this instant on, until the next spell, the check was enabled or not. */
export interface Spell {
  from: number
  enabled: boolean
}

/** What the rules must know of a check. A past folded under one rule says nothing under another: refold when it changes. */
export interface CheckRule {
  id: string
  name: string
  kind: StatusCheck['kind']
  /** A job reports in; `warnAfterMs` and `critAfterMs` then limit its silence too. */
  isPush: boolean
  intervalMs: number
  /** W and E: what is older is yellow, then red; null where nothing can be late. */
  warnAfterMs: number | null
  critAfterMs: number | null
  /** Bad must last this long before it counts. */
  forMs: number
  /** Good must last this long before it counts again. */
  recoverMs: number
  createdAt: number
  /** Ascending by `from`. Before the first one the check was enabled. */
  spells: readonly Spell[]
}

export const ruleOf = (check: StatusCheck, spells: readonly Spell[]): CheckRule => ({
  id: check.id,
  name: check.name,
  kind: check.kind,
  isPush: check.source.connector === 'push',
  intervalMs: check.interval_seconds * 1000,
  warnAfterMs: check.warn_after_seconds === null ? null : check.warn_after_seconds * 1000,
  critAfterMs: check.crit_after_seconds === null ? null : check.crit_after_seconds * 1000,
  forMs: check.for_minutes * 60_000,
  recoverMs: check.recover_minutes * 60_000,
  createdAt: fromInstant(check.created_at),
  spells,
})

/** The spells of a check from its record versions, oldest first. */
export const spellsOf = (versions: readonly Pick<StatusCheck, 'updated_at' | 'is_enabled'>[]): Spell[] =>
  versions
    .map((version) => ({ from: fromInstant(version.updated_at), enabled: version.is_enabled }))
    .filter(({ enabled }, index, all) => enabled !== all[index - 1]?.enabled)

interface ThresholdError {
  field: 'warn_after_seconds' | 'crit_after_seconds'
  message: string
}

/** Null unless something is wrong: W and E come together, 0 < W < E, and where they are needed both are there. */
export function thresholdError(warn: number | null, crit: number | null, isNeeded: boolean): ThresholdError | null {
  if (warn === null && crit === null && !isNeeded) return null
  if (warn === null) return { field: 'warn_after_seconds', message: 'is required: when is it late?' }
  if (crit === null) return { field: 'crit_after_seconds', message: 'is required: when is it far too late?' }
  if (!(warn > 0)) return { field: 'warn_after_seconds', message: 'must be more than 0' }
  if (!(warn < crit)) return { field: 'crit_after_seconds', message: 'must be more than warn_after_seconds' }
  return null
}

export function isEnabledAt({ spells }: CheckRule, at: number): boolean {
  return spells[firstSpellAfter(spells, at) - 1]?.enabled ?? true
}

/** Infinity when the last spell has begun. */
export function nextSpellAt({ spells }: CheckRule, at: number): number {
  return spells[firstSpellAfter(spells, at)]?.from ?? Number.POSITIVE_INFINITY
}

/** Index of the first spell that begins after `at`. A check may have been edited often, hence by halves. */
function firstSpellAfter(spells: readonly Spell[], at: number): number {
  let low = 0
  let high = spells.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((spells[middle]?.from ?? Number.POSITIVE_INFINITY) > at) high = middle
    else low = middle + 1
  }
  return low
}
