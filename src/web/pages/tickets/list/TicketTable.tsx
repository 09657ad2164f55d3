import { IconMessage } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { RefObject } from 'react'
import type { WorkItemSummary } from '../../../../contracts/tickets.ts'
import { TimeAgo } from '../../../parts/TimeAgo.tsx'
import { toTicket, toTickets } from '../../../paths.ts'
import { type Column, DataTable } from '../../../ui/DataTable.tsx'
import stack from '../../../ui/Stack.module.css'
import { StateTag } from '../StateTag.tsx'
import { TicketTypeIcon } from '../TicketTypeIcon.tsx'
import { VoteButton } from '../VoteButton.tsx'
import { severityWords } from '../words.ts'
import classes from './TicketTable.module.css'

interface TableProps {
  items: readonly WorkItemSummary[]
  platformName(id: string): string | undefined
  /** What is shown is of another filter, and the answer on its way. */
  isOld: boolean
  list: RefObject<HTMLDivElement | null>
}

export function TicketTable({ items, platformName, isOld, list }: TableProps) {
  return (
    <div ref={list} className={classes.list} aria-busy={isOld}>
      <DataTable label="Tickets" columns={columnsFor(platformName)} rows={items} keyOf={({ id }) => id} />
    </div>
  )
}

const columnsFor = (platformName: TableProps['platformName']): Column<WorkItemSummary>[] => [
  {
    header: 'Ticket',
    cell: ({ id, item_type, title, tags }) => (
      <div className={classes.ticket}>
        <TicketTypeIcon type={item_type} />
        <div>
          <Link {...toTicket(id)} className={classes.title}>
            <bdi>{title}</bdi>
          </Link>
          {tags.length > 0 && (
            <ul className={classes.tags} aria-label="Tags">
              {tags.map((tag) => (
                <li key={tag}>
                  <Link {...toTickets({ tag })} className={classes.tag} title={`All tickets tagged ${tag}`}>
                    {tag}
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
    ),
  },
  { header: 'State', cell: ({ state }) => <StateTag state={state} /> },
  { header: 'Severity', cell: ({ severity }) => (severity === null ? <None /> : severityWords[severity]) },
  { header: 'Priority', cell: ({ priority }) => priority },
  {
    header: 'Platform',
    cell: ({ platform_id: id }) => (id === null ? <None /> : <bdi>{platformName(id) ?? 'A former platform'}</bdi>),
  },
  {
    header: 'Assignee',
    cell: ({ assigned_to }) =>
      assigned_to === null ? <span className={stack.dimmed}>Nobody</span> : <bdi>{assigned_to}</bdi>,
  },
  { header: 'Votes', cell: (item) => <VoteButton item={item} /> },
  {
    header: 'Comments',
    cell: ({ comment_count: count }) => (
      <span className={classes.comments}>
        <IconMessage size={15} aria-hidden />
        {count}
      </span>
    ),
  },
  { header: 'Filed', cell: ({ created_at }) => <TimeAgo at={created_at} /> },
]

/** A dash says nothing to the ear. */
const None = () => <span className={stack.dimmed}>None</span>
