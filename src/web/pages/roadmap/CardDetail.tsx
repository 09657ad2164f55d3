import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { RoadmapDetail } from '../../../contracts/roadmap.ts'
import { useCan } from '../../api/me.ts'
import { read, useAct } from '../../api/queries.ts'
import { usePlatformNames } from '../../api/summary.ts'
import { Loaded } from '../../parts/Loaded.tsx'
import { Markdown } from '../../parts/markdown/Markdown.tsx'
import { TimeAgo } from '../../parts/TimeAgo.tsx'
import { toPlatform, toTicket } from '../../paths.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { tellDone, tellFault } from '../../ui/notify.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import stack from '../../ui/Stack.module.css'
import { StateTag } from '../tickets/StateTag.tsx'
import { Owner } from './Owner.tsx'
import classes from './Roadmap.module.css'
import { demandText, phaseWords, progressText, slipText } from './words.ts'

const CardForm = lazy(() => import('./CardForm.tsx'))

/** One card whole: what it means, which tickets it answers, and how often it was put off. */
export default function CardDetail({ id, onClose }: { id: string; onClose(): void }) {
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null)
  // What is being deleted is not asked for again: the answer would be that there is no such thing.
  const query = useQuery({ ...read('roadmapRead', { params: { id } }), enabled: open !== 'delete' })
  const close = () => setOpen(null)
  return (
    <>
      <Dialog
        title={query.data?.title ?? 'Roadmap item'}
        closeLabel="Back to the roadmap"
        onClose={onClose}
        isOpen={open === null}
      >
        <Loaded query={query} what="roadmap item" skeleton={<Skeletons count={2} height={80} what="roadmap item" />}>
          {(item) => <Content item={item} onOpen={setOpen} />}
        </Loaded>
      </Dialog>
      <Suspense>
        {open === 'edit' && query.data !== undefined && <CardForm item={query.data} onClose={close} />}
        {open === 'delete' && query.data !== undefined && (
          <DeleteCard item={query.data} onClose={close} onDeleted={onClose} />
        )}
      </Suspense>
    </>
  )
}

function Content({ item, onOpen }: { item: RoadmapDetail; onOpen(what: 'edit' | 'delete'): void }) {
  const can = useCan()
  const mayWrite = can('roadmap.write', { platformIds: item.platform_id === null ? [] : [item.platform_id] })
  return (
    <div className={stack.section}>
      <Facts item={item} />
      <Markdown source={item.description} />
      <h3>Tickets</h3>
      {item.work_item_ids.length === 0 ? (
        <p className={stack.dimmed}>No ticket is linked.</p>
      ) : (
        <>
          <p className={stack.dimmed}>
            {progressText(item.progress)}, {demandText(item.demand)}
          </p>
          <ul className={classes.tickets}>
            {item.work_items.map(({ id, title, state }) => (
              <li key={id}>
                <Link {...toTicket(id)}>
                  <bdi>{title}</bdi>
                </Link>
                <StateTag state={state} />
              </li>
            ))}
          </ul>
        </>
      )}
      {item.slips.length > 0 && (
        <>
          <h3>Put off</h3>
          <ol className={classes.slips}>
            {item.slips.map((slip) => (
              <li key={slip.at}>
                <strong>{slipText(slip)}</strong>: <bdi>{slip.reason}</bdi>{' '}
                <span className={stack.dimmed}>
                  {slip.by}, <TimeAgo at={slip.at} />
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
      <p className={stack.dimmed}>
        Added by {item.created_by} <TimeAgo at={item.created_at} />, changed by {item.updated_by}{' '}
        <TimeAgo at={item.updated_at} />
      </p>
      {mayWrite && (
        <div className={stack.row}>
          <Button onClick={() => onOpen('edit')}>Edit</Button>
          <Button variant="default" onClick={() => onOpen('delete')}>
            Delete
          </Button>
        </div>
      )}
    </div>
  )
}

function Facts({ item }: { item: RoadmapDetail }) {
  const platform = usePlatformNames().find(({ id }) => id === item.platform_id)
  return (
    <p className={classes.facts}>
      <span className={classes.theme}>{item.theme}</span>
      <span>{phaseWords[item.phase]}</span>
      {item.target_quarter !== null && <span>{item.target_quarter}</span>}
      {platform !== undefined && <Link {...toPlatform(platform.id)}>{platform.name}</Link>}
      {item.owner !== '' && <Owner name={item.owner} />}
    </p>
  )
}

function DeleteCard({ item, onClose, onDeleted }: { item: RoadmapDetail; onClose(): void; onDeleted(): void }) {
  const remove = useAct('roadmapDelete')
  const confirm = () =>
    remove.mutate(
      { params: { id: item.id }, query: { expected_version: item.version } },
      {
        onSuccess: () => {
          tellDone('Roadmap item deleted')
          onDeleted()
        },
        onError: (fault) => {
          tellFault(fault)
          onClose()
        },
      },
    )
  return (
    <ConfirmDialog
      title="Delete this roadmap item?"
      act="Delete"
      isActing={remove.isPending}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>
        <bdi>{item.title}</bdi> goes from the roadmap and from its tickets. Its history stays in the audit log. What was
        achieved is better moved to Done.
      </p>
    </ConfirmDialog>
  )
}
