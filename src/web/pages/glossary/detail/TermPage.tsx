import { getRouteApi, Link } from '@tanstack/react-router'
import { AsOf } from '../../../parts/AsOf.tsx'
import { Breadcrumb } from '../../../parts/Breadcrumb.tsx'
import { Loaded } from '../../../parts/Loaded.tsx'
import { Markdown } from '../../../parts/markdown/Markdown.tsx'
import { useFreshness } from '../../../parts/use-freshness.ts'
import { toGlossary } from '../../../paths.ts'
import { Skeletons } from '../../../ui/Skeletons.tsx'
import stack from '../../../ui/Stack.module.css'
import { useTitle } from '../../../ui/use-title.ts'
import { type TermDetail, useTerm } from '../queries.ts'
import { StatusTag } from '../StatusTag.tsx'
import { TermActions } from './TermActions.tsx'
import { TermBanner } from './TermBanner.tsx'
import { TermFacts } from './TermFacts.tsx'
import { TermHistory } from './TermHistory.tsx'
import classes from './TermPage.module.css'
import { TermUses } from './TermUses.tsx'

const route = getRouteApi('/glossary/$termId')

/** One term: what it means, who answers for it, where it is used and how it came to be. */
export function TermPage() {
  const { termId } = route.useParams()
  const query = useTerm(termId)
  const freshness = useFreshness(query)
  useTitle(query.data?.term ?? 'Term')
  // It was here a moment ago.
  const isGone = query.data !== undefined && query.error?.code === 'not_found'
  return (
    <div className={stack.page}>
      <Breadcrumb
        above={[
          <Link key="glossary" {...toGlossary()}>
            Glossary
          </Link>,
          ...(query.data === undefined
            ? []
            : [
                <Link key="domain" {...toGlossary({ domain: query.data.domain })}>
                  <bdi>{query.data.domain}</bdi>
                </Link>,
              ]),
        ]}
        here={query.data?.term ?? 'Term'}
      />
      <Loaded level={1} query={query} what="term" skeleton={<Skeletons count={3} height={160} what="term" />}>
        {(term) => (
          <>
            <div className={stack.section}>
              <div className={stack.bar}>
                <StatusTag status={term.status} />
                <AsOf {...freshness} />
              </div>
              <h1 tabIndex={-1}>
                <bdi>{term.term}</bdi>
              </h1>
            </div>
            <Everything key={term.id} term={term} isGone={isGone} />
          </>
        )}
      </Loaded>
    </div>
  )
}

function Everything({ term, isGone }: { term: TermDetail; isGone: boolean }) {
  return (
    <>
      {!isGone && <TermActions term={term} />}
      <TermBanner term={term} isGone={isGone} />
      <div className={classes.columns}>
        <div className={stack.page}>
          <section className={stack.panel} aria-label="Definition">
            {term.definition.trim() === '' ? (
              <p className={stack.dimmed}>Not defined yet.</p>
            ) : (
              <Markdown source={term.definition} exceptTermId={term.id} />
            )}
          </section>
          <TermUses term={term} />
          <TermHistory id={term.id} />
        </div>
        <TermFacts term={term} />
      </div>
    </>
  )
}
