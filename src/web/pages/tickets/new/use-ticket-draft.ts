import { useForm } from '@mantine/form'
import { useEffect, useRef, useState } from 'react'
import type { ItemType } from '../../../../contracts/workflows.ts'
import type { NewTicketSearch } from '../../../paths.ts'
import { draftErrors, emptyDraft, type TicketDraft } from './draft.ts'
import { keptDraft } from './kept-draft.ts'

/** The form, and beside it a copy in this tab that outlives a reload or a look at another page. */
export function useTicketDraft(type: ItemType, search: NewTicketSearch, needsPlatform: boolean) {
  const [empty] = useState(() => emptyDraft(search))
  const [kept] = useState(() => keptDraft.get(type))
  const [isRestored, setIsRestored] = useState(kept !== null)
  const isOver = useRef(false)
  const form = useForm<TicketDraft>({
    initialValues: kept ?? empty,
    validate: (draft) => draftErrors(type, draft, { needsPlatform }),
  })
  const { values } = form
  useEffect(() => {
    if (!isOver.current) keptDraft.set(type, isSame(values, empty) ? null : values)
  }, [type, values, empty])
  return {
    form,
    isRestored,
    discard() {
      form.setValues(empty)
      form.clearErrors()
      setIsRestored(false)
    },
    /** It became a ticket, or another one says it already. */
    finish() {
      isOver.current = true
      keptDraft.set(type, null)
    },
  }
}

const isSame = (a: TicketDraft, b: TicketDraft) => JSON.stringify(a) === JSON.stringify(b)
