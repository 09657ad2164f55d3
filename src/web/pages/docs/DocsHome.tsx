import { guide } from 'virtual:docs/guide'
import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import { toDocsPage } from '../../paths.ts'
import stack from '../../ui/Stack.module.css'
import { useTitle } from '../../ui/use-title.ts'
import classes from './DocsHome.module.css'
import { DocsSearch } from './DocsSearch.tsx'
import { Permitted } from './Permitted.tsx'
import { useDocsKeys } from './use-docs-keys.ts'

/** Every page with its summary, in the order in which they are best read. */
export function DocsHome() {
  useTitle('Docs')
  const searchField = useRef<HTMLInputElement>(null)
  useDocsKeys(null, searchField)
  return (
    <Permitted>
      <div className={stack.page}>
        <div className={stack.section}>
          <h1 tabIndex={-1}>Docs</h1>
          <DocsSearch field={searchField} />
        </div>
        {guide.groups.map(({ title, pages }) => (
          <section key={title} className={stack.section} aria-label={title}>
            <h2>{title}</h2>
            <ul className={classes.pages}>
              {pages.map((page) => (
                <li key={page.slug} className={classes.page}>
                  <Link {...toDocsPage(page.slug)} className={classes.link}>
                    {page.title}
                  </Link>
                  <p className={stack.dimmed}>{page.summary}</p>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Permitted>
  )
}
