import { Button } from '@mantine/core'
import { IconDots, IconLink, IconLock, IconTrash } from '@tabler/icons-react'
import { useRouter } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import type { TransitionOption, WorkItemDetail } from '../../../../contracts/tickets.ts'
import { canSomewhere } from '../../../api/can.ts'
import { useCan, useMe } from '../../../api/me.ts'
import { toTicket } from '../../../paths.ts'
import { ActionMenu, type MenuAct } from '../../../ui/ActionMenu.tsx'
import { tellDone } from '../../../ui/notify.tsx'
import stack from '../../../ui/Stack.module.css'
import { VoteButton } from '../VoteButton.tsx'
import { FollowButton } from './FollowButton.tsx'
import { DeleteDialog, EditDialog } from './on-demand.ts'
import classes from './TicketActions.module.css'
import { TransitionButton } from './TransitionButton.tsx'
import { targetOf } from './ticket-query.ts'
import { type Asking, useTransition } from './use-transition.ts'

/** So many ways on stand as buttons; the rest is in the menu. */
const PLAIN = 3

interface ActionsProps {
  item: WorkItemDetail
  /** Offered elsewhere already. */
  except: TransitionOption | undefined
  /** It is deleted: nothing can be done, but what is being typed stays. */
  isGone: boolean
  onAsk(asking: Asking): void
}

/** What this person may do with the ticket; what it could do for others is in the menu, with the reason. */
export function TicketActions({ item, except, isGone, onAsk }: ActionsProps) {
  const can = useCan()
  const me = useMe()
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null)
  const target = targetOf(item)
  const options = item.allowed_transitions.filter((option) => option !== except)
  const permitted = options.filter(({ blocked_reason }) => blocked_reason === null)
  // To somebody who never moves any ticket, why they cannot move this one is no news.
  const blocked = canSomewhere(me, 'work_item.transition')
    ? options.filter(({ blocked_reason }) => blocked_reason !== null)
    : []
  const mayEdit = (['work_item.edit', 'work_item.triage', 'work_item.assign'] as const).some((act) => can(act, target))
  return (
    <>
      {!isGone && (
        <div className={stack.bar}>
          <section className={stack.row} aria-label="Take part">
            <VoteButton item={item} withWord />
            <FollowButton item={item} />
          </section>
          <section className={classes.actions} aria-label="Actions">
            {permitted.slice(0, PLAIN).map((option, index) => (
              <TransitionButton key={keyOf(option)} item={item} option={option} isFirst={index === 0} onAsk={onAsk} />
            ))}
            {mayEdit && (
              <Button size="xs" variant="default" onClick={() => setOpen('edit')}>
                Edit
              </Button>
            )}
            <More
              item={item}
              permitted={permitted.slice(PLAIN)}
              blocked={blocked}
              onAsk={onAsk}
              onDelete={can('work_item.delete', target) ? () => setOpen('delete') : null}
            />
          </section>
        </div>
      )}
      <Suspense>
        {open === 'edit' && <EditDialog item={item} onClose={() => setOpen(null)} />}
        {open === 'delete' && <DeleteDialog item={item} onClose={() => setOpen(null)} />}
      </Suspense>
    </>
  )
}

const keyOf = ({ to_state, label }: TransitionOption) => `${to_state} ${label}`

interface MoreProps {
  item: WorkItemDetail
  permitted: readonly TransitionOption[]
  blocked: readonly TransitionOption[]
  onAsk(asking: Asking): void
  onDelete: (() => void) | null
}

function More({ item, permitted, blocked, onAsk, onDelete }: MoreProps) {
  const { take } = useTransition(item, onAsk)
  const copyLink = useCopyLink(item.id)
  const acts: MenuAct[] = [
    ...permitted.map((option) => ({ label: option.label, onAct: () => take(option) })),
    ...blocked.map(({ label, blocked_reason }) => ({
      label,
      blocked: blocked_reason,
      icon: <IconLock size={15} aria-hidden />,
      onAct: () => undefined,
    })),
    { label: 'Copy link', icon: <IconLink size={15} aria-hidden />, onAct: () => void copyLink() },
    ...(onDelete === null ? [] : [{ label: 'Delete', icon: <IconTrash size={15} aria-hidden />, onAct: onDelete }]),
  ]
  return <ActionMenu label="More actions" icon={<IconDots size={17} aria-hidden />} acts={acts} />
}

function useCopyLink(id: string) {
  const router = useRouter()
  return async () => {
    const link = new URL(router.buildLocation(toTicket(id)).href, location.origin).href
    try {
      await navigator.clipboard.writeText(link)
      tellDone('Link copied')
    } catch {
      // Without TLS, or forbidden: then to be copied by hand.
      tellDone(`The link: ${link}`)
    }
  }
}
