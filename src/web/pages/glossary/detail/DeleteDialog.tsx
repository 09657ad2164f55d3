import { useNavigate } from '@tanstack/react-router'
import { useAct } from '../../../api/queries.ts'
import { toGlossary } from '../../../paths.ts'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { tellDone, tellFault } from '../../../ui/notify.tsx'
import stack from '../../../ui/Stack.module.css'
import { type TermDetail, useTermUses } from '../queries.ts'
import { TermLink } from '../TermLink.tsx'
import classes from './TermPage.module.css'
import { countUses, UseLists } from './TermUses.tsx'

/** Deletes a term after a look at who uses the word; one that others name as successor stays. */
export function DeleteDialog({ term, onClose }: { term: TermDetail; onClose(): void }) {
  const remove = useAct('glossaryDelete')
  const navigate = useNavigate()
  const { data: uses } = useTermUses(term.id)
  if (term.replaces.length > 0) return <NotYet term={term} onClose={onClose} />
  const confirm = () =>
    remove.mutate(
      { params: { id: term.id }, query: { expected_version: term.version } },
      {
        onSuccess: () => {
          tellDone('Term deleted')
          void navigate(toGlossary())
        },
        onError: (fault) => {
          tellFault(fault)
          onClose()
        },
      },
    )
  return (
    <ConfirmDialog
      title={`Delete ${term.term}?`}
      act="Delete"
      isActing={remove.isPending}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>
        It will not be found any more; its history stays in the audit log. A term that is out of use is better
        deprecated than deleted, so that whoever meets the word still learns what it meant.
      </p>
      {uses !== undefined && countUses(uses) > 0 && (
        <div className={classes.warning}>
          <p>The word is still used in:</p>
          <UseLists uses={uses} max={5} />
        </div>
      )}
    </ConfirmDialog>
  )
}

function NotYet({ term, onClose }: { term: TermDetail; onClose(): void }) {
  return (
    <Dialog title={`${term.term} cannot be deleted yet`} closeLabel="Close" onClose={onClose}>
      <div className={stack.section}>
        <p className={stack.plain}>These terms name it as their successor. Give them another one first:</p>
        <ul className={stack.plain}>
          {term.replaces.map((ref) => (
            <li key={ref.id}>
              <TermLink term={ref} besides={term.domain} />
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}
