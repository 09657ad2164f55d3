import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { SourceName } from '../../../contracts/sources.ts'
import { read } from '../../api/queries.ts'
import { Loaded } from '../../parts/Loaded.tsx'
import { RunTable } from '../../parts/RunTable.tsx'
import { toAdminRuns } from '../../paths.ts'
import { Skeletons } from '../../ui/Skeletons.tsx'
import stack from '../../ui/Stack.module.css'
import type { Check } from './CheckTable.tsx'

/** The newest run of each source that this platform's checks hang on. */
export function PlatformRuns({ checks }: { checks: readonly Check[] }) {
  const query = useQuery(read('ingestionRunLatest', { query: { limit: 50 } }))
  const sources = new Set<SourceName>(
    checks.filter(({ is_enabled }) => is_enabled).map(({ source }) => source.connector),
  )
  return (
    <section className={stack.section} aria-label="Runs">
      <div className={stack.bar}>
        <h2>Newest runs of its sources</h2>
        <Link {...toAdminRuns()}>All runs</Link>
      </div>
      <Loaded query={query} what="runs" skeleton={<Skeletons height={120} what="runs" />}>
        {({ items }) => <RunTable runs={items.filter(({ source }) => sources.has(source))} />}
      </Loaded>
    </section>
  )
}
