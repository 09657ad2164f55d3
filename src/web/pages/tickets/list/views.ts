import { UNASSIGNED } from '../../../../contracts/tickets.ts'
import { ME, type TicketsSearch, ticketsSearch } from '../../../paths.ts'

export interface View {
  name: string
  search: TicketsSearch
}

/** What most people look for most days. The words `me` and `none` make an address mean the same to everybody. */
export const builtInViews: readonly View[] = [
  { name: 'Open', search: { done: false } },
  { name: 'Assigned to me', search: { assignee: ME } },
  { name: 'Filed by me', search: { author: ME } },
  { name: 'Following', search: { watching: true } },
  { name: 'Unassigned', search: { assignee: UNASSIGNED } },
  { name: 'All', search: {} },
]

export const VIEWS_MAX = 20
export const VIEW_NAME_MAX = 40

/** What was kept in this browser; whatever of it is not a view any more is left out. */
export function parseViews(text: string | null): View[] {
  let kept: unknown
  try {
    kept = JSON.parse(text ?? '[]')
  } catch {
    return []
  }
  if (!Array.isArray(kept)) return []
  return kept
    .filter((view): view is { name: string; search: Record<string, unknown> } => isNamed(view))
    .map(({ name, search }) => ({ name: name.slice(0, VIEW_NAME_MAX), search: ticketsSearch(search) }))
    .slice(0, VIEWS_MAX)
}

function isNamed(view: unknown): boolean {
  if (typeof view !== 'object' || view === null || !('name' in view) || !('search' in view)) return false
  return typeof view.name === 'string' && view.name !== '' && typeof view.search === 'object' && view.search !== null
}

/** The same name again is the same view, seen differently now. */
export const withView = (views: readonly View[], added: View): View[] =>
  views.some(({ name }) => name === added.name)
    ? views.map((view) => (view.name === added.name ? added : view))
    : [...views, added]

/** Why a view cannot be called so; null when it can. */
export function nameError(name: string, views: readonly View[]): string | null {
  if (name.trim() === '') return 'A name is needed'
  if (builtInViews.some((view) => view.name.toLowerCase() === name.trim().toLowerCase()))
    return 'There is such a view already'
  const isNew = !views.some((view) => view.name === name.trim())
  return isNew && views.length >= VIEWS_MAX ? `There are ${VIEWS_MAX} views already; remove one first` : null
}

export const isSameSearch = (a: TicketsSearch, b: TicketsSearch) => canonical(a) === canonical(b)

const canonical = (search: TicketsSearch) =>
  JSON.stringify(Object.entries(search).toSorted(([a], [b]) => (a < b ? -1 : 1)))
