import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { templateOf } from '../../../../contracts/request-templates.ts'
import type { WorkItemDetail, WorkItemRef } from '../../../../contracts/tickets.ts'
import { usePlatformNames } from '../../../api/summary.ts'
import { At, TimeAgo } from '../../../parts/TimeAgo.tsx'
import { toPlatform, toRoadmap, toTicket, toTickets } from '../../../paths.ts'
import list from '../../../ui/Facts.module.css'
import stack from '../../../ui/Stack.module.css'
import { coarse } from '../../../ui/time.ts'
import { useNow } from '../../../ui/use-now.ts'
import { StateTag } from '../StateTag.tsx'
import { priorityWords, severityWords } from '../words.ts'
import { answerLabel, answerText } from './field-words.ts'
import { Person } from './people.tsx'
import classes from './TicketPage.module.css'

type Fact = [string, ReactNode]

/** Everything about it that is not a sentence. */
export function TicketFacts({ item }: { item: WorkItemDetail }) {
  const facts: (Fact | null)[] = [
    ['Platform', <PlatformLink key="platform" id={item.platform_id} />],
    item.severity === null ? null : ['Severity', severityWords[item.severity]],
    ['Priority', priorityWords[item.priority]],
    item.environment === null ? null : ['Environment', item.environment],
    ['Assignee', item.assigned_to === null ? 'Nobody yet' : <Person key="assignee" principal={item.assigned_to} />],
    item.due_at === null ? null : ['Due', <Due key="due" item={item} at={item.due_at} />],
    ['Tags', item.tags.length === 0 ? 'None' : <Tags key="tags" tags={item.tags} />],
    ['Filed by', <Person key="author" principal={item.created_by} />],
    ['Filed', <TimeAgo key="filed" at={item.created_at} withClock />],
    ['Changed', <TimeAgo key="changed" at={item.updated_at} withClock />],
    item.reopen_count === 0 ? null : ['Reopened', `${item.reopen_count} times`],
    ['Followed by', <Watchers key="watchers" item={item} />],
    ...requestFacts(item),
    item.source_id === null ? null : ['Imported from', <bdi key="source">{item.source_id}</bdi>],
    item.duplicates.length === 0 ? null : ['Repeated by', <Refs key="duplicates" items={item.duplicates} />],
    item.roadmap_items.length === 0 ? null : ['Planned in', <Planned key="roadmap" items={item.roadmap_items} />],
  ]
  return (
    <aside className={`${stack.panel} ${classes.facts}`} aria-label="Facts">
      <dl className={`${list.facts} ${classes.factList}`}>
        {facts
          .filter((fact) => fact !== null)
          .map(([term, value]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </aside>
  )
}

/** The template's answers under the words of its form, and whether it was approved. */
function requestFacts({ template, answers, approved_by, approved_at }: WorkItemDetail): (Fact | null)[] {
  if (template === null) return []
  const known = templateOf(template)
  const approval =
    approved_by === null ? (
      'Not approved'
    ) : (
      <>
        <Person principal={approved_by} />, <TimeAgo at={approved_at} />
      </>
    )
  return [
    ['Template', known?.name ?? template],
    ...Object.entries(answers ?? {}).map(
      ([key, answer]): Fact => [answerLabel(template, key), <bdi key={key}>{answerText(answer)}</bdi>],
    ),
    approved_by === null && known?.requiresApproval !== true ? null : ['Approval', approval],
  ]
}

function PlatformLink({ id }: { id: string | null }) {
  const platforms = usePlatformNames()
  if (id === null) return <>None</>
  return (
    <Link {...toPlatform(id)}>
      <bdi>{platforms.find((platform) => platform.id === id)?.name ?? 'Platform'}</bdi>
    </Link>
  )
}

/** Late is said in words; when it is done nothing is late any more. */
function Due({ item, at }: { item: WorkItemDetail; at: string }) {
  const now = useNow()
  const lateMs = item.category === 'done' ? 0 : now - Date.parse(at)
  return (
    <>
      <At at={at} />
      {lateMs > 0 && <span className={classes.late}> Overdue by {coarse(lateMs)}</span>}
    </>
  )
}

const Tags = ({ tags }: { tags: readonly string[] }) => (
  <ul className={stack.row}>
    {tags.map((tag) => (
      <li key={tag}>
        <Link {...toTickets({ tag })}>
          <bdi>{tag}</bdi>
        </Link>
      </li>
    ))}
  </ul>
)

function Watchers({ item: { watchers, watcher_count } }: { item: WorkItemDetail }) {
  if (watcher_count === 0) return <>Nobody</>
  return (
    <details>
      <summary>
        {watcher_count} {watcher_count === 1 ? 'person' : 'people'}
      </summary>
      <ul>
        {watchers.map((watcher) => (
          <li key={watcher}>
            <Person principal={watcher} />
          </li>
        ))}
        {watcher_count > watchers.length && <li>and {watcher_count - watchers.length} more</li>}
      </ul>
    </details>
  )
}

const Refs = ({ items }: { items: readonly WorkItemRef[] }) => (
  <ul>
    {items.map(({ id, title, state }) => (
      <li key={id}>
        <Link {...toTicket(id)}>
          <bdi>{title}</bdi>
        </Link>{' '}
        <StateTag state={state} />
      </li>
    ))}
  </ul>
)

const Planned = ({ items }: { items: WorkItemDetail['roadmap_items'] }) => (
  <ul>
    {items.map(({ id, title, phase, target_quarter }) => (
      <li key={id}>
        <Link {...toRoadmap({ item: id })}>
          <bdi>{title}</bdi>
        </Link>{' '}
        ({phase}
        {target_quarter === null ? '' : `, ${target_quarter}`})
      </li>
    ))}
  </ul>
)
