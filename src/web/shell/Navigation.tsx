import { Link } from '@tanstack/react-router'
import type { Me } from '../../contracts/access.ts'
import { toStatus } from '../paths.ts'
import classes from './Shell.module.css'
import { sectionsFor } from './sections.ts'

export function Navigation({ me }: { me: Me | undefined }) {
  return (
    <>
      <Link {...toStatus()} className={classes.brand} aria-label="Lakeport, home">
        <img src="/favicon.svg" alt="" width="26" height="26" />
        <span className={classes.name}>Lakeport</span>
      </Link>
      <nav className={classes.nav} aria-label="Main">
        {sectionsFor(me)
          .filter(({ isShown }) => isShown)
          .map(({ label, link }) => (
            <Link
              key={label}
              {...link}
              className={classes.section}
              activeOptions={{ exact: link.to === '/', includeSearch: false }}
              activeProps={{ 'aria-current': 'page' }}
            >
              {label}
            </Link>
          ))}
      </nav>
    </>
  )
}
