import { LIMIT_MAX } from '../../../contracts/primitives.ts'
import type { Actor } from '../../access/actor.ts'
import { toDay } from '../../time.ts'
import type { Verb } from '../../verb.ts'
import { csvOf, jsonOf } from './export-format.ts'
import type { CountedItem, ItemFilter } from './item-store.ts'
import type { TicketsStore } from './store.ts'

/** Everything that the filter shows, read page by page while it is sent, so that no size of it fills the memory. */
export const exportItems =
  (store: TicketsStore): Verb<'workItemExport'> =>
  ({ actor, now }, { query: { format, ...filter } }) => {
    const items = everyItem(store, actor, filter)
    return {
      contentType: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
      fileName: `tickets-${toDay(now)}.${format}`,
      chunks: format === 'csv' ? csvOf(items) : jsonOf(items),
    }
  }

async function* everyItem(store: TicketsStore, actor: Actor, filter: ItemFilter): AsyncGenerator<CountedItem> {
  let cursor: string | undefined
  do {
    const page = store.listItems(actor, filter, { limit: LIMIT_MAX, cursor })
    yield* page.items
    cursor = page.next_cursor ?? undefined
    // Other requests come in between.
    await new Promise((resolve) => setImmediate(resolve))
  } while (cursor !== undefined)
}
