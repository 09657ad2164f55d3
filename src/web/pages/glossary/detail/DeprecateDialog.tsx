import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { TermRef } from '../../../../contracts/glossary-ref.ts'
import { useAct } from '../../../api/queries.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FormError } from '../../../ui/FormError.tsx'
import { tellDone } from '../../../ui/notify.tsx'
import stack from '../../../ui/Stack.module.css'
import { type TermDetail, useTermUses } from '../queries.ts'
import { TermLink } from '../TermLink.tsx'
import { SuccessorField } from './SuccessorField.tsx'
import classes from './TermPage.module.css'
import { countUses, UseLists } from './TermUses.tsx'

/** Takes a term out of use, or names another successor: with what is left behind when it has none. */
export function DeprecateDialog({ term, onClose }: { term: TermDetail; onClose(): void }) {
  const edit = useAct('glossaryEdit')
  const [successor, setSuccessor] = useState<TermRef | null>(term.successor)
  const isDeprecated = term.status === 'deprecated'
  const send = (event: FormEvent) => {
    event.preventDefault()
    const body = {
      ...(!isDeprecated && { status: 'deprecated' as const }),
      replaced_by: successor?.id ?? null,
      // The newest: what somebody changed meanwhile is on the page behind.
      expected_version: term.version,
    }
    edit.mutate(
      { params: { id: term.id }, body },
      {
        onSuccess: ({ warning }) => {
          tellDone(warning ?? (isDeprecated ? 'Successor saved' : 'The term is deprecated'))
          onClose()
        },
      },
    )
  }
  const act = isDeprecated ? 'Save' : successor === null ? 'Deprecate without a successor' : 'Deprecate'
  return (
    <Dialog
      title={isDeprecated ? `Successor of ${term.term}` : `Deprecate ${term.term}?`}
      closeLabel="Close without saving"
      onClose={onClose}
    >
      <form className={stack.section} onSubmit={send} noValidate>
        <p className={stack.plain}>
          A deprecated term stays in the glossary, and whoever meets it is led to its successor.
        </p>
        <SuccessorField term={term} value={successor} onChange={setSuccessor} />
        {successor === null && <LeftBehind term={term} />}
        <FormError fault={edit.error} />
        <div className={stack.row}>
          <Button type="submit" loading={edit.isPending}>
            {act}
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

const SHOWN_MAX = 5

/** Who uses the word, and who would be led into a dead end. */
function LeftBehind({ term }: { term: TermDetail }) {
  const { data: uses } = useTermUses(term.id)
  const isUsed = uses !== undefined && countUses(uses) > 0
  if (!isUsed && term.replaces.length === 0) return null
  return (
    <div className={classes.warning} role="status">
      {term.replaces.length > 0 && (
        <p>
          {term.replaces.slice(0, SHOWN_MAX).map((ref, index) => (
            <span key={ref.id}>
              {index > 0 && ', '}
              <TermLink term={ref} besides={term.domain} />
            </span>
          ))}
          {term.replaces.length > SHOWN_MAX && ` and ${term.replaces.length - SHOWN_MAX} more`}{' '}
          {term.replaces.length === 1 ? 'names' : 'name'} it as successor, and would lead nowhere.
        </p>
      )}
      {isUsed && (
        <>
          <p>Without a successor, readers of these find no other word:</p>
          <UseLists uses={uses} max={SHOWN_MAX} />
        </>
      )}
    </div>
  )
}
