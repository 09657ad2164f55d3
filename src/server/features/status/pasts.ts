import type { StatusCheck } from '../../../contracts/status.ts'
import { toInstant } from '../../time.ts'
import { type CheckRule, ruleOf, spellsOf } from './rules/check.ts'
import { noFacts } from './rules/facts.ts'
import { observed } from './rules/observed.ts'
import { type CheckPast, emptyPast, foldAll } from './rules/past.ts'
import type { StatusStore } from './store.ts'

/**
 * How many observations before an instant are folded to know a check at it. State, reason, watermark, last success and
 * last failure are exact whatever it is; only `since` and instability begin no earlier than the first of them. Retention spares as many.
 */
export const LOOKBACK = 400

export const ruleFor = (check: StatusCheck, store: StatusStore): CheckRule =>
  ruleOf(check, spellsOf(store.checkVersions(check.id)))

/** What is known of a check from everything measured before this instant. Milliseconds. */
export function pastBefore(rule: CheckRule, before: number, store: StatusStore): CheckPast {
  const recent = store.results.lastBefore(rule.id, toInstant(before), LOOKBACK)
  const first = recent[0]
  const empty = emptyPast(rule)
  if (first === undefined) return empty
  if (recent.length < LOOKBACK) return foldAll(rule, recent.map(observed), empty)
  const firstAt = observed(first).measuredAt
  const begun: CheckPast = {
    ...empty,
    playedTo: firstAt,
    seen: { ...empty.seen, since: firstAt },
    shown: { ...empty.shown, since: firstAt },
    facts: factsBefore(rule.id, first.measured_at, store),
  }
  return foldAll(rule, recent.map(observed), begun)
}

/** What a long past leaves behind, asked of the store instead of folded. */
function factsBefore(checkId: string, before: string, store: StatusStore): CheckPast['facts'] {
  const watermark = store.results.watermark(checkId, before)
  const [success, failure] = [
    store.results.lastOf(checkId, 'ok', before),
    store.results.lastOf(checkId, 'fail', before),
  ]
  return {
    ...noFacts,
    watermark: watermark === null ? null : Date.parse(watermark),
    lastSuccessAt: success === null ? null : observed(success).measuredAt,
    lastFailureAt: failure === null ? null : observed(failure).measuredAt,
    lastFailureMessage: failure?.message ?? null,
  }
}
