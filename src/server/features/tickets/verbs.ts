import { commentVerbs } from './comment.ts'
import { deleteItem, editItem } from './edit.ts'
import { exportItems } from './export.ts'
import { openItem } from './open.ts'
import { readVerbs } from './read.ts'
import type { TicketsStore } from './store.ts'
import type { Timers } from './timers.ts'
import { moveItem } from './transition.ts'
import { voteVerbs } from './vote.ts'

export const ticketsVerbs = (store: TicketsStore, timers: Timers) => ({
  ...readVerbs(store),
  ...commentVerbs(store, timers),
  ...voteVerbs(store),
  workItemCreate: openItem(store),
  workItemEdit: editItem(store),
  workItemDelete: deleteItem(store),
  workItemTransition: moveItem(store),
  workItemExport: exportItems(store),
})
