import { useQueryClient } from '@tanstack/react-query'
import type { TransitionOption, WorkItemDetail } from '../../../../contracts/tickets.ts'
import { ApiFault } from '../../../api/fault.ts'
import { useAct } from '../../../api/queries.ts'
import { tellDone, tellFault } from '../../../ui/notify.tsx'
import { stateWords } from '../words.ts'
import { ticketQuery } from './ticket-query.ts'
import { asksFor, emptyTransition, transitionRequest } from './transition-draft.ts'

/** What the dialog is about. */
export interface Asking {
  option: TransitionOption
  /** The ticket as this person has it before their eyes. */
  seen: WorkItemDetail
  /** When somebody was first: the ticket as it was when this person pressed the button. */
  before: WorkItemDetail | null
}

/** One click where nothing has to be said; otherwise asks. */
export function useTransition(item: WorkItemDetail, onAsk: (asking: Asking) => void) {
  const queries = useQueryClient()
  const act = useAct('workItemTransition')
  const take = async (option: TransitionOption) => {
    try {
      const body = transitionRequest(emptyTransition, option, item.version)
      const { state } = await act.mutateAsync({ params: { id: item.id }, body })
      tellDone(`It is now: ${stateWords[state]}`)
    } catch (fault) {
      // Somebody was first: the dialog says who did what, and lets this person decide again.
      const now = isConflict(fault) ? await queries.fetchQuery(freshTicket(item.id)).catch(() => null) : null
      if (now === null) tellFault(fault)
      else onAsk({ option, seen: now, before: item })
    }
  }
  return {
    isTaking: act.isPending,
    take(option: TransitionOption): void {
      if (asksFor(option)) onAsk({ option, seen: item, before: null })
      else void take(option)
    },
  }
}

export const freshTicket = (id: string) => ({ ...ticketQuery(id), staleTime: 0 })

const isConflict = (fault: unknown) => fault instanceof ApiFault && fault.code === 'version_conflict'
