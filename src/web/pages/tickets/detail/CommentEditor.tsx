import { Button } from '@mantine/core'
import { Suspense, useState } from 'react'
import { COMMENT_MAX, type WorkItemComment } from '../../../../contracts/tickets.ts'
import { ApiFault } from '../../../api/fault.ts'
import { useAct } from '../../../api/queries.ts'
import { recordIn } from '../../../parts/conflict.ts'
import { MarkdownInput } from '../../../parts/MarkdownInput.tsx'
import { FormError } from '../../../ui/FormError.tsx'
import { tellDone } from '../../../ui/notify.tsx'
import stack from '../../../ui/Stack.module.css'
import { LineDiff } from './on-demand.ts'
import { sendOnCtrlEnter } from './send-key.ts'

/** Changes a comment where it stands. When it was changed in another window first, shows how, and saves on the next press. */
export function CommentEditor({ comment, onClose }: { comment: WorkItemComment; onClose(): void }) {
  const edit = useAct('workItemCommentEdit')
  const [body, setBody] = useState(comment.body)
  const [seen, setSeen] = useState({ version: comment.version, body: comment.body })
  const [saved, setSaved] = useState<string | null>(null)
  const send = async () => {
    if (body.trim() === '' || edit.isPending) return
    try {
      await edit.mutateAsync({
        params: { id: comment.work_item_id, comment_id: comment.id },
        body: { body, expected_version: seen.version },
      })
      tellDone('Comment saved')
      onClose()
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
        <Button size="xs" variant="default" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
