import { Button } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import type { SourceName } from '../../../../contracts/sources.ts'
import type { StatusSummary } from '../../../../contracts/status.ts'
import { useMe } from '../../../api/me.ts'
import { read, useAct } from '../../../api/queries.ts'
import { useSummary } from '../../../api/summary.ts'
import { Loaded } from '../../../parts/Loaded.tsx'
import { RunBadge } from '../../../parts/RunBadge.tsx'
import { sourceNames } from '../../../parts/sources.ts'
import { TimeAgo } from '../../../parts/TimeAgo.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { tellDone, tellFault } from '../../../ui/notify.tsx'
import { Skeletons } from '../../../ui/Skeletons.tsx'
import stack from '../../../ui/Stack.module.css'
import classes from './SourceCards.module.css'

type Source = StatusSummary['ingestion'][number]

/** Each source that is polled: how it is doing, and polling it now. */
export function SourceCards() {
  const { query } = useSummary()
  const mine = useMySources()
  return (
    <Loaded query={query} what="sources" skeleton={<Skeletons columns count={3} height={130} what="sources" />}>
      {({ ingestion }) =>
        ingestion.length === 0 ? (
          <Notice title="Nothing is polled yet">A source is polled once an enabled check hangs on it.</Notice>
        ) : (
          <ul className={classes.cards}>
            {ingestion.map((source) => (
              <SourceCard key={source.source} source={source} mayRun={mine === 'all' || mine.has(source.source)} />
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}

function SourceCard({
  source: { source, last_success_at, last_run_state, is_stale },
  mayRun,
}: {
  source: Source
  mayRun: boolean
}) {
  const trigger = useAct('ingestionRunTrigger')
  const isRunning = last_run_state === 'RUNNING'
  const run = () =>
    // Only what is polled has a run, so what came in the summary's list may be asked for.
    source !== 'push' &&
    trigger.mutate(
      { body: { source } },
      { onSuccess: () => tellDone(`Polling: ${sourceNames[source]}`), onError: tellFault },
    )
  return (
    <li className={stack.panel}>
      <div className={stack.bar}>
        <h2>{sourceNames[source]}</h2>
        {last_run_state !== null && <RunBadge state={last_run_state} />}
      </div>
      <p className={stack.dimmed}>
        Last success <TimeAgo at={last_success_at} withClock />
        {is_stale && '. That is longer ago than it should be.'}
      </p>
      {mayRun && source !== 'push' && (
        <Button
          variant="default"
          size="xs"
          mt="sm"
          loading={trigger.isPending}
          disabled={isRunning}
          onClick={run}
          aria-label={`${isRunning ? 'Running' : 'Run now'}: ${sourceNames[source]}`}
        >
          {isRunning ? 'Running' : 'Run now'}
        </Button>
      )}
    </li>
  )
}

/** Sources the caller may poll: those that feed an enabled check of a platform in their reach. */
function useMySources(): 'all' | Set<SourceName> {
  const scope = useMe()?.permissions['ingestion_run.trigger']
  const platformIds = scope === undefined || scope.everywhere ? [] : scope.platform_ids
  const pages = useQueries({
    queries: platformIds.map((id) => read('statusCheckList', { query: { platform_id: id, limit: 200 } })),
  })
  if (scope?.everywhere === true) return 'all'
  const checks = pages.flatMap(({ data }) => data?.items ?? [])
  return new Set(checks.filter(({ is_enabled }) => is_enabled).map(({ source }) => source.connector))
}
