import type { WorkItemDetail } from '../../../../contracts/tickets.ts'
import { AsOf } from '../../../parts/AsOf.tsx'
import stack from '../../../ui/Stack.module.css'
import { StateTag } from '../StateTag.tsx'
import { TicketTypeIcon } from '../TicketTypeIcon.tsx'

interface HeaderProps {
  item: WorkItemDetail
  freshness: { confirmedAt: number; isStale: boolean }
}

/** What it is and where it stands. */
export function TicketHeader({ item, freshness }: HeaderProps) {
  return (
    <div className={stack.section}>
      <div className={stack.bar}>
        <div className={stack.row}>
          <TicketTypeIcon type={item.item_type} withWord />
          <StateTag state={item.state} />
        </div>
        <AsOf {...freshness} />
      </div>
      <h1 tabIndex={-1}>
        <bdi>{item.title}</bdi>
      </h1>
    </div>
  )
}
