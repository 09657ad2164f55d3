import { IconBell, IconBellFilled } from '@tabler/icons-react'
import type { WorkItemDetail } from '../../../../contracts/tickets.ts'
import { useAct } from '../../../api/queries.ts'
import { announce } from '../../../ui/announce.tsx'
import { tellFault } from '../../../ui/notify.tsx'
import classes from './TicketPage.module.css'

/** Follows the ticket, or stops. Says so once the portal has said so. */
export function FollowButton({ item: { id, title, watching } }: { item: WorkItemDetail }) {
  const watch = useAct('workItemWatch')
  const unwatch = useAct('workItemUnwatch')
  const isActing = watch.isPending || unwatch.isPending
  const toggle = () => {
    if (isActing) return
    const act = watching ? unwatch : watch
    act.mutate(
      { params: { id } },
      {
        onSuccess: (answer) => announce(answer.watching ? 'You follow this ticket' : 'You do not follow it any more'),
        onError: tellFault,
      },
    )
  }
  const Icon = watching ? IconBellFilled : IconBell
  return (
    <button
      type="button"
      className={classes.follow}
      aria-pressed={watching}
      aria-label={`Follow: ${title}`}
      title={watching ? 'Stop following' : 'Follow'}
      onClick={toggle}
    >
      <Icon size={16} aria-hidden />
      Follow
    </button>
  )
}
