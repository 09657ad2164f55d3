import type { ReactNode } from 'react'
import classes from './Breadcrumb.module.css'

/** Where a page lies: links to what is above it, then its own name. */
export function Breadcrumb({ above, here }: { above: readonly ReactNode[]; here: string }) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className={classes.crumbs}>
        {above.map((link, depth) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what lies how deep does not move.
          <li key={depth}>{link}</li>
        ))}
        <li aria-current="page">
          <bdi>{here}</bdi>
        </li>
      </ol>
    </nav>
  )
}
