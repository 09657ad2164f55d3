import { systemActor } from '../../access/bindings.ts'
import { Fault } from '../../fault.ts'
import { toInstant } from '../../time.ts'
import { autoCloseAfterMs, autoMove } from './rules/timers.ts'
import type { TicketsStore } from './store.ts'

export interface Timers {
  /** Moves everything that is due; answers how many moved. Safe to repeat and to interrupt: what is due is read off the store. */
  tick(now: number): Promise<number>
  /** The same for one item, at once. */
  settle(itemId: string, now: number, requestId: string): Promise<void>
}

const BATCH_MAX = 500

/** What the portal does on its own: closing what is long done, and going on when the author has answered. */
export function createTimers(store: TicketsStore, newRequestId: (now: number) => string): Timers {
  const move = async (itemId: string, now: number, requestId: string): Promise<boolean> => {
    const item = store.item(itemId)
    if (item === null) return false
    const { last, lastByAuthor } = store.lastComments(item.id, item.created_by)
    const outcome = autoMove({ item, lastCommentAt: last, lastAuthorCommentAt: lastByAuthor }, now)
    if (outcome === null) return false
    try {
      const doing = { actor: systemActor('workflow'), now, requestId }
      await store.saveItem(doing, 'work_item.transition', item, outcome.changes)
      return true
    } catch (fault) {
      // Somebody acted in the same moment, or nothing can be written now: what is still due is seen at the next tick.
      if (fault instanceof Fault) return false
      throw fault
    }
  }

  return {
    async tick(now) {
      const requestId = newRequestId(now)
      let moved = 0
      for (const { id } of store.dueItems(toInstant(now - autoCloseAfterMs), BATCH_MAX))
        if (await move(id, now, requestId)) moved += 1
      return moved
    },
    async settle(itemId, now, requestId) {
      await move(itemId, now, requestId)
    },
  }
}
