import type { ReactNode } from 'react'
import type { Platform, PlatformStatus } from '../../../contracts/status.ts'
import { Freshness } from '../../parts/Freshness.tsx'
import { TimeAgo } from '../../parts/TimeAgo.tsx'
import list from '../../ui/Facts.module.css'
import stack from '../../ui/Stack.module.css'
import classes from './PlatformPage.module.css'

interface FactsProps {
  platform: Platform
  status: PlatformStatus | undefined
  isStale: boolean
}

/** Who answers for it, and the times: judged, looked at, and how old the data itself is. */
export function PlatformFacts({ platform, status, isStale }: FactsProps) {
  const facts: [string, ReactNode][] = [
    ['Domain', <bdi key="domain">{platform.domain}</bdi>],
    ['Owner', platform.owner === '' ? 'Nobody named' : <bdi key="owner">{platform.owner}</bdi>],
  ]
  if (status !== undefined) {
    facts.push(
      ['Evaluated', <TimeAgo key="evaluated" at={status.evaluated_at} />],
      ['Last observed', <TimeAgo key="observed" at={status.last_observed_at} />],
      ['Last success', <TimeAgo key="success" at={status.last_success_at} />],
      ['Data as of', <TimeAgo key="data" at={status.data_as_of} never="not known" />],
      ['Freshness', <Freshness key="freshness" freshness={status.freshness} isStale={isStale} />],
      ['Open alerts', status.open_alerts],
    )
  }
  return (
    <dl className={`${stack.panel} ${list.facts} ${classes.facts}`}>
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
