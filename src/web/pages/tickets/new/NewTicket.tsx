import { getRouteApi, Link } from '@tanstack/react-router'
import { canSomewhere } from '../../../api/can.ts'
import { useMe } from '../../../api/me.ts'
import { NoPermission } from '../../../parts/ErrorState.tsx'
import { type NewTicketSearch, newTicketSearch, toTickets } from '../../../paths.ts'
import { Skeletons } from '../../../ui/Skeletons.tsx'
import stack from '../../../ui/Stack.module.css'
import { useTitle } from '../../../ui/use-title.ts'
import { keptDraft } from './kept-draft.ts'
import classes from './NewTicket.module.css'
import { TicketForm } from './TicketForm.tsx'
import { TypeCards, typeTitle } from './TypeCards.tsx'

const route = getRouteApi('/tickets/new')

export function NewTicket() {
  const me = useMe()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const title = search.type === undefined ? 'New ticket' : typeTitle(search.type)
  useTitle(title)
  if (me === undefined) return <Skeletons count={3} height={120} what="form" />
  if (!canSomewhere(me, 'work_item.create')) {
    return (
      <NoPermission
        level={1}
        sentence="Filing tickets needs the role contributor. An administrator of this portal can grant it."
      />
    )
  }
  return (
    <div className={classes.page}>
      <nav aria-label="Breadcrumb">
        <Link {...toTickets()} className={classes.back}>
          Tickets
        </Link>
      </nav>
      <h1 tabIndex={-1}>{title}</h1>
      <TypeCards
        chosen={search.type}
        onChoose={(type) => void navigate({ search: { ...begun(search), type }, replace: true, resetScroll: false })}
      />
      {search.type === undefined ? (
        <p className={stack.dimmed}>Choose one, and its form appears here.</p>
      ) : (
        <TicketForm key={search.type} type={search.type} search={search} />
      )}
    </div>
  )
}

/** A second thought about the type does not cost what every type has. */
function begun(search: NewTicketSearch): NewTicketSearch {
  const draft = search.type === undefined ? null : keptDraft.get(search.type)
  return draft === null ? search : newTicketSearch({ ...search, title: draft.title, platform: draft.platform_id })
}
