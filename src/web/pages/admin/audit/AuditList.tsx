import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { readPages } from '../../../api/queries.ts'
import { Loaded } from '../../../parts/Loaded.tsx'
import { toAdminAudit } from '../../../paths.ts'
import { MoreButton } from '../../../ui/MoreButton.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { Skeletons } from '../../../ui/Skeletons.tsx'
import stack from '../../../ui/Stack.module.css'
import classes from './AuditEntry.module.css'
import { AuditEntryView } from './AuditEntryView.tsx'
import { AuditFilters } from './AuditFilters.tsx'
import { bounds } from './words.ts'

const route = getRouteApi('/admin/audit')

/** Who changed what, newest first. It stands still while it is read; "Look again" brings what came since. */
export function AuditList() {
  const search = route.useSearch()
  const { table, record, actor, portal, from, to } = search
  // Of one record or of one doer everything is meant.
  const isAll = portal === true || record !== undefined || actor !== undefined
  const query = useInfiniteQuery({
    ...readPages('auditList', {
      limit: 25,
      table,
      record_id: record,
      actor,
      by_people: isAll ? undefined : true,
      ...bounds(from, to),
    }),
    // No change is announced to it, so whoever comes is shown what is there now.
    staleTime: 0,
  })
  return (
    <div className={stack.section}>
      <div className={stack.bar}>
        <h1 tabIndex={-1}>Audit</h1>
        <Button variant="default" loading={query.isFetching} onClick={() => void query.refetch()}>
          Look again
        </Button>
      </div>
      <AuditFilters />
      {Object.keys(search).length > 0 && (
        <p className={stack.dimmed}>
          <Link {...toAdminAudit()}>Clear the filters</Link>
        </p>
      )}
      <Loaded query={query} what="audit" skeleton={<Skeletons count={6} height={74} what="audit" />}>
        {({ items, total }) =>
          items.length > 0 ? (
            <>
              <ol className={classes.entries} aria-label="What was changed">
                {items.map((entry) => (
                  <AuditEntryView key={`${entry.record_id} ${entry.version}`} entry={entry} />
                ))}
              </ol>
              <MoreButton shown={items.length} total={total} what="changes" pages={query} />
            </>
          ) : (
            <Notice title="Nothing matches">Nothing was changed by that person, in that time, of that kind.</Notice>
          )
        }
      </Loaded>
    </div>
  )
}
