import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { pollable } from '../../../../contracts/sources.ts'
import { runStates } from '../../../../contracts/status.ts'
import { useCan } from '../../../api/me.ts'
import { readPages } from '../../../api/queries.ts'
import { Loaded } from '../../../parts/Loaded.tsx'
import { RunTable } from '../../../parts/RunTable.tsx'
import { runWords, sourceNames } from '../../../parts/sources.ts'
import { toAdminRuns } from '../../../paths.ts'
import { Choice, choosing } from '../../../ui/Choice.tsx'
import { MoreButton } from '../../../ui/MoreButton.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { Skeletons } from '../../../ui/Skeletons.tsx'
import stack from '../../../ui/Stack.module.css'
import { SourceCards } from './SourceCards.tsx'

const route = getRouteApi('/admin/runs')

export function RunList() {
  const can = useCan()
  return (
    <div className={stack.page}>
      <div className={stack.section}>
        <h1 tabIndex={-1}>Runs</h1>
        <SourceCards />
      </div>
      {can('ingestion_run.read') && <Runs />}
    </div>
  )
}

function Runs() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const query = useInfiniteQuery(readPages('ingestionRunList', { limit: 25, ...search }))
  const isFiltered = search.source !== undefined || search.state !== undefined
  const filter = (key: 'source' | 'state', value: string) =>
    void navigate({ search: choosing(search, key, value), replace: true })
  return (
    <section className={stack.section} aria-label="All runs">
      <div className={stack.bar}>
        <h2>All runs</h2>
        <div className={stack.row}>
          <Choice
            label="Source"
            all="All sources"
            options={pollable.map((source) => ({ value: source, label: sourceNames[source] }))}
            value={search.source}
            onChange={(value) => filter('source', value)}
          />
          <Choice
            label="Outcome"
            all="All outcomes"
            options={runStates.map((state) => ({ value: state, label: runWords[state] }))}
            value={search.state}
            onChange={(value) => filter('state', value)}
          />
        </div>
      </div>
      <Loaded query={query} what="runs" skeleton={<Skeletons height={300} what="runs" />}>
        {({ items, total }) =>
          items.length > 0 ? (
            <>
              <RunTable runs={items} />
              <MoreButton shown={items.length} total={total} what="runs" pages={query} />
            </>
          ) : isFiltered ? (
            <Notice title="No run matches" action={<Link {...toAdminRuns()}>Clear the filters</Link>} />
          ) : (
            <Notice title="No runs yet">
              A run polls one source for all of its checks. The first comes once a check is enabled.
            </Notice>
          )
        }
      </Loaded>
    </section>
  )
}
