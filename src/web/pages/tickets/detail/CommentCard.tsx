import { Button } from '@mantine/core'
import { Suspense, useState } from 'react'
import type { WorkItemComment, WorkItemDetail } from '../../../../contracts/tickets.ts'
import { useCan } from '../../../api/me.ts'
import { Markdown } from '../../../parts/markdown/Markdown.tsx'
import { TimeAgo } from '../../../parts/TimeAgo.tsx'
import stack from '../../../ui/Stack.module.css'
import { CommentEditor } from './CommentEditor.tsx'
import { DeleteComment } from './on-demand.ts'
import { Person, personName } from './people.tsx'
import classes from './Timeline.module.css'

interface CardProps {
  comment: WorkItemComment
  item: WorkItemDetail
  /** Takes what was written here when the comment goes away. */
  keep(text: string): void
}

/** What somebody said; its author may change it, and who may remove it can. */
export function CommentCard({ comment, item, keep }: CardProps) {
  const can = useCan()
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null)
  const target = { owner: comment.created_by, platformIds: item.platform_id === null ? [] : [item.platform_id] }
  const whose = `comment by ${personName(comment.created_by)}`
  return (
    <article
      className={classes.comment}
      id={`comment-${comment.id}`}
      aria-label={`Comment by ${personName(comment.created_by)}`}
    >
      <div className={stack.bar}>
        <p className={classes.by}>
          <strong>
            <Person principal={comment.created_by} />
          </strong>
          {comment.by_staff && <span className={classes.staff}>Staff</span>}
          <a href={`#comment-${comment.id}`}>
            <TimeAgo at={comment.created_at} />
          </a>
          {comment.version > 1 && (
            <span className={classes.edited}>
              edited <TimeAgo at={comment.updated_at} />
            </span>
          )}
        </p>
        {open !== 'edit' && (
          <div className={stack.row}>
            {can('comment.edit', target) && (
              <Button size="compact-xs" variant="subtle" aria-label={`Edit ${whose}`} onClick={() => setOpen('edit')}>
                Edit
              </Button>
            )}
            {can('comment.delete', target) && (
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={`Delete ${whose}`}
                onClick={() => setOpen('delete')}
              >
                Delete
              </Button>
            )}
          </div>
        )}
      </div>
      {open === 'edit' ? (
        <CommentEditor comment={comment} keep={keep} onClose={() => setOpen(null)} />
      ) : (
        <Markdown source={comment.body} />
      )}
      <Suspense>{open === 'delete' && <DeleteComment comment={comment} onClose={() => setOpen(null)} />}</Suspense>
    </article>
  )
}
