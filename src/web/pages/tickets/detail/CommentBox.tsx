import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { COMMENT_MAX, type WorkItemDetail } from '../../../../contracts/tickets.ts'
import { can } from '../../../api/can.ts'
import { serverNow } from '../../../api/clock.ts'
import { useMe } from '../../../api/me.ts'
import { useAct } from '../../../api/queries.ts'
import { MarkdownInput } from '../../../parts/MarkdownInput.tsx'
import { announce } from '../../../ui/announce.tsx'
import { FormError } from '../../../ui/FormError.tsx'
import { useKeyFor } from '../../../ui/key-for.ts'
import stack from '../../../ui/Stack.module.css'
import { sendOnCtrlEnter } from './send-key.ts'
import { targetOf } from './ticket-query.ts'
import type { CommentDraft } from './use-comment-draft.ts'

/** Writes a comment. Its text is kept until it is posted, whatever goes wrong on the way. */
export function CommentBox({ item, draft }: { item: WorkItemDetail; draft: CommentDraft }) {
  const me = useMe()
  const comment = useAct('workItemComment')
  const keyFor = useKeyFor()
  const { waitSeconds, wait } = useWait()
  if (me === undefined) return null
  if (!can(me, 'work_item.comment', targetOf(item))) {
    return (
      <p className={stack.dimmed}>
        You may read this ticket but not comment. An administrator of this portal can grant it.
      </p>
    )
  }
  const isBlocked = draft.text.trim() === '' || waitSeconds > 0
  const send = () => {
    if (isBlocked || comment.isPending) return
    const body = { body: draft.text }
    comment.mutate(
      { params: { id: item.id }, body, idempotencyKey: keyFor({ id: item.id, ...body }) },
      {
        onSuccess: () => {
          draft.write('')
          announce('Comment posted')
        },
        onError: ({ code, retryAfter }) => {
          if (code === 'rate_limited') wait(retryAfter ?? 30)
        },
      },
    )
  }
  const isLimited = comment.error?.code === 'rate_limited'
  return (
    <form
      className={stack.section}
      aria-label="Write a comment"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      onKeyDown={sendOnCtrlEnter}
    >
      <MarkdownInput
        label="Comment"
        description="Markdown. Ctrl or Cmd with Enter posts it"
        rows={5}
        lengthMax={COMMENT_MAX}
        value={draft.text}
        onChange={draft.write}
      />
      {isLimited && (
        <p role="alert" className={stack.plain}>
          {waitSeconds > 0
            ? `That was many comments in a short time. Your text is kept; you can post it in ${waitSeconds} s.`
            : 'Your text is kept; you can post it now.'}
        </p>
      )}
      <FormError fault={isLimited ? null : comment.error} />
      <div className={stack.row}>
        <Button type="submit" loading={comment.isPending} disabled={isBlocked}>
          Post comment
        </Button>
      </div>
    </form>
  )
}

/** Counts down in steps of a second until it is worth trying again. */
function useWait() {
  const [until, setUntil] = useState(0)
  const [now, setNow] = useState(0)
  const isWaiting = until > now
  useEffect(() => {
    if (!isWaiting) return
    const timer = setInterval(() => setNow(serverNow()), 1000)
    return () => clearInterval(timer)
  }, [isWaiting])
  return {
    waitSeconds: Math.max(0, Math.ceil((until - now) / 1000)),
    wait(seconds: number): void {
      setNow(serverNow())
      setUntil(serverNow() + seconds * 1000)
    },
  }
}
