import { Button } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useCan } from '../../../api/me.ts'
import { useAct } from '../../../api/queries.ts'
import { tellDone, tellFault } from '../../../ui/notify.tsx'
import stack from '../../../ui/Stack.module.css'
import type { TermDetail } from '../queries.ts'

// Most readers only read: what the acts are made of comes when the first one is taken.
const TermForm = lazy(() => import('../form/TermForm.tsx').then((module) => ({ default: module.TermForm })))
const DeprecateDialog = lazy(() =>
  import('./DeprecateDialog.tsx').then((module) => ({ default: module.DeprecateDialog })),
)
const DeleteDialog = lazy(() => import('./DeleteDialog.tsx').then((module) => ({ default: module.DeleteDialog })))

/** What this person may do with the term. */
export function TermActions({ term }: { term: TermDetail }) {
  const can = useCan()
  const [open, setOpen] = useState<'edit' | 'deprecate' | 'delete' | null>(null)
  const mayWrite = can('glossary.write')
  const mayDelete = can('glossary.delete')
  if (!mayWrite && !mayDelete) return null
  const close = () => setOpen(null)
  return (
    <>
      <section className={stack.row} aria-label="Actions">
        {mayWrite && (
          <>
            {term.status === 'draft' && <StatusButton term={term} status="active" label="Put into use" isFirst />}
            {term.status === 'deprecated' && <StatusButton term={term} status="active" label="Use again" />}
            <Button size="xs" variant="default" onClick={() => setOpen('edit')}>
              Edit
            </Button>
            <Button size="xs" variant="default" onClick={() => setOpen('deprecate')}>
              {term.status === 'deprecated' ? 'Change successor' : 'Deprecate'}
            </Button>
            {term.status === 'active' && <StatusButton term={term} status="draft" label="Back to draft" />}
          </>
        )}
        {mayDelete && (
          <Button size="xs" variant="default" onClick={() => setOpen('delete')}>
            Delete
          </Button>
        )}
      </section>
      <Suspense>
        {open === 'edit' && <TermForm term={term} onClose={close} onSaved={close} />}
        {open === 'deprecate' && <DeprecateDialog term={term} onClose={close} />}
        {open === 'delete' && <DeleteDialog term={term} onClose={close} />}
      </Suspense>
    </>
  )
}

interface StatusProps {
  term: TermDetail
  status: 'draft' | 'active'
  label: string
  isFirst?: boolean
}

const doneWords = { draft: 'It is a draft again', active: 'The term is in use' }

function StatusButton({ term, status, label, isFirst = false }: StatusProps) {
  const edit = useAct('glossaryEdit')
  const change = () =>
    edit.mutate(
      { params: { id: term.id }, body: { status, expected_version: term.version } },
      { onSuccess: () => tellDone(doneWords[status]), onError: tellFault },
    )
  return (
    <Button size="xs" variant={isFirst ? 'filled' : 'default'} loading={edit.isPending} onClick={change}>
      {label}
    </Button>
  )
}
