import type { WorkItem } from '../../../../contracts/tickets.ts'
import { DAY_MS, fromInstant } from '../../../time.ts'
import { type Outcome, takeTransition } from './transition.ts'

export const autoCloseAfterMs = 5 * DAY_MS

export interface TimerFacts {
  item: WorkItem
  /** Newest comment by anybody; null when there is none. */
  lastCommentAt: string | null
  lastAuthorCommentAt: string | null
}

/** What the portal does to an item on its own now; null when nothing. */
export function autoMove(facts: TimerFacts, now: number): (Outcome & { kind: 'taken' }) | null {
  const to = targetOf(facts, now)
  if (to === null) return null
  const { item } = facts
  const outcome = takeTransition(
    { item, who: ['SYS'], because: '', callerId: 'system:workflow', staffHasActed: true, othersTookPart: true },
    { to_state: to },
    now,
  )
  return outcome.kind === 'taken' ? outcome : null
}

function targetOf({ item, lastCommentAt, lastAuthorCommentAt }: TimerFacts, now: number): WorkItem['state'] | null {
  if (item.state === 'RESOLVED' || item.state === 'FULFILLED') {
    const touched = Math.max(fromInstant(item.updated_at), lastCommentAt === null ? 0 : fromInstant(lastCommentAt))
    return now - touched >= autoCloseAfterMs ? 'CLOSED' : null
  }
  if (item.state !== 'WAITING' || lastAuthorCommentAt === null || lastAuthorCommentAt <= item.state_at) return null
  return item.item_type === 'PLATFORM_REQUEST' ? item.waiting_from : 'IN_PROGRESS'
}
