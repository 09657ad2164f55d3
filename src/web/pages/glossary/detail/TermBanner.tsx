import { Link } from '@tanstack/react-router'
import { toGlossary } from '../../../paths.ts'
import type { TermDetail } from '../queries.ts'
import { TermLink } from '../TermLink.tsx'
import classes from './TermPage.module.css'

/** What to know before using the word. */
export function TermBanner({ term, isGone }: { term: TermDetail; isGone: boolean }) {
  if (isGone)
    return (
      <div className={classes.banner} data-tone="gone" role="status">
        <p>
          Somebody deleted this term. <Link {...toGlossary()}>Back to the glossary</Link>
        </p>
      </div>
    )
  if (term.status === 'draft')
    return (
      <div className={classes.banner} data-tone="draft">
        <p>A draft: what it means is still being agreed on.</p>
      </div>
    )
  if (term.status !== 'deprecated') return null
  return (
    <div className={classes.banner} role="status">
      <p>
        {term.successor === null ? (
          'Deprecated: do not use it any more. Nothing takes its place.'
        ) : (
          <>
            Deprecated: use <TermLink term={term.successor} besides={term.domain} /> instead.
          </>
        )}
      </p>
    </div>
  )
}
