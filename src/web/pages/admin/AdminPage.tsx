import '@mantine/core/styles/Checkbox.layer.css'
import '@mantine/core/styles/Combobox.layer.css'
import '@mantine/core/styles/Fieldset.layer.css'
import '@mantine/core/styles/FloatingIndicator.layer.css'
import '@mantine/core/styles/Pill.layer.css'
import '@mantine/core/styles/PillsInput.layer.css'
import '@mantine/core/styles/Popover.layer.css'
import '@mantine/core/styles/Radio.layer.css'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { meQuery } from '../../api/me.ts'
import { NoPermission } from '../../parts/ErrorState.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { adminSections, adminSectionsFor } from '../../shell/sections.ts'
import { Skeletons } from '../../ui/Skeletons.tsx'
import stack from '../../ui/Stack.module.css'
import { useTitle } from '../../ui/use-title.ts'
import classes from './AdminPage.module.css'

/** Around every admin section: the ones this person has, and a plain no for one they do not. */
export function AdminPage() {
  useTitle('Admin')
  const query = useQuery(meQuery)
  const { pathname } = useLocation()
  const sections = useRef<HTMLElement>(null)
  const isKnown = query.data !== undefined
  // On a narrow screen the sections scroll sideways; where one is must not be out of sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each section is another place.
  useEffect(() => {
    const nav = sections.current
    const here = nav?.querySelector<HTMLElement>('[aria-current="page"]')
    if (nav != null && here != null) nav.scrollLeft = here.offsetLeft - (nav.clientWidth - here.offsetWidth) / 2
  }, [pathname, isKnown])
  return (
    <div className={stack.page}>
      <Loaded
        level={1}
        query={query}
        what="permissions"
        skeleton={
          <>
            <h1>Admin</h1>
            <Skeletons height={240} what="permissions" />
          </>
        }
      >
        {(me) => {
          const mine = adminSectionsFor(me)
          const here = adminSections.find(({ link }) => pathname.startsWith(link.to))
          if (here !== undefined && !mine.includes(here)) {
            return (
              <NoPermission level={1} sentence={`${here.label} needs the permission ${here.needs.join(' or ')}.`} />
            )
          }
          return (
            <>
              <nav ref={sections} className={classes.sections} aria-label="Admin sections">
                {mine.map(({ label, link }) => (
                  <Link
                    key={label}
                    {...link}
                    className={classes.section}
                    activeOptions={{ includeSearch: false }}
                    activeProps={{ 'aria-current': 'page' }}
                  >
                    {label}
                  </Link>
                ))}
              </nav>
              <Outlet />
            </>
          )
        }}
      </Loaded>
    </div>
  )
}
