import type { Journal } from '../../storage/journal.ts'
import type { Local } from '../../storage/local/open.ts'
import { createRepository } from '../../storage/repository.ts'
import { createCommentStore } from './comment-store.ts'
import { createItemStore } from './item-store.ts'
import { createVoteStore } from './vote-store.ts'

/** Everything that tickets keep on disk, by noun. Lists are filtered in the query by what the actor may see. */
export function createTicketsStore(local: Local, journal: Journal) {
  return {
    ...createItemStore(createRepository('work_items', local, journal), local),
    ...createCommentStore(createRepository('work_item_comments', local, journal), local),
    ...createVoteStore(
      createRepository('work_item_votes', local, journal),
      createRepository('work_item_watches', local, journal),
      local,
    ),
  }
}

export type TicketsStore = ReturnType<typeof createTicketsStore>
