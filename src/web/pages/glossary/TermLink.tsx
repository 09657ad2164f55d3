import { Link } from '@tanstack/react-router'
import type { TermRef } from '../../../contracts/glossary-ref.ts'
import { toTerm } from '../../paths.ts'

/** A term of another domain than the page's says which. */
export const TermLink = ({ term, besides }: { term: TermRef; besides?: string }) => (
  <>
    <Link {...toTerm(term.id)}>
      <bdi>{term.term}</bdi>
    </Link>
    {term.domain !== besides && (
      <>
        {' '}
        (<bdi>{term.domain}</bdi>)
      </>
    )}
  </>
)
