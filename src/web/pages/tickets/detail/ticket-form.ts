import { useForm } from '@mantine/form'
import type { WorkItemDetail } from '../../../../contracts/tickets.ts'
import { draftOfTicket, type TicketDraft, ticketErrors } from './edit-draft.ts'

/** The form of a ticket's fields, as they were when it began. */
export function useTicketForm(began: WorkItemDetail) {
  const base = draftOfTicket(began)
  return useForm<TicketDraft>({
    initialValues: base,
    validate: (draft) => ticketErrors(base, draft, began.template),
  })
}

export type TicketForm = ReturnType<typeof useTicketForm>
