import { guide } from 'virtual:docs/guide'
import { Link } from '@tanstack/react-router'
import { toDocs, toDocsPage } from '../../paths.ts'
import classes from './Sidebar.module.css'

/** Every page, by groups; the open one is marked. */
export function Sidebar({ onGone }: { onGone?: () => void }) {
  const onClick = onGone === undefined ? {} : { onClick: onGone }
  return (
    <>
      <Link {...toDocs()} className={classes.page} activeOptions={{ exact: true }} {...onClick}>
        All pages
      </Link>
      {guide.groups.map(({ title, pages }) => (
        <div key={title}>
          <h2 className={classes.group}>{title}</h2>
          <ul className={classes.pages}>
            {pages.map((page) => (
              <li key={page.slug}>
                <Link
                  {...toDocsPage(page.slug)}
                  className={classes.page}
                  activeOptions={{ includeHash: false }}
                  activeProps={{ 'aria-current': 'page' }}
                  {...onClick}
                >
                  {page.title}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  )
}
