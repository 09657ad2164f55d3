import { Button } from '@mantine/core'
import { Suspense, useEffect, useEffectEvent, useRef, useState } from 'react'
import { COMMENT_MAX, type WorkItemComment } from '../../../../contracts/tickets.ts'
import { ApiFault } from '../../../api/fault.ts'
import { useAct } from '../../../api/queries.ts'
import { recordIn } from '../../../parts/conflict.ts'
import { MarkdownInput } from '../../../parts/MarkdownInput.tsx'
import { announce } from '../../../ui/announce.tsx'
import { FormError } from '../../../ui/FormError.tsx'
import { tellDone } from '../../../ui/notify.tsx'
import stack from '../../../ui/Stack.module.css'
import { LineDiff } from './on-demand.ts'
import { sendOnCtrlEnter } from './send-key.ts'

interface EditorProps {
  comment: WorkItemComment
  keep(text: string): void
  onClose(): void
}

/** Changes a comment where it stands. When it was changed in another window first, shows how, and saves on the next press. */
export function CommentEditor({ comment, keep, onClose }: EditorProps) {
  const edit = useAct('workItemCommentEdit')
  const [body, setBody] = useState(comment.body)
  const [seen, setSeen] = useState({ version: comment.version, body: comment.body })
  const [saved, setSaved] = useState<string | null>(null)
  const isClosed = useRef(false)
  const close = () => {
    isClosed.current = true
    onClose()
  }
  const leave = useEffectEvent(() => {
    if (isClosed.current || body === comment.body || body.trim() === '') return
    keep(body)
    announce('What you were changing is kept in the box for a new comment')
  })
  // Somebody deleted the comment meanwhile, or the page shows something else.
  useEffect(() => () => leave(), [])
  const send = async () => {
    if (body.trim() === '' || edit.isPending) return
    try {
      await edit.mutateAsync({
        params: { id: comment.work_item_id, comment_id: comment.id },
        body: { body, expected_version: seen.version },
      })
      tellDone('Comment saved')
      close()
    } catch (thrown) {
      if (!(thrown instanceof ApiFault) || thrown.code !== 'version_conflict') return
      const current = recordIn(thrown) as WorkItemComment | null // The record of the comment that was sent.
      if (current === null) return
      setSaved(current.body)
      setSeen(current)
    }
  }
  const isConflict = edit.error?.code === 'version_conflict'
  return (
    <form
      className={stack.section}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
      onKeyDown={sendOnCtrlEnter}
    >
      <MarkdownInput label="Edit comment" rows={4} value={body} onChange={setBody} lengthMax={COMMENT_MAX} />
      {saved !== null && isConflict && (
        <div role="alert">
          This comment was saved elsewhere meanwhile. Your text is kept; saving again replaces this:
          <Suspense>
            <LineDiff from={comment.body} to={saved} label="What was saved meanwhile" />
          </Suspense>
        </div>
      )}
      <FormError fault={isConflict ? null : edit.error} />
      <div className={stack.row}>
        <Button type="submit" size="xs" loading={edit.isPending} disabled={body.trim() === ''}>
          Save comment
        </Button>
        <Button size="xs" variant="default" onClick={close}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
