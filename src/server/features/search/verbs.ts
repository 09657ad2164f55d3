import type { Verbs } from '../../verb.ts'
import type { SearchStore } from './store.ts'

export const searchVerbs = (store: SearchStore): Verbs<'search'> => ({
  search: (ctx, { query }) => ({ items: store.find(ctx.actor, query.q) }),
})
