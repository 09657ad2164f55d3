import { Button, CloseButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { type TicketsSearch, toTickets } from '../../../paths.ts'
import { announce } from '../../../ui/announce.tsx'
import { forBrowser } from '../../../ui/stored.ts'
import { SaveViewDialog } from './SaveViewDialog.tsx'
import classes from './Views.module.css'
import { builtInViews, isSameSearch, parseViews, type View, withView } from './views.ts'

const KEY = 'lakeport.ticket-views'

/** Ready-made filters, and the reader's own, which are kept in this browser. */
export function Views({ search }: { search: TicketsSearch }) {
  const [saved, setSaved] = useState(() => parseViews(forBrowser.get(KEY)))
  const [isNaming, setIsNaming] = useState(false)
  const list = useRef<HTMLUListElement>(null)
  const isKnown = [...builtInViews, ...saved].some((view) => isSameSearch(view.search, search))
  const keep = (views: View[]) => {
    setSaved(views)
    forBrowser.set(KEY, views.length === 0 ? null : JSON.stringify(views))
  }
  const link = ({ name, search: own }: View) => (
    <Link
      {...toTickets(own)}
      className={classes.view}
      aria-current={isSameSearch(own, search) ? 'page' : undefined}
      activeProps={{}}
      resetScroll={false}
    >
      {name}
    </Link>
  )
  return (
    <nav className={classes.views} aria-label="Views">
      <ul className={classes.list} ref={list}>
        {builtInViews.map((view) => (
          <li key={view.name}>{link(view)}</li>
        ))}
        {saved.map((view) => (
          <li key={`saved ${view.name}`} className={classes.saved}>
            {link(view)}
            <CloseButton
              size="sm"
              aria-label={`Remove the view ${view.name}`}
              title="Remove this view"
              onClick={() => {
                keep(saved.filter(({ name }) => name !== view.name))
                announce(`Removed the view ${view.name}`)
                list.current?.querySelector('a')?.focus()
              }}
            />
          </li>
        ))}
      </ul>
      {!isKnown && (
        <Button variant="default" size="xs" onClick={() => setIsNaming(true)}>
          Save this view
        </Button>
      )}
      {isNaming && (
        <SaveViewDialog
          views={saved}
          onSave={(name) => {
            keep(withView(saved, { name, search }))
            announce(`Saved the view ${name}`)
          }}
          onClose={() => setIsNaming(false)}
        />
      )}
    </nav>
  )
}
