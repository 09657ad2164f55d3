import { useLocation } from '@tanstack/react-router'
import classes from './Contents.module.css'
import type { Heading } from './guide.ts'
import { useCurrentHeading } from './use-current-heading.ts'

/** What is on this page, and where in it the reader is. */
export function Contents({ headings }: { headings: readonly Heading[] }) {
  const aimed = useLocation({ select: ({ hash }) => hash })
  const current = useCurrentHeading(headings, aimed)
  return (
    <nav className={classes.contents} aria-label="On this page">
      <p className={classes.title} aria-hidden>
        On this page
      </p>
      <ul className={classes.list}>
        {headings.map(({ id, text, level }) => (
          <li key={id} data-level={level}>
            <a href={`#${id}`} className={classes.link} {...(id === current ? { 'aria-current': 'location' } : {})}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
