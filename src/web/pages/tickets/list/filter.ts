import type { Me } from '../../../../contracts/access.ts'
import { readPages } from '../../../api/queries.ts'
import { ME, type TicketsSearch } from '../../../paths.ts'

/** What the portal is asked for: the address in its words, with `me` said by name. */
export const filterOf = (search: TicketsSearch, me: Pick<Me, 'id'> | undefined) => ({
  item_type: search.type,
  state: search.state,
  category: search.category,
  done: search.done,
  platform_id: search.platform,
  severity: search.severity,
  assigned_to: search.assignee === ME ? me?.id : search.assignee,
  created_by: search.author === ME ? me?.id : search.author,
  tag: search.tag,
  voted: search.voted,
  watching: search.watching,
  q: search.q,
  sort: search.sort,
  order: search.order,
})

/** Until it is known who reads it, an address that says `me` means nobody. */
export const needsMe = ({ assignee, author }: TicketsSearch) => assignee === ME || author === ME

export const PAGE_SIZE = 25

export const ticketsQuery = (search: TicketsSearch, me: Pick<Me, 'id'> | undefined) =>
  readPages('workItemList', { limit: PAGE_SIZE, ...filterOf(search, me) })

const seldom = ['category', 'done', 'severity', 'assignee', 'author', 'tag', 'voted', 'watching'] as const

/** How many of the filters are on that the page does not show at once. */
export const countMore = (search: TicketsSearch) => seldom.filter((key) => search[key] !== undefined).length

/** The order is no filter: it hides nothing. */
export const isFiltered = ({ sort, order, ...filters }: TicketsSearch) => Object.keys(filters).length > 0
