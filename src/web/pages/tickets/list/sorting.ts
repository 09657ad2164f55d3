import { type Order, type Sort, sorts } from '../../../../contracts/tickets.ts'
import type { TicketsSearch } from '../../../paths.ts'

/** Each in its usual order, which is the portal's own: newest and most first, the most urgent first. */
export const sortWords: Record<Sort, string> = {
  created_at: 'Newest first',
  updated_at: 'Last changed first',
  votes: 'Most votes first',
  priority: 'Most urgent first',
  due_at: 'Due soonest first',
}

const usual: Record<Sort, Order> = {
  created_at: 'desc',
  updated_at: 'desc',
  votes: 'desc',
  priority: 'asc',
  due_at: 'asc',
}

export const isReversed = ({ sort = 'created_at', order }: TicketsSearch) =>
  order !== undefined && order !== usual[sort]

/** The order to ask for so that it is the other way round than it is now. */
export const reversed = (search: TicketsSearch): Order | undefined =>
  isReversed(search) ? undefined : usual[search.sort ?? 'created_at'] === 'asc' ? 'desc' : 'asc'

/** Matches come best first, which has no other way round. */
export const canReverse = ({ q, sort }: TicketsSearch) => q === undefined || sort !== undefined

/** What there is to choose beside the sort that goes without saying; without words to match that is the newest first. */
export const sortsBesides = ({ q, sort }: TicketsSearch) =>
  sorts.filter((candidate) => q !== undefined || candidate !== 'created_at' || candidate === sort)
