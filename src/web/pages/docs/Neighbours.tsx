import { guide } from 'virtual:docs/guide'
import { Link } from '@tanstack/react-router'
import { toDocsPage } from '../../paths.ts'
import { neighboursOf } from './guide.ts'
import classes from './Neighbours.module.css'

/** The page before and the page after, in the order of the sidebar. */
export function Neighbours({ slug }: { slug: string }) {
  const { previous, next } = neighboursOf(guide, slug)
  return (
    <nav className={classes.neighbours} aria-label="Previous and next page">
      {previous !== undefined && (
        <Link {...toDocsPage(previous.slug)} className={classes.link} title="Previous page ([)">
          <span className={classes.where}>← Previous</span> {previous.title}
        </Link>
      )}
      {next !== undefined && (
        <Link {...toDocsPage(next.slug)} className={classes.link} data-next title="Next page (])">
          <span className={classes.where}>Next →</span> {next.title}
        </Link>
      )}
    </nav>
  )
}
